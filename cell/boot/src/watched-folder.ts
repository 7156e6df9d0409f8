import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { lstat, readdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@tandem/core'
import { type Cell, lanesOf, receiveDelivery } from '@tandem/work'
import { inboxName } from './folders.ts'
import { privateFolder } from './private-file.ts'

const LOOK_EVERY_MILLISECONDS = 2_000
/** A file that still grows is still being written. */
const QUIET_MILLISECONDS = 2_000

export interface WatchedFolder {
  close(): Promise<void>
}

/**
 * `inbox/<agency>/`: files put there are delivered by that agency's folder lane and removed once the receipt is on disk;
 * of a refused file only the reason stays, in `refused/`.
 * The key is the content's digest, so a file that is put there twice has one effect.
 * A name that begins with a dot is not there yet: rsync and others write under such a name and rename at the end.
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
    path: join(inbox, inboxName(lane.agency)),
  }))
  for (const { path } of folders) for (const each of [path, join(path, 'refused')]) privateFolder(each)
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
    if (name.startsWith('.')) continue
    const file = join(path, name)
    // A link could name a file that is none of the sender's: it is not followed.
    const state = await lstat(file).catch(() => null)
    if (state === null || !state.isFile() || Date.now() - state.mtimeMs < QUIET_MILLISECONDS) continue
    try {
      const sha256 = await digestOf(file)
      const receipt = await receiveDelivery(
        cell,
        { lane: lane.lane, sender: lane.sender, idempotencyKey: sha256, name },
        createReadStream(file),
      )
      // What was received lies guarded and sealed in the database; a second copy in clear would be one too many.
      // A file that went on growing was not received whole: it stays, and is delivered again as what it has become.
      if (receipt.sha256 === sha256 && isUnchanged(state, await lstat(file).catch(() => null))) await unlink(file)
      if (receipt.reason !== null) await tellRefusal(path, receipt.delivery, receipt.reason.says)
      arrived()
    } catch (error) {
      // The cell cannot take it now; the file stays where it is and is tried again.
      if (!(error instanceof Refusal)) throw error
    }
  }
}

const isUnchanged = (before: Stats, now: Stats | null): boolean =>
  now !== null && now.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** Whoever put the file there finds out why it was refused; the file itself is gone. */
const tellRefusal = (path: string, delivery: string, says: string): Promise<void> =>
  writeFile(join(path, 'refused', `${delivery}.txt`), `${says}\n`, { mode: 0o600 })
