import { existsSync, rmSync } from 'node:fs'
import { describeSaved, saveCatalogue } from '@tandem/fingerprints'
import { writeSavedFiles } from '@tandem/fingerprints/disk'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { listOptions, listsGiven, openIndex, perceptualPart, reading } from '../fingerprints/lists-given.ts'
import { bytesWords, count } from '../words.ts'

const { index: _, ...options } = listOptions

const isSavedIndex = (path: string): boolean => reading(path, describeSaved).ok

export const build = command({
  summary: 'Reads lists and saves their index, so that `match` and `sift` start at once.',
  args: options,
  rest: 'FILE',
  more: 'Writes FILE, and FILE.pdq where a list has perceptual hashes. Whole or not at all.',
  async run(args, output, words) {
    const [file, ...more] = args._
    if (file === undefined || more.length > 0) return output.fail(usageFailure('Name the one file to write.'))
    const foreign = [file, perceptualPart(file)].find((each) => existsSync(each) && !isSavedIndex(each))
    if (foreign !== undefined) {
      return output.fail(
        failure(exitCodes.refused, `${foreign} is there and is no saved index that you can read: name another file.`),
      )
    }
    const given = await listsGiven(args, words, output)
    if (!given.ok) return output.fail(failure(exitCodes.refused, given.error))
    const { catalogue } = given.value
    output.progress(`writing ${file}`)
    let bytes = 0
    try {
      const files = saveCatalogue(catalogue)
      bytes = writeSavedFiles([
        ...(files.perceptual === null ? [] : [{ path: perceptualPart(file), parts: files.perceptual }]),
        { path: file, parts: files.catalogue },
      ])
      // A perceptual part of an earlier build would belong to other lists.
      if (files.perceptual === null) rmSync(perceptualPart(file), { force: true })
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      return output.fail(failure(exitCodes.refused, `${file} cannot be written (${why}).`))
    }
    output.progress(null)
    if (output.json) output.object({ file, bytes, lists: catalogue.lists.length })
    else output.line(`${file}: ${count(catalogue.lists.length, 'list')}, ${bytesWords(bytes)}`)
    return exitCodes.done
  },
})

export const info = command({
  summary: 'Says what a saved index holds.',
  args: {},
  rest: 'FILE',
  async run(args, output) {
    const [file, ...more] = args._
    if (file === undefined || more.length > 0) return output.fail(usageFailure('Name one saved index.'))
    for (const part of [file, perceptualPart(file)].filter((each) => existsSync(each))) {
      const described = reading(part, describeSaved)
      if (!described.ok) return output.fail(failure(exitCodes.refused, described.error))
      const { kind, version, about, length } = described.value
      if (output.json) output.object({ file: part, kind, version, length, about })
      else {
        output.line(`${part}: ${kind} version ${version}, ${bytesWords(length)}`, 'bold')
        output.text(`  ${JSON.stringify(about)}`)
      }
    }
    return existsSync(file) ? exitCodes.done : output.fail(failure(exitCodes.refused, `${file} is not there.`))
  },
})

export const check = command({
  summary: 'Reads a saved index whole, verifies its digests and looks planted entries up.',
  args: {},
  rest: 'FILE',
  async run(args, output) {
    const [file, ...more] = args._
    if (file === undefined || more.length > 0) return output.fail(usageFailure('Name one saved index.'))
    output.progress(`checking ${file}`)
    const opened = openIndex(file, 'everything')
    output.progress(null)
    if (!opened.ok) return output.fail(failure(exitCodes.refused, opened.error))
    const entries = opened.value.lists.reduce((sum, list) => sum + list.entries, 0)
    if (output.json) output.object({ file, sound: true, lists: opened.value.lists.length, entries })
    else
      output.line(
        `${file} is sound: ${count(opened.value.lists.length, 'list')}, ${count(entries, 'entry').replace('entrys', 'entries')}`,
      )
    return exitCodes.done
  },
})
