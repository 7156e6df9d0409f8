import { type ChildProcess, spawn } from 'node:child_process'

export interface Ran {
  readonly code: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  /** The end of what it said on both streams. */
  readonly said: string
}

const running = new Set<ChildProcess>()
const keptCharacters = 20_000

/** A process in a group of its own: when its time is over, it goes with all its children that stayed in the group. */
export function runCommand(
  argv: readonly string[],
  how: { readonly cwd: string; readonly seconds: number; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  const [file = '', ...rest] = argv
  return new Promise((resolve) => {
    const child = spawn(file, rest, { cwd: how.cwd, env: how.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let said = ''
    let timedOut = false
    const take = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-keptCharacters)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = setTimeout(() => {
      timedOut = true
      killGroup(child)
    }, how.seconds * 1_000)
    const end = (code: number | null, signal: string | null): void => {
      clearTimeout(timer)
      clearTimeout(patience)
      running.delete(child)
      resolve({ code, signal, timedOut, said })
    }
    let patience: NodeJS.Timeout | undefined
    child.on('error', (error) => {
      said += error.message
      end(null, null)
    })
    child.on('close', end)
    // A descendant that keeps the streams open must not keep the run.
    child.on('exit', (code, signal) => {
      patience = setTimeout(() => end(code, signal), 5_000)
    })
  })
}

export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

export function killAll(): void {
  for (const child of running) killGroup(child)
}
