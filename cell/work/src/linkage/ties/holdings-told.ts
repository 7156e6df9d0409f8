import type { FileMentioned, ReferralRecord } from '@tandem/formats'
import { isFixedLine, readHash } from '@tandem/identifiers'
import { homeName } from '@tandem/linkage'
import { saysOfMark } from '../../pipeline/sender-marks.ts'
import type { ToldHolding } from './told.ts'

/** An address is a text of the sender: longer ones are no address. */
const longestAddress = 300

/** Where people live, as the sender gives it: a postal address that names one home, a telephone line in a building. */
export function homesTold({ people, mentions }: ReferralRecord): ToldHolding[] {
  const addresses = people.flatMap(({ addresses: all }, person) =>
    all.flatMap((written): ToldHolding[] => {
      const normal = written.length > longestAddress ? null : homeName(written)
      return normal === null
        ? []
        : [{ ...home, person, how: 'postal address', kind: 'postal-address', normal, written: written.trim() }]
    }),
  )
  const lines = mentions.flatMap(({ person, identifier: { kind, normal } }): ToldHolding[] =>
    person !== null && kind === 'phone' && isFixedLine(normal)
      ? [{ ...home, person, how: 'fixed line', kind, normal, written: normal }]
      : [],
  )
  return [...addresses, ...lines]
}

const home = { relation: 'household', file: null, at: null } as const

const digests: ReadonlySet<string> = new Set(['sha256', 'sha1', 'md5'])

/**
 * Files by their exact digests, in the hands of whoever uploaded or sent them: who the source says it was, else the one
 * person who is reported. Of several nobody is chosen. Perceptual hashes only say that two pictures look alike: they tie
 * nobody.
 */
export function filesTold(record: ReferralRecord): ToldHolding[] {
  const reported = record.people.flatMap(({ role }, person) => (role === 'reported' ? [person] : []))
  const only = reported.length === 1 ? (reported[0] ?? null) : null
  return record.files.flatMap((file, index) => {
    const person = file.by === undefined ? only : file.by
    if (person === null) return []
    const how = isViral(file, record) ? 'viral' : 'uploaded'
    return file.hashes.flatMap(({ kind, value }): ToldHolding[] => {
      const hash = digests.has(kind) ? readHash(value, kind) : null
      if (hash?.ok !== true) return []
      const { normal } = hash.value.identifier
      const at = file.uploadedAt?.instant ?? null
      return [{ person, relation: 'shared file', how, kind: 'hash', normal, written: normal, file: index, at }]
    })
  })
}

const isViral = ({ labels }: FileMentioned, { annotations }: ReferralRecord): boolean =>
  [...labels, ...annotations].some((mark) => saysOfMark(mark).includes('viralOrMeme'))
