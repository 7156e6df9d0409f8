import { type DatabaseEngine, freeSpace } from '@tandem/store/engine'
import { type Check, readingConfinement } from '@tandem/work'
import { coreFilesCheck } from './core-files.ts'

/** What the health page tells of this machine, beside what the database tells of the work. */
export function standingChecks(engine: DatabaseEngine): Check[] {
  const box = readingConfinement()
  return [
    {
      name: 'reading of foreign files',
      ...(box.noNetwork && box.boundedMemory
        ? { state: 'good', says: 'In processes of their own, without network and with bounded memory.' }
        : {
            state: 'warning',
            says: `In processes of their own, ${box.noNetwork ? 'without' : 'not kept from the'} network, memory ${box.boundedMemory ? '' : 'not '}bounded.`,
            remedy: 'Install util-linux (unshare, prlimit) or allow user namespaces on this machine.',
          }),
    },
    {
      name: 'database',
      state: 'good',
      says: `PostgreSQL ${engine.version.text} ${engine.kind === 'embedded' ? 'comes with Tandem and runs on this machine' : 'is the server you named'}.`,
    },
    coreFilesCheck(),
    ...(engine.dataDirectory === null ? [] : [spaceOf(engine.dataDirectory)]),
  ]
}

/** A full disk stops receipts: somebody must see it coming. */
function spaceOf(folder: string): Check {
  const { says, state, remedy } = freeSpace(folder)
  return { name: 'disk of the records', state, says, ...(remedy === undefined ? {} : { remedy }) }
}
