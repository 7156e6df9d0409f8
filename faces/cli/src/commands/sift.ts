import { existsSync } from 'node:fs'
import { ok } from '@tandem/core'
import { dialects } from '@tandem/fingerprints'
import { hashTree } from '@tandem/fingerprints/disk'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { openJournal } from '../fingerprints/journal-file.ts'
import { listOptions, listsGiven } from '../fingerprints/lists-given.ts'
import { Sifting } from '../fingerprints/sifting.ts'
import { bytesWords, count } from '../words.ts'
import { radiusOf, usualRadius } from './match.ts'

export default command({
  summary: 'Walks folders and archives, hashes what is there and looks it up on lists. Nothing is stored or copied.',
  args: {
    ...listOptions,
    radius: {
      type: 'string',
      valueHint: 'N',
      description: `bits that perceptual hashes may differ by (${usualRadius})`,
    },
    archives: { type: 'boolean', default: true, negativeDescription: 'do not look into ZIP, TAR and GZIP files' },
    pictures: { type: 'boolean', default: true, negativeDescription: 'digests only: do not decode pictures or videos' },
    workers: { type: 'string', valueHint: 'N', description: 'threads that hash' },
    journal: {
      type: 'string',
      valueHint: 'FILE',
      description: 'names, sizes and hashes, so that an interrupted run goes on where it stopped',
    },
  },
  rest: 'PATH',
  more: `Each hit is one JSON line: path, members, and why it is a hit; each thing set aside is one line with its reason.
The last line is {"summary": ...}: found = hashed + remarked + setAside. Pictures, also those in archives, are compared by
likeness too, in both dialects and all eight turns; videos by one frame a second where ffmpeg is installed, with how many
percent of each are in the other. A hit is a lead, never a verdict.`,
  async run(args, output, words) {
    const paths = args._
    if (paths.length === 0) return output.fail(usageFailure('Name a folder or a file.'))
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined)
      return output.fail(failure(exitCodes.refused, `${missing} is not there, or not readable for you.`))
    const radius = radiusOf(args.radius)
    if (radius === null) return output.fail(usageFailure('The radius is a whole number from 0 to 256.'))
    const workers = args.workers === undefined ? null : Number(args.workers)
    if (workers !== null && (!Number.isInteger(workers) || workers < 0 || workers > 64)) {
      return output.fail(usageFailure('The number of workers is a whole number from 0 to 64.'))
    }
    const lists = await listsGiven(args, words, output)
    if (!lists.ok) return output.fail(failure(exitCodes.refused, lists.error))
    const { catalogue } = lists.value
    const byLikeness = args.pictures !== false && catalogue.perceptual !== null
    const sifting = new Sifting(lists.value, radius, output)
    const journal = args.journal === undefined ? ok(null) : openJournal(args.journal)
    if (!journal.ok) return output.fail(failure(exitCodes.refused, journal.error))
    for await (const outcome of hashTree(paths, {
      kinds: catalogue.neededKinds,
      // A list does not say which dialect made it: both are looked up.
      pictures: byLikeness ? dialects : [],
      archives: args.archives !== false,
      ...(workers === null ? {} : { workers }),
      ...(journal.value === null ? {} : { journal: journal.value.journal }),
      onProgress: ({ account, bytesRead, current }) =>
        output.progress(
          `${count(account.found, 'file')}, ${bytesWords(bytesRead)} read, ${sifting.hits} hits: ${current}`,
        ),
    })) {
      await sifting.take(outcome)
    }
    return sifting.end(journal.value?.failure() ?? null)
  },
})
