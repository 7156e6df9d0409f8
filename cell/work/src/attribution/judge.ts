import type { BodyOf, judgeAttribution as route } from '@tandem/contract'
import { canonicalJson, type Json, Refusal } from '@tandem/core'
import { type AttributionFacts, type Doubt, judgeAttribution } from '@tandem/linkage'
import type { Transaction } from '@tandem/store'
import type { Cell } from '../cell.ts'
import { presentIpContext } from '../presenters/ip-context.ts'
import { answerFacts } from './answer.ts'
import { lineFacts } from './lines.ts'
import { eventIn, fileOf, normalAddress, personIn, type Source, sourcesOf } from './records.ts'

/** Places in records, and what an officer found out: there is no field for an address, a time or a name. */
export type Given = BodyOf<typeof route>

/** What was copied from the answer, and from where. */
export interface Attributed {
  readonly name: string | null
  readonly address: string | null
  readonly place: string
}

export interface Judged {
  readonly operation: string
  readonly number: number
  readonly clear: boolean
  readonly doubts: readonly Doubt[]
  readonly use: ReturnType<typeof shownUse>
  readonly attributed: Attributed | null
  /** All that was judged, with the files that spoke, byte for byte the same when nothing has changed. */
  readonly basis: string
}

/** Judged from the records and the IP context of this moment. */
export async function judge(tx: Transaction, { ipContext }: Pick<Cell, 'ipContext'>, given: Given): Promise<Judged> {
  const { use, answer, lines, checks } = given
  const referrals = lines.flatMap((line) => (line.kind === 'observation' ? [] : [line.referral]))
  const sourceOf = await sourcesOf(tx, [use.referral, ...(answer === null ? [] : [answer.referral]), ...referrals])
  const source = sourceOf(use.referral)
  const person = personIn(source, use.person)
  const event = eventIn(source, use.person, use.event)
  const attributed = answer === null ? null : copied(sourceOf(answer.referral), answer)
  const context = presentIpContext(ipContext, event)
  const facts: AttributionFacts = {
    event: {
      address: normalAddress(event.address),
      port: event.port,
      instant: event.time?.instant ?? null,
      zone: event.time?.zone.kind ?? 'unknown',
      possibleProxy: event.possibleProxy,
      accountCompromised: person.accountCompromised,
      source: fileOf(source),
    },
    context: {
      // That records may be gone by now is no doubt about an answer that came, and would change with the calendar.
      reasons: context.reasons.filter(({ code }) => code !== 'retention-elapsed'),
      tor: context.tor?.verdict ?? null,
    },
    answer:
      answer === null || attributed === null
        ? null
        : answerFacts(
            event,
            sourceOf(answer.referral),
            answer.person,
            attributed.name !== null || attributed.address !== null,
          ),
    checks,
    lines: lines.map((line) => lineFacts(line, sourceOf, attributed)),
  }
  const { clear, doubts } = judgeAttribution(facts)
  const files = [...(context.tor?.files ?? []), ...[...context.lists, ...context.databases].map(({ file }) => file)]
  const basis: Json = JSON.parse(
    JSON.stringify({ facts, doubts, files: [...new Set(files.map(({ sha256 }) => sha256))].sort() }),
  )
  return {
    operation: source.row.operation_id,
    number: source.row.number,
    clear,
    doubts,
    use: shownUse(source, use),
    attributed,
    basis: canonicalJson(basis),
  }
}

export function shownUse(source: Source, { person, event }: { readonly person: number; readonly event: number }) {
  const { address, port, time, event: happened, place } = eventIn(source, person, event)
  const claim = time === null ? null : { ...time, candidates: [...time.candidates] }
  return { person, event, address, port, time: claim, happened, place }
}

function copied(source: Source, answer: NonNullable<Given['answer']>): Attributed {
  const person = personIn(source, answer.person)
  const name = answer.name === null ? null : person.names[answer.name]
  const address = answer.address === null ? null : person.addresses[answer.address]
  if (name === undefined || address === undefined)
    throw new Refusal('TANDEM-INPUT-001', 'the answer has no such name or address to copy')
  return { name, address, place: person.place }
}
