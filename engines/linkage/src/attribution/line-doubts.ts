import { type Doubt, doubt } from './doubt.ts'
import type { AttributionFacts, LineFacts } from './facts.ts'

/**
 * One line never suffices. A second one counts when it is what it says it is, names the same person, and rests neither
 * on the same address nor on a file or a provider that the first rests on. One that names somebody else speaks against.
 */
export function lineDoubts(facts: AttributionFacts): Doubt[] {
  const { lines } = facts
  if (lines.length === 0) return [doubt('only-one-line', 'Only one line leads to this person: a second is missing.')]
  const weak = lines.map((line) => weaknesses(line, facts))
  const against = weak.flat().filter(({ code }) => code === 'line-names-another')
  return weak.some((found) => found.length === 0)
    ? against
    : [doubt('only-one-line', 'No second line is independent of the first.'), ...weak.flat()]
}

function weaknesses(line: LineFacts, { event, answer }: AttributionFacts): Doubt[] {
  const found: Doubt[] = []
  const { kind, namesSame } = line
  if (!line.fitsKind)
    found.push(doubt('line-not-of-its-kind', `What is given as ${kind} is none, or has no reference.`))
  if (event.address !== null && line.addresses.includes(event.address))
    found.push(doubt('line-same-address', 'Both lines rest on the same address.'))
  if (line.source !== null && (line.source === event.source || line.source === answer?.source))
    found.push(doubt('line-same-record', 'Both lines rest on the same file.'))
  if (line.provider !== null && line.provider === answer?.provider)
    found.push(doubt('line-same-provider', 'Both answers came from the same provider.'))
  if (namesSame === 'no')
    found.push(
      doubt(
        'line-names-another',
        'A second line does not carry the name that the answer gives: another person, or another spelling.',
      ),
    )
  if (namesSame === 'not said')
    found.push(doubt('line-names-nobody', 'A second line does not name whom the answer names.'))
  return found
}
