import { createHash } from 'node:crypto'
import { basename } from 'node:path'

/** Folders whose contents a backup leaves out but which must exist when the server starts. */
const emptied = new Set([
  'pg_wal',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'log',
])

const leftOutNames = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_internal.init',
  'postgresql.auto.conf.tmp',
  'current_logfiles',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'tablespace_map.old',
  'backup_manifest',
])

/** The list of the PostgreSQL manual, section "Backing up the data directory". pg_control comes at the very end. */
export function isLeftOut(path: string, isFolder: boolean): boolean {
  const [top = '', ...below] = path.split('/')
  const name = basename(path)
  if (emptied.has(top) && below.length > 0) return !(isFolder && walFolders.has(path))
  if (path === 'global/pg_control') return true
  if (name.startsWith('pgsql_tmp')) return true
  // Temporary tables, t<backend>_<file node>: their sessions will not exist.
  if (/^t\d+_\d+/.test(name)) return true
  return !isFolder && (leftOutNames.has(name) || name.startsWith('pg_internal.init.'))
}

const walFolders = new Set(['pg_wal/archive_status', 'pg_wal/summaries'])

/** Names of all WAL segments from one to another: 8 hex digits of timeline, then log and segment number. */
export function segmentsBetween(first: string, last: string, segmentBytes: number): string[] {
  const perLog = 0x1_0000_0000 / segmentBytes
  const number = (name: string): number =>
    Number.parseInt(name.slice(8, 16), 16) * perLog + Number.parseInt(name.slice(16, 24), 16)
  const timeline = last.slice(0, 8)
  if (first.slice(0, 8) !== timeline) throw new Error('the timeline changed during the backup')
  const names: string[] = []
  for (let at = number(first); at <= number(last); at++) {
    names.push(`${timeline}${hex(Math.floor(at / perLog))}${hex(at % perLog)}`)
  }
  if (names.length === 0) throw new Error(`no log between ${first} and ${last}`)
  return names
}

const hex = (number: number): string => number.toString(16).toUpperCase().padStart(8, '0')

export const clusterFile = (bytes: Uint8Array): { size: number; sha256: string } => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})
