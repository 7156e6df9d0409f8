import { createHash, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import {
  entryHash,
  isIncluded,
  judgeCheckpoint,
  Log,
  noteSigner,
  proveInclusion,
  readPolicy,
  readTlogProof,
  writeVerifierKey,
} from '@tandem/ledger'

const seconds = (run: () => void): number => {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}

/** Seconds a run, the median of several rounds. */
function each(rounds: number, times: number, run: () => void): number {
  const found = Array.from({ length: rounds }, () => seconds(() => repeat(times, run)) / times)
  return found.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

function repeat(times: number, run: () => void): void {
  for (let at = 0; at < times; at++) run()
}

const row = (what: string, figure: string, beside: string): void =>
  console.log(`${what.padEnd(58)}${figure.padStart(16)}   ${beside}`)
const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')} /s`
const micro = (value: number): string => `${(1_000_000 * value).toFixed(1)} us`

/** A log of so many entries of 200 bytes, in memory; and the same entries in a hash chain, the usual alternative. */
function measureLedger(count: number): void {
  const entry = Buffer.alloc(200, 7)
  const numbered = (at: number): Buffer => {
    entry.writeUInt32BE(at, 0)
    return entry
  }
  const log = new Log('bench.example/log')
  const growing = seconds(() => {
    for (let at = 0; at < count; at++) log.append(numbered(at))
  })
  row(`append, ${count.toLocaleString('en')} entries`, perSecond(count / growing), 'every level of the tree kept')

  let head: Buffer = Buffer.alloc(32)
  const chain = (): void => {
    head = Buffer.alloc(32)
    const both = Buffer.alloc(232)
    for (let at = 0; at < count; at++) {
      head.copy(both)
      numbered(at).copy(both, 32)
      head = hash('sha256', both, 'buffer')
    }
  }
  const replay = [seconds(chain), seconds(chain), seconds(chain)].sort((a, b) => a - b)[1] ?? 0
  const place = Math.floor(count / 3)
  const root = log.tree.root()
  const proof = proveInclusion(log.tree.read, place, count)
  const claim = Buffer.from(numbered(place))
  const check = (): void => {
    if (!isIncluded(place, entryHash(claim), count, root, proof)) throw new Error('the proof holds')
  }
  const one = each(7, 20_000, check)
  row('replay of a hash chain over them', `${replay.toFixed(2)} s`, 'what one claim costs in a chain')
  row(
    'one claim: leaf hashed, inclusion verified',
    micro(one),
    `${Math.round(replay / one).toLocaleString('en')} times faster`,
  )
  row(
    'one proof made',
    micro(each(7, 5_000, () => void proveInclusion(log.tree.read, place, count))),
    `${proof.length} hashes`,
  )

  const ed25519 = noteSigner('bench.example/log', 'ed25519', generateKeyPairSync('ed25519').privateKey)
  const mlDsa = noteSigner('bench.example/log', 'ml-dsa-44-cosignature', generateKeyPairSync('ml-dsa-44').privateKey)
  const witness = noteSigner('b.example/w', 'ed25519-cosignature', generateKeyPairSync('ed25519').privateKey)
  const text = log.checkpoint([ed25519, mlDsa, witness], 1_764_500_000)
  const keys = [ed25519, mlDsa].map(({ key }) => `log ${writeVerifierKey(key)}\n`).join('')
  const policy = readPolicy(`${keys}witness w ${writeVerifierKey(witness.key)}\nquorum w\n`)
  if (!policy.ok) throw new Error(policy.error.says)
  const judged = (): void => {
    if (!judgeCheckpoint(text, policy.value).ok) throw new Error('the checkpoint holds')
  }
  const whole = log.prove(place, count, text)
  const offline = (): void => {
    const read = readTlogProof(whole)
    const checkpoint = read.ok ? judgeCheckpoint(read.value.checkpoint, policy.value) : read
    if (!read.ok || !checkpoint.ok) throw new Error('the proof holds')
    const { size, root: signed } = checkpoint.value.checkpoint
    if (!isIncluded(read.value.index, entryHash(claim), size, signed, read.value.hashes)) throw new Error('it holds')
  }
  const all = each(5, 500, offline)
  row(
    'checkpoint judged: Ed25519, ML-DSA-44, one witness',
    micro(each(5, 500, judged)),
    'once for all claims of a bundle',
  )
  row(
    'one claim with its checkpoint, from text',
    micro(all),
    `${Math.round(replay / all).toLocaleString('en')} times faster than the chain`,
  )
  const pair = generateKeyPairSync('ed25519')
  const signature = sign(null, claim, pair.privateKey)
  row(
    'peer: one bare Ed25519 verification',
    micro(each(5, 500, () => void verify(null, claim, pair.publicKey, signature))),
    '',
  )
  row(
    'peer: one bare SHA-256 of 65 bytes (createHash)',
    micro(each(7, 20_000, () => void createHash('sha256').update(root).digest())),
    '',
  )
}

measureLedger(Number(process.argv[2] ?? 1_000_000))
