import { closeSync, existsSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { err, ok, type Result } from '@tandem/core'
import { LineJournal } from '@tandem/fingerprints'

export interface JournalFile {
  readonly journal: LineJournal
  /** Why it is not written any more; null while it is. Sifting goes on, for the hits matter more. */
  readonly failure: () => string | null
}

/** A file that is there and is no journal is somebody's evidence: nothing is written to it. */
export function openJournal(path: string): Result<JournalFile, string> {
  const seen = { lines: 0, last: '\n' }
  let descriptor = -1
  let failure: string | null = null
  const keep = (line: string): void => {
    if (failure !== null) return
    try {
      writeWhole(descriptor, line)
    } catch (error) {
      failure = `${path} cannot be written any more (${codeOf(error)}): what follows is hashed again by the next run.`
    }
  }
  try {
    if (existsSync(path) && !statSync(path).isFile()) return err(`${path} is no file: name another file.`)
    const journal = new LineJournal(existsSync(path) ? linesOf(path, seen) : [], keep)
    if (seen.lines > 0 && journal.unread >= seen.lines)
      return err(`${path} is there and is no journal: name another file.`)
    descriptor = openSync(path, 'a', 0o600)
    // A line that a crash cut off must not take the next one with it.
    if (seen.last !== '\n') keep('\n')
    return ok({ journal, failure: () => failure })
  } catch (error) {
    return err(`${path} cannot be read and written as a journal (${codeOf(error)}).`)
  }
}

/** Piece by piece: the journal of a large disk is longer than a text may be. */
function* linesOf(path: string, seen: { lines: number; last: string }): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const decoder = new StringDecoder('utf8')
    const buffer = Buffer.alloc(1024 * 1024)
    let begun = ''
    for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) {
      const pieces = decoder.write(buffer.subarray(0, got)).split('\n')
      seen.last = String.fromCharCode(buffer[got - 1] ?? 0)
      const last = pieces.pop() ?? ''
      for (const piece of pieces) {
        if (begun + piece !== '') seen.lines++
        yield begun + piece
        begun = ''
      }
      begun += last
    }
    if (begun !== '') seen.lines++
    yield begun
  } finally {
    closeSync(file)
  }
}

function writeWhole(descriptor: number, line: string): void {
  const bytes = Buffer.from(line)
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
