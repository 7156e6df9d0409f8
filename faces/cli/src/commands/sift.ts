import { appendFileSync, createReadStream, existsSync, readFileSync } from 'node:fs'
import {
  accountOf,
  bytesOfName,
  type Catalogue,
  counted,
  type Explanation,
  type FileAccount,
  type FileOutcome,
  type FilePlace,
  hashPicture,
  LineJournal,
  variantNames,
} from '@tandem/fingerprints'
import { hashTree } from '@tandem/fingerprints/disk'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { listOptions, listsGiven } from '../fingerprints/lists-given.ts'
import type { Output } from '../output.ts'
import { bytesWords, count } from '../words.ts'
import { hitAsJson, radiusOf, usualRadius } from './match.ts'

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
    pictures: { type: 'boolean', default: true, negativeDescription: 'digests only: do not decode pictures' },
    workers: { type: 'string', valueHint: 'N', description: 'threads that hash' },
    journal: {
      type: 'string',
      valueHint: 'FILE',
      description: 'names, sizes and digests, so that an interrupted run goes on where it stopped',
    },
  },
  rest: 'PATH',
  more: `Each hit is one JSON line: path, members, and why it is a hit; each thing set aside is one line with its reason.
The last line is {"summary": ...}: found = hashed + remarked + setAside. Pictures within archives are compared by digest
only; loose ones also by likeness, in all eight turns. A hit is a lead, never a verdict.`,
  async run(args, output, words) {
    const paths = args._
    if (paths.length === 0) return output.fail(usageFailure('Name a folder or a file.'))
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined) return output.fail(failure(exitCodes.refused, `${missing} is not there.`))
    const radius = radiusOf(args.radius)
    if (radius === null) return output.fail(usageFailure('The radius is a whole number from 0 to 256.'))
    const workers = args.workers === undefined ? null : Number(args.workers)
    if (workers !== null && (!Number.isInteger(workers) || workers < 0 || workers > 64)) {
      return output.fail(usageFailure('The number of workers is a whole number from 0 to 64.'))
    }
    const catalogue = await listsGiven(args, words, output)
    if (!catalogue.ok) return output.fail(failure(exitCodes.refused, catalogue.error))
    const sifting = new Sifting(catalogue.value, args.pictures === false ? null : radius, output)
    const journal = args.journal === undefined ? null : openJournal(args.journal)
    if (typeof journal === 'string') return output.fail(failure(exitCodes.refused, journal))
    for await (const outcome of hashTree(paths, {
      kinds: catalogue.value.neededKinds,
      archives: args.archives !== false,
      ...(workers === null ? {} : { workers }),
      ...(journal === null ? {} : { journal }),
      onProgress: ({ account, bytesRead, current }) =>
        output.progress(
          `${count(account.found, 'file')}, ${bytesWords(bytesRead)} read, ${sifting.hits} hits: ${current}`,
        ),
    })) {
      await sifting.take(outcome)
    }
    return sifting.end()
  },
})

/** A file that is there and is no journal is somebody's evidence: nothing is written to it. */
function openJournal(path: string): LineJournal | string {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const journal = new LineJournal(lines, (line) => appendFileSync(path, line, { mode: 0o600 }))
  const written = lines.filter((line) => line !== '').length
  return written > 0 && journal.unread >= written ? `${path} is there and is no journal: name another file.` : journal
}

class Sifting {
  hits = 0
  readonly #catalogue: Catalogue
  /** Null: pictures are not decoded. */
  readonly #radius: number | null
  readonly #output: Output
  #account: FileAccount = accountOf([])
  #pictures = 0
  #notDecoded = 0
  #notCompared = 0
  #filesWithHits = 0

  constructor(catalogue: Catalogue, radius: number | null, output: Output) {
    this.#catalogue = catalogue
    this.#radius = catalogue.perceptual === null ? null : radius
    this.#output = output
  }

  async take(outcome: FileOutcome): Promise<void> {
    this.#account = counted(this.#account, outcome)
    const place = placeAsJson(outcome.place)
    if (outcome.outcome === 'set-aside') {
      this.#output.object({ ...place, setAside: outcome.reason })
      return
    }
    if (outcome.outcome === 'remarked') this.#output.object({ ...place, remarks: outcome.remarks })
    const found = [...this.#catalogue.hitsOf(outcome.digests), ...(await this.#alike(outcome.place))]
    if (found.length > 0) this.#filesWithHits++
    this.hits += found.length
    for (const hit of found) this.#output.object({ ...place, size: outcome.size, hit: hitAsJson(hit) })
  }

  end(): ExitCode {
    const { found, hashed, remarked, setAside, bytes } = this.#account
    const summary = {
      found,
      hashed,
      remarked,
      setAside,
      bytes,
      pictures: this.#pictures,
      picturesNotDecoded: this.#notDecoded,
      membersNotCompared: this.#notCompared,
      filesWithHits: this.#filesWithHits,
      hits: this.hits,
    }
    this.#output.progress(null)
    this.#output.object({ summary })
    return setAside > 0 || this.#notDecoded > 0 ? exitCodes.partly : exitCodes.done
  }

  /** A loose picture, in all eight turns; a listed hash is told once, by the turn that is nearest. */
  async #alike(place: FilePlace): Promise<Explanation[]> {
    const { perceptual } = this.#catalogue
    if (perceptual === null || this.#radius === null) return []
    if (place.members.length > 0) {
      this.#notCompared++
      return []
    }
    const hashed = await hashPicture(createReadStream(Buffer.from(bytesOfName(place.path))))
    if (!hashed.ok) {
      const { kind, reason } = hashed.error
      if (kind === 'not-a-picture' || kind === 'empty') return []
      this.#notDecoded++
      this.#output.object({ ...placeAsJson(place), notDecoded: { code: kind, says: reason } })
      return []
    }
    this.#pictures++
    const { variants, quality, dialect } = hashed.value
    const nearest = new Map<string, { distance: number; explanation: Explanation }>()
    for (const variant of variantNames) {
      const hash = variants[variant]
      const matches = perceptual.query(hash, this.#radius)
      if (!matches.ok) throw new Error(matches.error.says)
      for (const match of matches.value) {
        const key = `${match.list} ${match.entry} ${match.hash}`
        if ((nearest.get(key)?.distance ?? 257) <= match.distance) continue
        const about = { hash, threshold: this.#radius, quality, dialect, variant }
        nearest.set(key, { distance: match.distance, explanation: this.#catalogue.explain(match, about) })
      }
    }
    return [...nearest.values()].map(({ explanation }) => explanation)
  }
}

function placeAsJson({ path, members }: FilePlace): object {
  return {
    path: path.text,
    ...(path.bytes === null ? {} : { pathBytes: path.bytes }),
    ...(members.length === 0 ? {} : { members: members.map(({ text }) => text) }),
  }
}
