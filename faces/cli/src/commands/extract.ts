import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { extractStream } from '@tandem/identifiers'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { filesUnder } from '../files-under.ts'
import type { Output } from '../output.ts'
import { count } from '../words.ts'

export default command({
  summary: 'Pulls identifiers out of text: one JSON object each, with its place. Nothing is stored or sent.',
  args: {},
  rest: 'PATH',
  more: `PATH is a file, a folder, or - for standard input; the bytes are taken as text (UTF-8, or UTF-16 by its mark).
A line: {"path","start","end","original","identifier","context"}; start and end are bytes. The last line is {"summary"}.
"strength" says how it was proved: checksum, form or weak. Links and special files are set aside with their reason.`,
  async run(args, output) {
    const paths = args._
    if (paths.length === 0) return output.fail(usageFailure('Name a file or a folder, or - for standard input.'))
    const tally = { files: 0, found: 0, setAside: 0 }
    for (const path of paths) {
      if (path === '-') await fromOne('-', process.stdin, output, tally)
      else await fromPath(path, output, tally)
    }
    output.progress(null)
    output.object({ summary: tally })
    output.note(`${count(tally.files, 'file')}, ${count(tally.found, 'identifier')}`)
    return tally.setAside === 0 ? exitCodes.done : exitCodes.partly
  },
})

interface Tally {
  files: number
  found: number
  setAside: number
}

async function fromPath(path: string, output: Output, tally: Tally): Promise<void> {
  const { files, passed } = await filesUnder(path)
  for (const file of files) {
    const state = await lstat(file).catch(() => null)
    if (state === null) aside(file, 'It is not there, or not readable for you.', output, tally)
    else if (!state.isFile()) aside(file, 'It is a link or a special file; it is not followed.', output, tally)
    else {
      try {
        await fromOne(file, createReadStream(file), output, tally)
      } catch {
        aside(file, 'It is not there, or not readable for you.', output, tally)
      }
    }
  }
  for (const { path: inside, says } of passed) aside(inside, says, output, tally)
}

async function fromOne(path: string, source: AsyncIterable<Uint8Array>, output: Output, tally: Tally): Promise<void> {
  tally.files++
  output.progress(`${path}: ${tally.found} found`)
  for await (const found of extractStream(source)) {
    tally.found++
    output.object({ path, ...found })
  }
}

function aside(path: string, says: string, output: Output, tally: Tally): void {
  tally.setAside++
  if (output.json) output.object({ path, setAside: says })
  else output.fail(failure(exitCodes.partly, `${path}: ${says}`))
}
