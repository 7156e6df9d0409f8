import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@tandem/core'
import { type Cell, lanesOf, receiveDelivery } from '@tandem/work'
import { privateFolder } from './private-file.ts'

const LOOK_EVERY_MILLISECONDS = 2_000
/** A file that still grows is still being written. */
const QUIET_MILLISECONDS = 2_000

export interface WatchedFolder {
  close(): Promise<void>
}

/**
 * `inbox/<agency>/`: files put there are delivered by that agency's folder lane and moved to `done/`, or to `refused/`.
 * The key is the content's digest, so a file that is put there twice has one effect.
 */
export async function watchFolder(
  cell: Cell,
  inbox: string,
  arrived: () => void,
  trouble: (error: unknown) => void,
): Promise<WatchedFolder> {
  const lanes = (await lanesOf(cell)).filter(({ kind }) => kind === 'folder')
  const folders = lanes.map((lane) => ({
    lane,
    path: join(inbox, lane.agency.toLowerCase().replace(/[^a-z0-9]+/g, '-')),
  }))
  for (const { path } of folders)
    for (const each of [path, join(path, 'done'), join(path, 'refused')]) privateFolder(each)
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(async () => {
      for (const folder of folders) await look(cell, folder.path, folder.lane, arrived).catch(trouble)
    })
  }, LOOK_EVERY_MILLISECONDS)
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}

async function look(
  cell: Cell,
  path: string,
  lane: { lane: string; sender: string },
  arrived: () => void,
): Promise<void> {
  for (const name of (await readdir(path)).sort()) {
    const file = join(path, name)
    const state = await stat(file).catch(() => null)
    if (state === null || !state.isFile() || Date.now() - state.mtimeMs < QUIET_MILLISECONDS) continue
    try {
      const receipt = await receiveDelivery(
        cell,
        { lane: lane.lane, sender: lane.sender, idempotencyKey: await digestOf(file), name },
        createReadStream(file),
      )
      await rename(
        file,
        join(path, receipt.state === 'refused' ? 'refused' : 'done', `${receipt.delivery}-${name}`.slice(0, 200)),
      )
      arrived()
    } catch (error) {
      // The cell cannot take it now; the file stays where it is and is tried again.
      if (!(error instanceof Refusal)) throw error
    }
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}
