import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findRunning, type JointCell } from '@tandem/boot'
import { err, ok, type Result } from '@tandem/core'
import { z } from 'zod'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const LOOK_MS = 200

const announced = z.object({
  url: z.string(),
  people: z.array(
    z.object({ name: z.string(), role: z.string(), agency: z.string(), subject: z.string(), pin: z.string() }),
  ),
})
export type Announced = z.output<typeof announced>

/** One cell in a process of its own: what one agency holds in memory is never in that of the other. */
export class CellProcess {
  readonly cell: JointCell
  readonly #child: ChildProcess
  readonly #whole: Promise<Result<Announced, string>>
  #ended = false

  constructor(cell: JointCell) {
    this.cell = cell
    // As the launcher starts it: words by a pipe, and when the pipe ends, so does the cell. Nothing is left behind by a
    // parent that was killed.
    this.#child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, TANDEM_LAUNCHER: '3' },
    })
    const words = ['start', '--data', cell.folder.root, '--port', String(cell.deskPort), '--json']
    const pipe = this.#child.stdio[3]
    if (pipe !== null && pipe !== undefined && 'write' in pipe) {
      pipe.on('error', () => {})
      pipe.write(`${JSON.stringify(words)}\n`)
    }
    this.#child.once('exit', () => {
      this.#ended = true
    })
    this.#whole = this.#told()
  }

  /** The desk answers; the example operation may still be coming in. */
  async serving(): Promise<Result<string, string>> {
    for (;;) {
      const running = await findRunning(this.cell.folder)
      if (running !== null) return ok(running.url)
      if (this.#ended) {
        const whole = await this.#whole
        return whole.ok ? err(`The cell of the ${this.cell.agency} ended.`) : whole
      }
      await sleep(LOOK_MS)
    }
  }

  /** Everything is in. */
  whole(): Promise<Result<Announced, string>> {
    return this.#whole
  }

  /** Resolves when the process is gone, whatever ended it. */
  ended(): Promise<void> {
    return this.#ended ? Promise.resolve() : new Promise((resolve) => this.#child.once('exit', () => resolve()))
  }

  async stop(): Promise<void> {
    const gone = this.ended()
    // A terminal's Ctrl-C reached it already; this second request to stop then changes nothing.
    if (!this.#ended) this.#child.kill('SIGTERM')
    await gone
  }

  async #told(): Promise<Result<Announced, string>> {
    let says = ''
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      says = `${says}${chunk.toString('utf8')}`.slice(-2_000)
    })
    let out = ''
    for await (const chunk of this.#child.stdout ?? []) {
      out += String(chunk)
      const end = out.indexOf('\n')
      if (end < 0) continue
      const line = jsonOf(out.slice(0, end))
      const whole = announced.safeParse(line)
      if (whole.success) return ok(whole.data)
      const failed = z.object({ error: z.object({ says: z.string() }) }).safeParse(line)
      return err(`The cell of the ${this.cell.agency}: ${failed.success ? failed.data.error.says : out.slice(0, end)}`)
    }
    return err(`The cell of the ${this.cell.agency} ended before it was ready. ${says.trim()}`)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
