import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** A line that a person types; null where nobody sits at a terminal. */
export async function ask(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true) return null
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await asking.question(question)).trim()
  } finally {
    asking.close()
  }
}

/** The same without showing what is typed: it stays off the screen and out of the terminal's memory. */
export async function askHidden(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true) return null
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 })
  try {
    return (await asking.question('')).trim()
  } finally {
    asking.close()
    process.stderr.write('\n')
  }
}

/** Lines from a pipe, for machines and for tests; empty ones are none. */
export async function linesOfInput(): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') lines.push(line.trim())
  return lines
}
