import type { Exchange, Narrative, ReferralRecord } from '@tandem/formats'
import { mostListed, mostParties, mostRecipients } from '@tandem/linkage'
import type { ToldContact, ToldCrowd } from './told.ts'

interface Told {
  readonly contacts: ToldContact[]
  readonly crowds: ToldCrowd[]
}

/** Who was in touch with whom: of items as they say it, of a report by its one sender, its recipients and its words. */
export function contactsTold(record: ReferralRecord): Told {
  if (record.exchanges !== undefined) return merged(record.exchanges.map(ofExchange))
  if (!reports.has(record.format)) return merged([])
  return merged([{ contacts: fromSender(record), crowds: [] }, ...listed(record), ...conversations(record)])
}

/** What was gathered before items said who wrote to whom is no report: its words alone do not tell. */
const reports: ReadonlySet<string> = new Set(['uk-csea-irp/1', 'ncmec-ispws', 'ncmec-cybertip-json'])

const merged = (parts: readonly Told[]): Told => ({
  contacts: parts.flatMap(({ contacts }) => contacts),
  crowds: parts.flatMap(({ crowds }) => crowds),
})

function ofExchange({ how, from, to, times, first, last, parties = 0 }: Exchange): Told {
  if (how === 'conversation') return party(to, Math.max(parties, to.length), times, first, last)
  if (how === 'message' && parties > mostRecipients)
    return { contacts: [], crowds: crowdOf(how, from === null ? to : [from, ...to], parties) }
  return {
    contacts: from === null ? [] : to.map((other) => ({ one: from, other, how, times, first, last })),
    crowds: [],
  }
}

const crowdOf = (how: ToldCrowd['how'], people: readonly number[], parties: number): ToldCrowd[] =>
  people.map((person) => ({ person, how, parties }))

function party(
  people: readonly number[],
  parties: number,
  times: number,
  first: string | null,
  last: string | null,
): Told {
  if (parties > mostParties) return { contacts: [], crowds: crowdOf('conversation', people, parties) }
  const contacts = people.flatMap((one, at) =>
    people.slice(at + 1).map((other): ToldContact => ({ one, other, how: 'conversation', times, first, last })),
  )
  return { contacts, crowds: [] }
}

/** The one who is reported sent the content; of several it is not said who did. */
function fromSender({ people, incidentAt }: ReferralRecord): ToldContact[] {
  const senders = people.flatMap(({ role }, person) => (role === 'reported' ? [person] : []))
  const [one] = senders
  if (one === undefined || senders.length > 1) return []
  const at = incidentAt?.instant ?? null
  return people.flatMap(({ role, place }, other): ToldContact[] =>
    role === 'recipient' || /\.recipients\[\d+\]$/.test(place)
      ? [{ one, other, how: 'content', times: 1, first: at, last: at }]
      : [],
  )
}

/** Accounts that the sender lists as connections of a user. */
function listed({ people }: ReferralRecord): Told[] {
  const at = new Map(people.map(({ place }, person) => [place, person]))
  const lists = Map.groupBy(
    people.flatMap(({ place }, other) => {
      const one = at.get(/^(.+)\.connections\[\d+\]$/.exec(place)?.[1] ?? '')
      return one === undefined ? [] : [{ one, other }]
    }),
    ({ one }) => one,
  )
  return [...lists].map(([one, all]): Told => {
    const others = all.map(({ other }) => other)
    if (others.length > mostListed) return { contacts: [], crowds: crowdOf('listed', [one, ...others], others.length) }
    const contacts = others.map(
      (other): ToldContact => ({
        ...{ one, other, how: 'listed', times: 1, first: null, last: null },
      }),
    )
    return { contacts, crowds: [] }
  })
}

/** Each conversation of a report: those who wrote in it. Whoever only read it is not said. */
function conversations({ narratives }: ReferralRecord): Told[] {
  const written = narratives.filter(({ about, author }) => about === 'conversation' && author !== null)
  return [...Map.groupBy(written, ({ place }) => place.replace(/\.conversation\[.*$/s, '')).values()].map(
    (messages) => {
      const people = [...new Set(messages.flatMap(({ author }) => author ?? []))]
      const [first, last] = spanOf(messages)
      return party(people, people.length, messages.length, first, last)
    },
  )
}

function spanOf(messages: readonly Narrative[]): readonly [string | null, string | null] {
  const instants = messages.flatMap(({ at }) => at?.instant ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))
  return [instants[0] ?? null, instants.at(-1) ?? null]
}
