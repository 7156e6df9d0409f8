import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Set in the environment of every process of a run. PostgreSQL gets a bare environment and is known by its folder. */
export const runMark = 'TANDEM_TEST_RUN'

export interface Leftover {
  readonly pid: number
  readonly command: string
}

/** Processes of this run that live still; waits a moment for those that are on their way out. */
export async function leftBehind(mark: string, folder: string, patienceMs: number): Promise<Leftover[]> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const left = processesOf(mark, folder)
    if (left.length === 0 || performance.now() > deadline) return left
    await sleep(100)
  }
}

export function endThem(left: readonly Leftover[]): void {
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone meanwhile.
    }
  }
}

/** Linux only; elsewhere nothing can be said. */
function processesOf(mark: string, folder: string): Leftover[] {
  return entriesOfProc().flatMap((name) => {
    const pid = Number(name)
    if (pid === process.pid || readProc(pid, 'stat').includes(') Z ')) return []
    const environment = readProc(pid, 'environ').split('\0')
    const command = readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()
    const ours =
      environment.includes(`${runMark}=${mark}`) || folderOf(pid).startsWith(folder) || command.includes(folder)
    return ours ? [{ pid, command: command.slice(0, 200) }] : []
  })
}

function entriesOfProc(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
