import type { ThreeValued } from '@tandem/core'
import type { LineFacts } from '@tandem/linkage'
import type { Attributed, Given } from './judge.ts'
import { eventIn, fileOf, normalAddress, personIn, type Source } from './records.ts'

type Line = Given['lines'][number]

/** What somebody registers for. */
const accounts: ReadonlySet<string> = new Set(['account', 'handle', 'email'])

export function lineFacts(
  line: Line,
  sourceOf: (referral: string) => Source,
  attributed: Attributed | null,
): LineFacts {
  if (line.kind === 'observation') {
    return { kind: line.kind, fitsKind: true, namesSame: line.samePerson, addresses: [], source: null, provider: null }
  }
  const source = sourceOf(line.referral)
  const person = personIn(source, line.person)
  const used = line.kind === 'other address use' ? [eventIn(source, line.person, line.event)] : person.ipEvents
  return {
    kind: line.kind,
    fitsKind: {
      'other answer': source.row.format === 'provider-return',
      'other address use': used.every(({ time }) => time !== null && time.instant !== null),
      'account in the name':
        person.names.length > 0 &&
        source.record.mentions.some(
          ({ person: whose, identifier }) => whose === line.person && accounts.has(identifier.kind),
        ),
    }[line.kind],
    namesSame: namesSame(person, attributed),
    addresses: [...new Set(used.flatMap(({ address }) => normalAddress(address) ?? []))],
    source: fileOf(source),
    // Whatever a provider answers is that provider's answer, under any name that the line is given.
    provider: source.row.format === 'provider-return' ? source.row.sender_id : null,
  }
}

/** By name; by postal address where only that is attributed. Another spelling is no agreement. */
function namesSame(
  person: { readonly names: readonly string[]; readonly addresses: readonly string[] },
  attributed: Attributed | null,
): ThreeValued {
  if (attributed === null) return 'not said'
  const [wanted, told] =
    attributed.name === null ? [attributed.address, person.addresses] : [attributed.name, person.names]
  if (wanted === null || told.length === 0) return 'not said'
  return told.some((each) => folded(each) === folded(wanted)) ? 'yes' : 'no'
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
