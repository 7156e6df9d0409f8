import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Check } from '@tandem/work'

/** A core file is this process' memory on a disk, open keys and all. Asked for once, at a start. */
export function forbidCoreFiles(): void {
  try {
    execFileSync('prlimit', ['--core=0:0', '--pid', String(process.pid)], { stdio: 'ignore', timeout: 5_000 })
  } catch {
    // The check below says so.
  }
}

export function coreFilesCheck(limits = '/proc/self/limits'): Check {
  const name = 'core files'
  let text: string
  try {
    text = readFileSync(limits, 'utf8')
  } catch {
    return { name, state: 'warning', says: 'Whether this machine writes core files cannot be told.', remedy }
  }
  const [, soft, hard] = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(text) ?? []
  return soft === '0' && hard === '0'
    ? { name, state: 'good', says: 'None are written: a crash leaves no memory of this process on a disk.' }
    : {
        name,
        state: 'warning',
        says: 'A crash could write the memory of this process, open keys too, to a disk.',
        remedy,
      }
}

const remedy = 'Start the cell with "ulimit -c 0", or install util-linux (prlimit).'
