import { clean, cleanJson, cleanLines } from './clean-text.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Failure } from './failure.ts'
import { type Paint, painter } from './paint.ts'

export interface Column<T> {
  readonly title: string
  readonly value: (row: T) => string | number
  readonly paint?: (row: T) => Paint
  readonly right?: boolean
}

/** Everything a command says goes through here: cleaned, in colour or not, for people or for machines. */
export interface Output {
  readonly json: boolean
  /** For people. */
  line(text: string, paint?: Paint): void
  /** Text of several lines, exactly as meant for reading. */
  text(text: string): void
  /** For machines: one object, one line. */
  object(value: unknown): void
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): void
  /** What is going on, on a terminal alone; null wipes it. */
  progress(says: string | null): void
  /** For people, beside the result. */
  note(text: string): void
  fail(failure: Failure): ExitCode
  /** Waits until whoever reads has taken what was told: a slow reader must not fill the memory. */
  taken(): Promise<void>
}

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly environment: NodeJS.ProcessEnv
}

export function makeOutput(json: boolean, { stdout, stderr, environment }: Streams): Output {
  const paintOut = painter(stdout, environment)
  const paintErr = painter(stderr, environment)
  const width = stderr.columns || 80
  let isShowing = false
  const wipe = (): void => {
    if (isShowing) stderr.write('\r\u001b[K')
    isShowing = false
  }
  const line = (text: string, paint: Paint = 'plain'): void => {
    wipe()
    stdout.write(`${paintOut(clean(text), paint)}\n`)
  }
  return {
    json,
    line,
    text(text) {
      wipe()
      stdout.write(`${cleanLines(text)}\n`)
    },
    object(value) {
      wipe()
      stdout.write(`${cleanJson(value)}\n`)
    },
    table(rows, columns) {
      wipe()
      const cells = rows.map((row) => columns.map((column) => clean(String(column.value(row)))))
      const widths = columns.map((column, index) =>
        Math.max(column.title.length, ...cells.map((each) => (each[index] ?? '').length)),
      )
      const fit = (text: string, index: number): string => {
        if (columns[index]?.right === true) return text.padStart(widths[index] ?? 0)
        return index === columns.length - 1 ? text : text.padEnd(widths[index] ?? 0)
      }
      stdout.write(`${paintOut(columns.map(({ title }, index) => fit(title, index)).join('  '), 'bold')}\n`)
      for (const [index, row] of rows.entries()) {
        const shown = columns.map((column, at) =>
          paintOut(fit(cells[index]?.[at] ?? '', at), column.paint?.(row) ?? 'plain'),
        )
        stdout.write(`${shown.join('  ').trimEnd()}\n`)
      }
    },
    progress(says) {
      if (json || stderr.isTTY !== true) return
      wipe()
      if (says === null) return
      stderr.write(paintErr(clean(says).slice(0, width - 1), 'dim'))
      isShowing = true
    },
    note(text) {
      wipe()
      if (!json) stderr.write(`${clean(text)}\n`)
    },
    fail({ exit, code, says }) {
      wipe()
      if (json) stdout.write(`${cleanJson({ error: { code, says, exit } })}\n`)
      else stderr.write(`${paintErr('tandem:', 'red')} ${clean(says)}${code === null ? '' : ` [${code}]`}\n`)
      return exit
    },
    async taken() {
      while (stdout.writableNeedDrain) await new Promise((resolve) => stdout.once('drain', resolve))
    },
  }
}
