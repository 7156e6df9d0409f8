import type { ReferralRecord } from '../record.ts'

/** What a report is about, as far as the questions to its sender differ. */
export type Offence = 'abuse material' | 'contact with a child online' | 'abuse in person' | 'not said'

const ofKind: ReadonlyMap<string, Offence> = new Map([
  ['abuse-material', 'abuse material'],
  ['misleading-domain-name', 'abuse material'],
  ['misleading-words-or-images', 'abuse material'],
  ['imagery', 'abuse material'],
  ['video', 'abuse material'],
  ['viral or meme', 'abuse material'],
  ['url', 'abuse material'],
  ['online-enticement', 'contact with a child online'],
  ['unsolicited-obscene-material', 'contact with a child online'],
  ['messaging', 'contact with a child online'],
  ['audio', 'contact with a child online'],
  ['contact-abuse', 'abuse in person'],
  ['sex-trafficking', 'abuse in person'],
  ['sex-tourism', 'abuse in person'],
])

/** Of several kinds the gravest decides what is asked: in person, then contact, then material. */
const byGravity: readonly Offence[] = ['abuse in person', 'contact with a child online', 'abuse material']

export function offenceOf({ incidentKind, narratives, files }: ReferralRecord): Offence {
  const named = (incidentKind ?? '').split(', ').flatMap((kind) => ofKind.get(kind.trim().toLowerCase()) ?? [])
  if (narratives.some(({ about }) => about === 'conversation')) named.push('contact with a child online')
  if (files.length > 0) named.push('abuse material')
  return byGravity.find((each) => named.includes(each)) ?? 'not said'
}
