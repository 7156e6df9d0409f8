import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a cell keeps everything it owns. Nothing is ever written outside it. */
export interface DataFolder {
  readonly root: string
  readonly settings: string
  readonly keys: string
  readonly database: string
  readonly inbox: string
  /** Tiles and checkpoints of the agencies' logs, a folder each. */
  readonly ledger: string
  readonly log: string
}

/** The folder of an agency under `inbox/`: of its short name only what every file system and every shell takes. */
export const inboxName = (shortName: string): string =>
  shortName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export function dataFolder(given: string | undefined, mode: 'training' | 'live'): DataFolder {
  const root = resolve(given ?? process.env['TANDEM_DATA'] ?? join(homedir(), '.tandem', mode))
  return {
    root,
    settings: join(root, 'cell.json'),
    keys: join(root, 'keys'),
    database: join(root, 'database'),
    inbox: join(root, 'inbox'),
    ledger: join(root, 'ledger'),
    log: join(root, 'server.log'),
  }
}
