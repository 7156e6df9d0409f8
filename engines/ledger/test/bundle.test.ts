import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { type BundleReport, readBundle, sealBundle, verifyBundle, writeBundle } from '../src/index.ts'
import { chance, changedFile, lieOf, lies, sealedByAnother } from './mutations.ts'
import { sampleBundle, sealSigners, sealTime } from './sample-bundle.ts'

const tools = join(import.meta.dirname, '..', '..', '..', 'tools')
const folder = mkdtempSync(join(tmpdir(), 'tandem-bundle-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const python = spawnSync('python3', ['--version'], { encoding: 'utf8' }).status === 0
const withoutPython = python ? false : 'python3 is not on this machine: the second verifier was not run'

const stamped = sampleBundle(100, [0, 1, 2, 50, 99], true)

const inFolder = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function runVerifier(
  program: readonly string[],
  bundle: string,
  trust: string | null,
): { code: number | null; report: BundleReport } {
  const keys = trust === null ? [] : ['--trust', inFolder('trust.json', trust)]
  const [file = '', ...first] = program
  const ran = spawnSync(file, [...first, inFolder('bundle.json', bundle), ...keys, '--json'], { encoding: 'utf8' })
  return { code: ran.status, report: JSON.parse(ran.stdout) }
}
const verifiers = {
  'verify.mjs': [process.execPath, join(tools, 'verify.mjs')],
  'verify.py': ['python3', join(tools, 'verify.py')],
} as const

/** The verdicts of the second verifier on many bundles, a thousand a process: a text of all would be too long for Node. */
function byPython(bundles: readonly string[], trust: string): string[] {
  if (bundles.length > 1000)
    return [...byPython(bundles.slice(0, 1000), trust), ...byPython(bundles.slice(1000), trust)]
  const input = bundles.map((bundle) => `${JSON.stringify({ bundle, trust })}\n`).join('')
  const ran = spawnSync('python3', [join(tools, 'verify.py'), '--batch'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  assert.equal(ran.status, 0, ran.stderr)
  return ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)[0])
}

describe('a bundle', () => {
  const file = writeBundle(stamped.bundle)
  const trust = JSON.stringify(stamped.trust)

  test('goes out and in unchanged', () => {
    const read = readBundle(file)
    assert.ok(read.ok)
    assert.equal(writeBundle(read.value), file)
  })

  test('is proved with the keys of the reader, and says what is not', () => {
    const report = verifyBundle(file, trust)
    assert.deepEqual(report.failures, [])
    assert.equal(report.verdict, 'proved')
    const proved = report.proved.join('\n')
    for (const words of [
      /as agency-a\.example\/release sealed it \(Ed25519 and ML-DSA-44\)/,
      /5 records stand in the log cell\.example\/agency-a of 100 entries/,
      /The log signed this state with Ed25519 and ML-DSA-44/,
      /Of 3 records: who, what, when/,
      /Of 2 records: only that something was recorded/,
      /Witness partner-pq saw at 2025-11-30T10:52:20Z that the log had only grown \(ML-DSA-44\)/,
      /existed at 2025-11-30T10:00:00Z, says CN=Test Timestamp Authority/,
    ])
      assert.match(proved, words)
    assert.match(report.notProved.join('\n'), /Whether what was entered was true/)
    assert.match(report.notProved.join('\n'), /left out/)
  })

  test('measured by its own keys is never called proved', () => {
    const report = verifyBundle(file, null)
    assert.equal(report.verdict, 'in part')
    assert.match(report.notProved[0] ?? '', /Whose keys these are/)
  })

  test('with a timestamp for something else is refused', () => {
    const { bundle } = stamped
    const [a, b] = bundle.logs
    assert.ok(a !== undefined && b !== undefined)
    const { seal: _, format: __, ...content } = bundle
    const swapped = [{ ...a, timestamps: b.timestamps }, b]
    const lie = writeBundle(sealBundle({ ...content, logs: swapped }, sealSigners, sealTime))
    assert.deepEqual(
      verifyBundle(lie, trust).failures.map(({ code }) => code),
      ['timestamp'],
    )
  })

  test('the one file says what the engine says, with the exit codes of its own page', () => {
    for (const [keys, code] of [
      [trust, 0],
      [null, 5],
    ] as const) {
      const { code: exit, report } = runVerifier(verifiers['verify.mjs'], file, keys)
      assert.equal(exit, code)
      assert.deepEqual(report, JSON.parse(JSON.stringify(verifyBundle(file, keys))))
    }
    assert.equal(runVerifier(verifiers['verify.mjs'], file.replace('Officer 1', 'Officer 2'), trust).code, 1)
    assert.equal(spawnSync(process.execPath, [join(tools, 'verify.mjs')]).status, 2)
  })

  test('the second verifier agrees', { skip: withoutPython }, () => {
    const run = (bundle: string, keys: string | null) => runVerifier(verifiers['verify.py'], bundle, keys)
    const proved = run(file, trust)
    assert.deepEqual([proved.code, proved.report.verdict, proved.report.failures], [0, 'proved', []])
    assert.match(proved.report.proved.join('\n'), /existed at 2025-11-30T10:00:00Z/)
    assert.deepEqual([run(file, null).code, run(file.replace('Officer 1', 'Officer 2'), trust).code], [5, 1])
  })

  test('the second verifier decides the signatures of Wycheproof and the inclusion proofs', {
    skip: withoutPython,
  }, () => {
    const ran = spawnSync('python3', [join(import.meta.dirname, 'wycheproof_check.py')], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    })
    assert.deepEqual(JSON.parse(ran.stdout), { ed25519: [151, 151], mlDsa44: [180, 180], inclusion: [98, 98] })
  })
})

describe('bundles that were changed', () => {
  /** TANDEM_TRIALS=10000 for the whole; a slice in every run. */
  const trials = Number(process.env['TANDEM_TRIALS'] ?? '600')
  const trust = JSON.stringify(stamped.trust)
  const file = writeBundle(stamped.bundle)
  const names = Object.keys(lies)
  const changed = Array.from({ length: trials }, (_, seed) => {
    const below = chance(seed)
    if (seed % 2 === 0) return changedFile(file, below)
    if (seed % 101 === 0) return sealedByAnother(stamped.bundle)
    return lieOf(names[(seed >> 1) % names.length] ?? assert.fail(), stamped.bundle, below)
  })

  test(`${trials} of them, half of them sealed anew by one who may: all refused by the first verifier`, () => {
    const accepted = changed.filter((each) => verifyBundle(each, trust).verdict !== 'refused')
    assert.deepEqual(accepted.length, 0)
    assert.equal(verifyBundle(file, trust).verdict, 'proved')
  })

  test(`the same ${trials}: all refused by the second`, { skip: withoutPython }, () => {
    const verdicts = byPython([...changed, file], trust)
    assert.deepEqual(
      verdicts.slice(0, -1).filter((verdict) => verdict !== 'refused'),
      [],
    )
    assert.equal(verdicts.length, trials + 1)
    assert.equal(verdicts.at(-1), 'proved')
  })
})
