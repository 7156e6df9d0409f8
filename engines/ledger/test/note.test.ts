import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import {
  judgeCheckpoint,
  Log,
  noteSigner,
  openNote,
  readCheckpoint,
  readNote,
  readPolicy,
  readTlogProof,
  readVerifierKey,
  signNote,
  type VerifierKey,
  verifyRaw,
  verifySignature,
  writeNote,
  writeTlogProof,
  writeVerifierKey,
} from '../src/index.ts'
import { readFixture } from './fixtures.ts'
import { logSigners, testKey, witnessSigners } from './keys.ts'

const keyOf = (line: string): VerifierKey => {
  const key = readVerifierKey(line)
  assert.ok(key.ok)
  return key.value
}

describe('signed notes', () => {
  // The example of C2SP signed-note 1.0.0.
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
  const note =
    'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

  test('the example of the specification holds, and no other text under its signature', () => {
    const key = keyOf(vkey)
    assert.equal(writeVerifierKey(key), vkey)
    const opened = openNote(note, [key])
    assert.ok(opened.ok)
    assert.deepEqual(opened.value.signedBy, [{ key, time: null }])
    assert.ok(!openNote(note.replace('example message', 'example massage'), [key]).ok)
    const read = readNote(note)
    assert.ok(read.ok && writeNote(read.value) === note)
  })

  test('what is no note is refused', () => {
    const line = note.split('\n')[2] ?? ''
    for (const bad of [
      '',
      'text\n',
      'text\n\n',
      note.slice(0, -1),
      note.replace('\u2014 ', '- '),
      note.replace('example.com/foo', 'example.com/f+o'),
      note.replace('example.com/foo', 'example.com/f\u00a0o'),
      note.replace('yaQM=', 'yaQN='),
      note.replace('yaQM=', 'yaQM'),
      note.replace('message', 'mess\tage'),
      note.replace('message', 'mess\ud800age'),
      `${note}more\n`,
      `text\n\n${`${line}\n`.repeat(65)}`,
    ])
      assert.ok(!readNote(bad).ok, JSON.stringify(bad.slice(0, 80)))
  })

  test('keys whose id, length or kind is wrong are refused', () => {
    for (const bad of [
      vkey.replace('530d903a', '530d903b'),
      vkey.replace('+Aek', '+Bek'),
      `${vkey}AA`,
      vkey.replace('example.com/foo', 'example.com/bar'),
      'nothing',
    ])
      assert.ok(!readVerifierKey(bad).ok, bad)
  })

  test('a line by an unknown key is passed over, a bad one by a known key spoils the note', () => {
    const [mine, other] = logSigners('log.example', 1)
    assert.ok(mine !== undefined && other !== undefined)
    const text = new Log('log.example').checkpointText()
    const both = signNote(text, [mine, other], 5)
    const opened = openNote(both, [mine.key])
    assert.ok(opened.ok)
    assert.equal(opened.value.unknown.length, 1)
    assert.equal(openNote(both, []).ok && true, true)
    const [last = ''] = both.split('\n').slice(-2)
    const spoiled = `${both.slice(0, -last.length - 1)}${last.slice(0, -10)}AAAAAAAAA=\n`
    assert.ok(!openNote(spoiled, [mine.key, other.key]).ok || spoiled === both)
  })
})

describe('cosignatures', () => {
  // Two lines of the bundle of Sigstore's conformance suite: cosignatures by keys that are not published.
  test('signatures of both algorithms bind text, time and, for ML-DSA-44, the name', () => {
    const log = new Log('log.example/agency-a')
    for (let at = 0; at < 5; at++) log.append(Buffer.from(`entry ${at}`))
    const text = log.checkpointText()
    for (const signer of witnessSigners('witness.example/w1', 7)) {
      const { bytes } = signer.sign(text, 1_700_000_000)
      assert.deepEqual(verifySignature(signer.key, text, bytes), { is: 'good', time: 1_700_000_000 })
      assert.equal(verifySignature(signer.key, text.replace('5\n', '6\n'), bytes).is, 'bad')
      const later = Buffer.from(bytes)
      later[7] = (later[7] ?? 0) ^ 1
      assert.equal(verifySignature(signer.key, text, later).is, 'bad')
      assert.equal(verifySignature(signer.key, text, bytes.subarray(0, -1)).is, 'bad')
      const renamed = keyOf(writeVerifierKey({ ...signer.key }))
      assert.equal(
        verifySignature({ ...renamed, name: 'witness.example/w2' }, text, bytes).is === 'good',
        signer.key.kind === 'ed25519-cosignature',
      )
    }
  })

  test('ML-DSA-44 signs nothing but checkpoints', () => {
    const signer = noteSigner('log.example', 'ml-dsa-44-cosignature', testKey('ml-dsa-44', 1))
    assert.throws(() => signer.sign('any text\n', 1), TypeError)
  })
})

