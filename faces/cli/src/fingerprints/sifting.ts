import {
  accountOf,
  counted,
  type Explanation,
  type FileAccount,
  type FileOutcome,
  type FilePlace,
  type Likeness,
  variantNames,
} from '@tandem/fingerprints'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import type { Output } from '../output.ts'
import { hitAsJson } from './hit-json.ts'
import type { Given } from './lists-given.ts'
import { framesOfVideo, lookUpFrames } from './videos.ts'

type Picture = Extract<Likeness, { kind: 'picture' }>

/** Looks up what was hashed and tells it, one line a hit; everything met is counted. */
export class Sifting {
  hits = 0
  readonly #lists: Given
  readonly #radius: number
  readonly #output: Output
  #account: FileAccount = accountOf([])
  #pictures = 0
  #videos = 0
  #notDecoded = 0
  #partlyCompared = 0
  #filesWithHits = 0

  constructor(lists: Given, radius: number, output: Output) {
    this.#lists = lists
    this.#radius = radius
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
    const { size, likeness, digests } = outcome
    const found: object[] = this.#lists.catalogue.hitsOf(digests).map((hit) => ({ hit: hitAsJson(hit) }))
    if (likeness !== undefined) found.push(...(await this.#alike(outcome.place, likeness)))
    if (found.length > 0) this.#filesWithHits++
    this.hits += found.length
    for (const each of found) {
      this.#output.object({ ...place, size, ...each })
      await this.#output.taken()
    }
  }

  /** `journalFailure`: why the journal is not whole, if it is not. */
  end(journalFailure: string | null): ExitCode {
    const { found, hashed, remarked, setAside, bytes } = this.#account
    const summary = {
      found,
      hashed,
      remarked,
      setAside,
      bytes,
      pictures: this.#pictures,
      videos: this.#videos,
      notDecoded: this.#notDecoded,
      partlyCompared: this.#partlyCompared,
      filesWithHits: this.#filesWithHits,
      hits: this.hits,
      ...(journalFailure === null ? {} : { journalFailure }),
    }
    this.#output.progress(null)
    this.#output.object({ summary })
    if (journalFailure !== null) this.#output.note(journalFailure)
    const notSeen = setAside + this.#notDecoded + this.#partlyCompared
    return notSeen > 0 || journalFailure !== null ? exitCodes.partly : exitCodes.done
  }

  async #alike(place: FilePlace, likeness: Likeness): Promise<object[]> {
    if (likeness.kind === 'picture') return this.#picture(place, likeness)
    if (likeness.kind === 'video') return await this.#video(place)
    this.#tellNotDecoded(place, likeness.code, likeness.says)
    return []
  }

  /** In both dialects and all eight turns; a listed hash is told once, by the way that is nearest. */
  #picture(place: FilePlace, { hashes, incomplete, firstOnly, remarks }: Picture): object[] {
    const { catalogue } = this.#lists
    this.#pictures++
    // Also without a hit: what was not seen may be what is looked for.
    if (incomplete || firstOnly) {
      this.#partlyCompared++
      this.#output.object({ ...placeAsJson(place), partlyCompared: { says: remarks.join(' ') } })
    }
    const nearest = new Map<string, { distance: number; explanation: Explanation }>()
    for (const { variants, quality, dialect } of hashes) {
      for (const variant of variantNames) {
        const hash = variants[variant]
        const matches = catalogue.perceptual?.query(hash, this.#radius)
        if (matches?.ok === false) throw new Error(matches.error.says)
        for (const match of matches?.value ?? []) {
          const key = `${match.list} ${match.entry} ${match.hash}`
          if ((nearest.get(key)?.distance ?? 257) <= match.distance) continue
          const about = { hash, threshold: this.#radius, quality, dialect, variant }
          nearest.set(key, { distance: match.distance, explanation: catalogue.explain(match, about) })
        }
      }
    }
    const about = remarks.length === 0 ? {} : { pictureRemarks: remarks }
    return [...nearest.values()].map(({ explanation }) => ({
      hit: { ...hitAsJson(explanation), ...(incomplete ? { reliable: false } : {}) },
      ...about,
    }))
  }

  async #video(place: FilePlace): Promise<object[]> {
    if (place.members.length > 0 || place.path.bytes !== null) {
      const why = place.members.length > 0 ? 'in an archive: unpack a copy' : 'whose name is no UTF-8: rename a copy'
      this.#tellNotDecoded(place, 'not-compared', `A video ${why} to compare it by its frames.`)
      return []
    }
    this.#output.progress(`hashing frames of ${place.path.text}`)
    const hashed = await framesOfVideo(place.path.text)
    if (!hashed.ok) {
      this.#tellNotDecoded(place, hashed.error.kind, hashed.error.reason)
      return []
    }
    this.#videos++
    const { frames, complete, remarks } = hashed.value
    if (!complete) this.#tellNotDecoded(place, 'incomplete', remarks.join(' '))
    const { catalogue, videos } = this.#lists
    const { hits, comparisons } = lookUpFrames(frames, 'full', catalogue, videos, this.#radius)
    return hits.map(({ list, frames: matched, explanation }) => ({
      hit: hitAsJson(explanation),
      video: { frames: frames.length, framesMatched: matched, ...comparisons.get(list) },
    }))
  }

  #tellNotDecoded(place: FilePlace, code: string, says: string): void {
    this.#notDecoded++
    this.#output.object({ ...placeAsJson(place), notDecoded: { code, says } })
  }
}

function placeAsJson({ path, members }: FilePlace): object {
  return {
    path: path.text,
    ...(path.bytes === null ? {} : { pathBytes: path.bytes }),
    ...(members.length === 0 ? {} : { members: members.map(({ text }) => text) }),
  }
}
