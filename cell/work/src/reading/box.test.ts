import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { guardBytes, readAll, withIdentifiersInWords, writeUkCseaIrp } from '@tandem/formats'
import { ReadingBox, readingConfinement } from './index.ts'

const misbehaving = fileURLToPath(new URL('./misbehaving-child.ts', import.meta.url))
const report = writeUkCseaIrp([
  {
    urn: 'TEST-BOX-1',
    provider: { name: 'Test Service Ltd', platform: 'Testgram' },
    priority: { level: 'P3' },
    detectedAt: '2026-05-04T09:12:33Z',
    description: `\u0000 lone \ud800 and a picture ${Buffer.concat([Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1'), Buffer.alloc(600, 7)]).toString('base64')}`,
    contentSender: { id: '7', emails: ['person@mail.example'] },
  },
])

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('the parser box', () => {
  const box = new ReadingBox({ size: 1 })
  after(() => box.close())

  it('answers as the parsers themselves would', async () => {
    const outcome = await box.guard(inPieces(report), 1_000_000)
    const bare = guardBytes(report)
    assert.equal(outcome.refusal, null)
    assert.deepEqual(outcome.stripped, bare.stripped)
    assert.equal(outcome.stripped.length, 1)
    assert.ok(bare.guarded !== null && Buffer.from(outcome.guarded).equals(bare.guarded))
    assert.equal(outcome.originalSha256, createHash('sha256').update(report).digest('hex'))
    const { entries, ...end } = readAll(outcome.guarded)
    const bareReading = { ...end, entries: entries.map(withIdentifiersInWords) }
    assert.deepEqual(await box.read(outcome.guarded), JSON.parse(JSON.stringify(bareReading)))
  })

  it('refuses as the guard would, and what is too large before any parser sees it', async () => {
    const refused = await box.guard(inPieces(Buffer.from('%PDF-1.7 hello')), 1_000)
    assert.equal(refused.refusal?.code, 'active-content')
    const large = await box.guard(inPieces(report), 100)
    assert.equal(large.refusal?.code, 'too-large')
    assert.deepEqual(
      [large.originalLength, large.originalSha256],
      [report.length, createHash('sha256').update(report).digest('hex')],
    )
    assert.equal((await box.guard(inPieces(new Uint8Array(0)), 100)).originalLength, 0)
  })

  it('takes several files at once, in any order, each with its own answer', async () => {
    const two = new ReadingBox({ size: 2 })
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        two.guard(inPieces(Buffer.from(`plain text ${at}`.repeat(at * 50 + 1))), 1_000_000),
      ),
    )
    for (const [at, outcome] of all.entries()) {
      assert.equal(Buffer.from(outcome.guarded ?? []).toString('utf8'), `plain text ${at}`.repeat(at * 50 + 1))
    }
    two.close()
  })
})

describe('a file that attacks its parser', () => {
  // The wall is far: on a busy machine a parser may wait long for the processor that it then takes.
  const limits = { cpu: 300, wall: 30_000, entries: 1_000, answerBytes: 1_000_000, heapMegabytes: 64 }
  const box = new ReadingBox({ size: 1, script: misbehaving, limits })
  after(() => box.close())
  const readingOf = async (word: string) => {
    const { entries, account } = await box.read(Buffer.from(word))
    assert.equal(account.records, account.accepted + account.remarked + account.setAside)
    return entries.map((entry) => (entry.outcome === 'set-aside' ? `${entry.reason.code}: ${entry.reason.says}` : ''))
  }
  const stopped = (words: RegExp) => async (word: string) => {
    const [says = '', ...more] = await readingOf(word)
    assert.match(says, words)
    assert.match(says, /^reading-limit: [A-Z].{60,}\.$/)
    assert.deepEqual(more, [])
    assert.deepEqual(await readingOf('well'), ['told: well'])
  }

  /** With time enough, so that it is the memory that ends it. */
  const outOfMemory = async (words: RegExp, word: string) => {
    const patient = new ReadingBox({ size: 1, script: misbehaving, limits: { ...limits, cpu: 20_000 } })
    const { entries } = await patient.read(Buffer.from(word))
    patient.close()
    const [entry] = entries
    assert.ok(entry?.outcome === 'set-aside' && entries.length === 1)
    assert.match(entry.reason.says, words)
    assert.match(`${entry.reason.code}: ${entry.reason.says}`, /^reading-limit: [A-Z].{60,}\.$/)
  }

  it('is stopped when it takes the processor', () => stopped(/longer than/)('spin'))
  it('is stopped when it fills the heap', () => outOfMemory(/memory/, 'fill the heap'))
  it('is stopped when it fills buffers', { skip: !readingConfinement().boundedMemory }, () =>
    outOfMemory(/twice|memory/, 'fill buffers'),
  )
  it('is stopped when it kills its parser twice', () => stopped(/twice/)('die'))
  it('is stopped when its parser talks nonsense', async () => {
    await stopped(/twice/)('babble')
    await stopped(/twice/)('not JSON')
  })
  it('is not believed when its account and its records differ', async () => {
    assert.match((await readingOf('lose an entry')).join(), /^reader-failed: .*nothing of it was read\.$/)
  })
  it('is stopped when it answers too much', async () => {
    await stopped(/more records/)('many entries')
    await stopped(/more than can be read/)('a large answer')
  })
  it('is tried once more in a fresh process', async () => {
    assert.deepEqual(await readingOf('well'), ['told: well'])
    assert.deepEqual(await readingOf('die at the second file'), ['told: fresh'])
  })
  it('is not blamed when the machine is too busy', async () => {
    const hurried = new ReadingBox({ size: 1, script: misbehaving, limits: { ...limits, wall: 1_500 } })
    await assert.rejects(hurried.read(Buffer.from('sleep')), { code: 'TANDEM-RATE-001' })
    hurried.close()
    assert.deepEqual(await readingOf('well'), ['told: well'])
  })
  it('finds no network, no secret in the environment and no file but our code; its memory is never dumped', async () => {
    process.env['TANDEM_TEST_SECRET'] = 'secret'
    const [words = ''] = await readingOf('look around')
    const [environment, file, core, network] = words.replace('told: ', '').split('|')
    assert.equal(environment?.includes('SECRET'), false)
    assert.equal(file, 'closed')
    if (readingConfinement().boundedMemory) assert.deepEqual(JSON.parse(core ?? ''), { soft: 0, hard: 0 })
    if (readingConfinement().noNetwork) assert.match(network ?? '', /^ENETUNREACH|ENETDOWN|EADDRNOTAVAIL$/)
  })
})

describe('the processes of the box', () => {
  const script = `
    const { ReadingBox } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
    const box = new ReadingBox({ size: 1, script: ${JSON.stringify(misbehaving)} })
    await box.read(Buffer.from('well'))
    const { readdirSync, readFileSync } = await import('node:fs')
    console.log(readdirSync('/proc').filter((pid) => /^\\d+$/.test(pid)).find((pid) => {
      try { return readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').at(-1).split(' ')[1] === String(process.pid) } catch { return false }
    }))
  `
  const run = async (more: string, signal?: 'SIGKILL') => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script + more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(String(chunk)))),
    )
    assert.ok(pid > 1)
    if (signal !== undefined) parent.kill(signal)
    await new Promise((resolve) => parent.once('exit', resolve))
    for (let tries = 0; tries < 100 && alive(pid); tries++) await sleep(30)
    assert.equal(alive(pid), false)
  }
  it('do not keep an idle parent alive, and end with it', () => run(''))
  it('end with a parent that is killed while they work', () => run(`;await box.read(Buffer.from('spin'))`, 'SIGKILL'))
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