describe('checkpoints', () => {
  test('are read by the letter', () => {
    const root = Buffer.alloc(32, 3).toString('base64')
    assert.ok(readCheckpoint(`log.example\n12\n${root}\n`).ok)
    assert.ok(readCheckpoint(`log.example\n12\n${root}\nextension\n`).ok)
    for (const bad of [
      `log.example\n12\n${root}`,
      `\n12\n${root}\n`,
      `log.example\n012\n${root}\n`,
      `log.example\n-1\n${root}\n`,
      `log.example\n1e3\n${root}\n`,
      `log.example\n9007199254740993\n${root}\n`,
      `log.example\n12\n${root.slice(4)}\n`,
      'log.example\n12\n\n',
      `log.example\n12\n${root}\n\nmore\n`,
    ])
      assert.ok(!readCheckpoint(bad).ok, JSON.stringify(bad))
  })

  const origin = 'log.example/agency-a'
  const signers = logSigners(origin, 1)
  const b = witnessSigners('agency-b.example/witness', 2)
  const oversight = witnessSigners('oversight.example/witness', 3)
  const lines = (name: string, index: number, from: typeof b): string =>
    `witness ${name} ${writeVerifierKey(from[index]?.key ?? assert.fail())}`
  const policyText = [
    '# the log of agency A',
    ...signers.map(({ key }) => `log ${writeVerifierKey(key)}`),
    lines('b', 0, b),
    lines('b-pq', 1, b),
    lines('oversight', 0, oversight),
    'group agency-b all b b-pq',
    'group enough 1 agency-b oversight',
    'quorum enough',
    '',
  ].join('\n')
  const read = readPolicy(policyText)
  const policy = read.ok ? read.value : assert.fail(read.error.says)
  const log = new Log(origin)
  log.append(Buffer.from('entry'))

  test('need every key of the log and a quorum of witnesses', () => {
    const judge = (from: typeof b) => judgeCheckpoint(signNote(log.checkpointText(), from, 1_700_000_000), policy)
    const whole = judge([...signers, ...b])
    assert.ok(whole.ok)
    assert.deepEqual(
      whole.value.witnesses.map(({ name }) => name),
      ['b', 'b-pq'],
    )
    assert.ok(judge([...signers, ...oversight.slice(0, 1)]).ok)
    const codes = (from: typeof b): string => {
      const judged = judge(from)
      return judged.ok ? 'accepted' : judged.error.code
    }
    assert.equal(codes(signers), 'quorum')
    assert.equal(codes([...signers, ...b.slice(0, 1)]), 'quorum')
    assert.equal(codes([...signers.slice(0, 1), ...b]), 'log')
    assert.equal(codes([...signers.slice(1), ...b]), 'log')
    assert.equal(codes(b), 'log')
    assert.equal(codes([...logSigners(origin, 9), ...b]), 'log')
    assert.equal(codes(logSigners('log.example/other', 1)), 'log')
  })

  test('a policy says what is wrong with it', () => {
    const vkey = writeVerifierKey(signers[0]?.key ?? assert.fail())
    const wkey = writeVerifierKey(b[0]?.key ?? assert.fail())
    for (const [text, says] of [
      ['', /no quorum/],
      [`log ${vkey}\nlog ${vkey}\nquorum none`, /Line 2: the same log twice/],
      [`log ${wkey}\nquorum none`, /not for a log/],
      [`witness none ${wkey}\nquorum none`, /taken/],
      [`witness w ${vkey}\nquorum none`, /not for a witness/],
      [`witness w ${wkey}\ngroup g 2 w\nquorum g`, /one to all/],
      [`witness w ${wkey}\ngroup g 0 w\nquorum g`, /one to all/],
      [`witness w ${wkey}\ngroup g any w\ngroup h any w\nquorum g`, /already a member/],
      ['group g any w\nquorum g', /not defined/],
      ['quorum none\nquorum none', /exactly one/],
      ['quorum nobody', /not defined/],
      ['allow everything', /no part of a policy/],
      ['quorum none\u0007', /control character/],
    ] as const) {
      const bad = readPolicy(text)
      assert.match(bad.ok ? 'accepted' : bad.error.says, says)
    }
    assert.ok(readPolicy(`  # comment\n\n\tlog\t${vkey} https://log.example/ \nquorum none`).ok)
  })
})

test('a proof in the form tlog-proof goes out and in', () => {
  const checkpoint = 'log.example\n1\nroot\n\n\u2014 a b\n'
  for (const extra of [null, Buffer.from('extra')]) {
    const proof = { extra, index: 12, hashes: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)], checkpoint }
    const text = writeTlogProof(proof)
    const read = readTlogProof(text)
    assert.ok(read.ok)
    assert.deepEqual(read.value, proof)
    for (const bad of [
      text.replace('@v1', '@v2'),
      text.replace('index 12', 'index 012'),
      text.replace('index 12', 'place 12'),
      text.replace('AgICAg', 'AgICA'),
      text.replace('\n\n', '\n'),
    ])
      assert.ok(!readTlogProof(bad).ok)
  }
})

describe('signatures of others: Wycheproof', () => {
  interface Vectors {
    readonly testGroups: readonly {
      readonly publicKey: string | { readonly pk: string }
      readonly tests: readonly Readonly<Record<'msg' | 'sig' | 'result', string> & { tcId: number; ctx?: string }>[]
    }[]
  }
  function decide(file: string, algorithm: 'ed25519' | 'ml-dsa-44'): { decided: number; withContext: number } {
    const vectors: Vectors = JSON.parse(
      gunzipSync(readFixture('crypto-vectors', 'wycheproof', `${file}.gz`)).toString(),
    )
    let decided = 0
    let withContext = 0
    for (const { publicKey, tests } of vectors.testGroups) {
      const key = Buffer.from(typeof publicKey === 'string' ? publicKey : publicKey.pk, 'hex')
      for (const { tcId, msg, sig, result, ctx = '' } of tests) {
        const verdict = verifyRaw(algorithm, key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'))
        // C2SP signs without a context: with one, nothing may be accepted.
        if (ctx !== '') withContext++
        assert.equal(verdict === 'good', result === 'valid' && ctx === '', `case ${tcId}`)
        decided++
      }
    }
    return { decided, withContext }
  }
  test('Ed25519: 151 of 151 decided rightly', () => {
    assert.deepEqual(decide('ed25519_test.json', 'ed25519'), { decided: 151, withContext: 0 })
  })
  test('ML-DSA-44: 180 of 180 decided rightly', () => {
    assert.deepEqual(decide('mldsa_44_verify_test.json', 'ml-dsa-44'), { decided: 180, withContext: 7 })
  })
})
