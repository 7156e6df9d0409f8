import assert from 'node:assert/strict'
import { appendFileSync, existsSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cell } from '@tandem/work'
import { inboxName } from '../src/folders.ts'
import { watchFolder } from '../src/watched-folder.ts'
import { atEnd, trainingCell, twoRecords } from './training-folder.ts'

/** So that it does not count as still being written. */
const settled = (file: string): void => utimesSync(file, Date.now() / 1000 - 60, Date.now() / 1000 - 60)

/** The cell, but once a file goes on growing while it is received: its writer had only paused. */
function growing(cell: Cell, file: string): Cell {
  let grown = false
  const store = new Proxy(cell.store, {
    get(target, name) {
      if (name !== 'within') {
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      }
      return async (...given: Parameters<typeof target.within>) => {
        const done = await target.within(...given)
        if (grown || !existsSync(file)) return done
        grown = true
        appendFileSync(file, ' '.repeat(100))
        settled(file)
        return done
      }
    },
  })
  return { ...cell, store }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (holds()) return
    await sleep(100)
  }
  assert.fail(`${what}: not within 30 seconds`)
}

test('the watched folder', async (t) => {
  const { folder, open } = await trainingCell(t)
  const inbox = join(folder.inbox, inboxName('Crime Agency'))
  const slow = join(inbox, 'slow.json')
  const cell = growing(open.cell, slow)
  let arrived = 0
  const trouble: unknown[] = []
  const watch = await watchFolder(
    cell,
    folder.inbox,
    () => arrived++,
    (error) => trouble.push(error),
  )
  atEnd(t, () => watch.close())
  const put = (name: string): void => {
    writeFileSync(join(inbox, name), twoRecords(`TEST ${name}`))
    settled(join(inbox, name))
  }
  const isGone = (name: string) => () => !existsSync(join(inbox, name))

  await t.test('keeps a file that went on growing while it was received, until it was received whole', async () => {
    put('slow.json')
    await until('the first receipt', () => arrived === 1)
    assert.ok(existsSync(slow), 'what came behind the first part is still to be delivered')
    await until('the second receipt', isGone('slow.json'))
    assert.equal(arrived, 2)
  })

  await t.test('leaves a name with a dot before it alone until it is renamed', async () => {
    put('.report.json.Xy12')
    put('zz-behind-it.json')
    await until('the file behind it', isGone('zz-behind-it.json'))
    assert.ok(existsSync(join(inbox, '.report.json.Xy12')))
    renameSync(join(inbox, '.report.json.Xy12'), join(inbox, 'report.json'))
    await until('the renamed file', isGone('report.json'))
    assert.equal(arrived, 4)
  })

  assert.deepEqual(trouble, [])
})
