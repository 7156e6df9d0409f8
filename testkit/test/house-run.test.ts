import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { endThem, leftBehind, runMark } from '../src/run/leftovers.ts'
import { isGreen, type Outcome, totalLine } from '../src/run/outcome.ts'
import { runPool } from '../src/run/pool.ts'
import { testFiles } from '../src/run/test-files.ts'
import { runTestFile } from '../src/run/test-process.ts'

const checkout = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'tandem-runner-'))
after(() => rmSync(folder, { recursive: true, force: true }))

async function outcomeOf(name: string, text: string, seconds = 60): Promise<Outcome> {
  writeFileSync(
    join(folder, name),
    `import assert from 'node:assert/strict'\nimport { describe, test } from 'node:test'\n${text}`,
  )
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env
  return runTestFile({ path: name, alone: false, seconds }, { checkout: folder, folder, env })
}

describe('the runner of test files', () => {
  test('counts what passed, failed and was skipped, and suites not at all', async () => {
    const outcome = await outcomeOf(
      'counts.test.ts',
      `describe('a suite', () => {
         test('good', () => {})
         test('left out', { skip: true }, () => {})
         test('not yet', { todo: true }, () => assert.fail('open'))
         test('bad', () => assert.equal(1, 2))
       })
       test('outer', async (t) => { await t.test('inner', () => assert.fail('deep')) })`,
    )
    assert.equal(totalLine(outcome), '1 passed, 2 failed, 2 skipped')
    assert.deepEqual(
      outcome.failures.map(({ where }) => where),
      ['counts.test.ts › a suite › bad', 'counts.test.ts › outer › inner'],
    )
    assert.match(outcome.failures[0]?.why ?? '', /1 !== 2/)
  })

  test('names the test in which a file hangs, and ends it', async () => {
    const text = `test('good', () => {})\ntest('waits for ever', () => new Promise(() => { setInterval(() => {}, 1000) }))`
    const { passed, failures } = await outcomeOf('hangs.test.ts', text, 3)
    assert.equal(passed, 1)
    assert.match(failures[0]?.why ?? '', /^hung in "waits for ever"; ended after 3 s/)
  })

  test('says when a file ends its tests but not itself', async () => {
    const { failures } = await outcomeOf('open.test.ts', `test('good', () => void setInterval(() => {}, 1000))`, 3)
    assert.match(failures[0]?.why ?? '', /^hung after its last test: something it opened was not closed/)
  })

  test('takes a file that breaks, holds no test or leaves early for a failure', async () => {
    assert.match(
      (await outcomeOf('broken.test.ts', `import './no-such-file.ts'`)).failures[0]?.why ?? '',
      /ended with exit code 1[\s\S]*no-such-file/,
    )
    assert.equal((await outcomeOf('empty.test.ts', '')).failures[0]?.why, 'holds no test')
    assert.match(
      (await outcomeOf('leaves.test.ts', `test('good', () => {})\ntest('leaves', () => process.exit(7))`)).failures[0]
        ?.why ?? '',
      /exit code 7/,
    )
  })

  test('is not green when nothing was tried', () => {
    assert.equal(isGreen({ passed: 0, skipped: 3, failures: [] }), false)
    assert.equal(isGreen({ passed: 1, skipped: 0, failures: [] }), true)
    assert.equal(isGreen({ passed: 9, skipped: 0, failures: [{ where: 'x', why: 'y' }] }), false)
  })

  test('gives the machine to those that must be alone, after all others', async () => {
    const seen: string[] = []
    let running = 0
    const jobs = [
      { name: 'alone 1', alone: true },
      { name: 'a', alone: false },
      { name: 'b', alone: false },
      { name: 'alone 2', alone: true },
    ]
    await runPool(jobs, 2, async ({ name, alone }) => {
      running++
      await sleep(5)
      assert.ok(!alone || running === 1, `${name} ran beside another`)
      running--
      seen.push(name)
    })
    assert.deepEqual(seen.toSorted(), ['a', 'alone 1', 'alone 2', 'b'])
    assert.deepEqual(seen.slice(2), ['alone 1', 'alone 2'])
  })

  test('finds every test file of every room once, each with a limit', () => {
    const files = testFiles(checkout)
    assert.ok(files.some(({ path }) => path === 'testkit/test/house-run.test.ts'))
    assert.equal(new Set(files.map(({ path }) => path)).size, files.length)
    for (const { path, seconds } of files) assert.ok(seconds > 0 && seconds <= 1_800, path)
  })
})

describe('what a run leaves behind', () => {
  const stay = 'setInterval(() => {}, 1000)'
  const start = (env: NodeJS.ProcessEnv, cwd: string) => {
    const child = spawn(process.execPath, ['-e', stay], { env, cwd, detached: true, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    return { pid: child.pid ?? 0, ended }
  }

  test('is found by its mark or by its folder, and ended', { skip: process.platform !== 'linux' }, async () => {
    const place = mkdtempSync(join(folder, 'left-'))
    const marked = start({ PATH: process.env['PATH'], [runMark]: 'test of the mark' }, '/')
    const bare = start({}, place)
    const stranger = start({}, '/')
    await sleep(200)
    const left = await leftBehind('test of the mark', place, 0)
    assert.deepEqual(left.map(({ pid }) => pid).toSorted(), [marked.pid, bare.pid].toSorted())
    endThem(left)
    await Promise.all([marked.ended, bare.ended])
    assert.deepEqual(await leftBehind('test of the mark', place, 0), [])
    endThem([{ pid: stranger.pid, command: '' }])
    await stranger.ended
  })
})

describe('npm test', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['testkit/run.js', ...args], {
      cwd: checkout,
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    })

  test('ends with the total alone on the last line', () => {
    const { status, stdout } = run('--only', 'engines/vault')
    assert.equal(status, 0, stdout)
    assert.match(stdout, /\n\d+ passed, 0 failed\n$/)
  })

  test('fails when no step fits the pattern, and explains a wrong word', () => {
    const none = run('--only', 'no such step')
    assert.equal(none.status, 1)
    assert.match(none.stdout, /nothing was tested/)
    const wrong = run('--olny', 'x')
    assert.equal(wrong.status, 2)
    assert.match(wrong.stderr, /--only PATTERN/)
  })

  test('is started by scripts that every Node from 18 on can read', () => {
    for (const path of ['bin/find-node.js', 'bin/tandem.js', 'testkit/run.js', 'testkit/pack.js']) {
      const text = readFileSync(join(checkout, path), 'utf8')
      assert.doesNotMatch(text, /import\.meta\.(filename|dirname)|\bwith \{ type|\busing /, path)
    }
  })
})
