/** A started program, as Node's `child_process` gives it. */
export interface RunningProgram {
  readonly stdout: AsyncIterable<Uint8Array>
  readonly stderr: AsyncIterable<Uint8Array>
  once(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'close', listener: (code: number | null) => void): unknown
  kill(signal: 'SIGKILL'): unknown
}

/** Starting programs is left to the caller, who knows how to confine them: Node's `spawn` fits as it is. */
export type StartProgram = (
  program: string,
  args: readonly string[],
  options: { readonly stdio: ['ignore', 'pipe', 'pipe'] },
) => RunningProgram

export interface Ended {
  /** The exit code; null when it was killed or never started. */
  readonly code: number | null
  /** Why it could not be started. */
  readonly notStarted: Error | null
  readonly complaints: string
}

const LONGEST_COMPLAINT = 4000

/** Runs a program to its end, giving its output piece by piece; `take` answers false to stop it. */
export async function runProgram(
  running: RunningProgram,
  take: (chunk: Uint8Array) => boolean,
  signal?: AbortSignal,
): Promise<Ended> {
  let notStarted: Error | null = null
  const stop = () => running.kill('SIGKILL')
  const ended = new Promise<number | null>((resolve) => {
    running.once('error', (error) => {
      notStarted = error
      resolve(null)
    })
    running.once('close', resolve)
  })
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted === true) stop()
  try {
    const [complaints] = await Promise.all([gather(running.stderr), drain(running.stdout, take, stop)])
    return { code: await ended, notStarted, complaints }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function drain(output: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => boolean, stop: () => void) {
  for await (const chunk of output)
    if (!take(chunk)) {
      stop()
      return
    }
}

async function gather(output: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of output) if (text.length < LONGEST_COMPLAINT) text += Buffer.from(chunk).toString('utf8')
  return text.slice(0, LONGEST_COMPLAINT).trim()
}
