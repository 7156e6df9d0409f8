import type { EdgeScored, Millibits } from './events.ts'
import { type Facts, order } from './facts.ts'
import { shapeOf } from './shape.ts'

/** What makes a subject worth a look before anybody relies on it. */
export type Alarm =
  | { readonly kind: 'large'; readonly records: number; readonly most: number }
  /** Most links rest on one value: is it shared by many? */
  | { readonly kind: 'one value'; readonly value: string; readonly links: number; readonly of: number }
  /** A chain: so many links from one end to the other. */
  | { readonly kind: 'long'; readonly diameter: number; readonly most: number }
  /** Most links are the only way between what they join. */
  | { readonly kind: 'bridges'; readonly bridges: number; readonly of: number }
  /** It was too large to be weighed whole; weaker links than this were left out. */
  | { readonly kind: 'parted'; readonly at: Millibits }

const mostRecords = 50
const mostDiameter = 4
const mostMeasured = 200
/** Smaller subjects hang on few links by nature. */
const worthALook = 5

/** Measures of a subject's own graph: links between its records that speak for one person. */
export function alarmsOf(
  records: readonly string[],
  edges: readonly EdgeScored[],
  facts: Facts,
  partedAt: Millibits | null,
): Alarm[] {
  const alarms: Alarm[] = partedAt === null ? [] : [{ kind: 'parted', at: partedAt }]
  if (records.length > mostRecords) alarms.push({ kind: 'large', records: records.length, most: mostRecords })
  if (records.length < worthALook) return alarms
  const links = edges.filter((edge) => (facts.weight(edge) ?? 0) > 0)
  const resting = new Map<string, number>()
  for (const { prior, evidence } of links) {
    const counted = evidence.filter(({ value }) => value === undefined || !facts.isSuppressed(value))
    const whole = counted.reduce((sum, { millibits }) => sum + millibits, prior)
    for (const { value, millibits } of counted) {
      if (value !== undefined && whole - millibits <= 0) resting.set(value, (resting.get(value) ?? 0) + 1)
    }
  }
  const [heaviest] = [...resting].sort(([a, first], [b, second]) => second - first || order(a, b))
  if (heaviest !== undefined && heaviest[1] * 2 > links.length)
    alarms.push({ kind: 'one value', value: heaviest[0], links: heaviest[1], of: links.length })
  // Larger ones have their alarm; measuring each link of thousands would take long.
  if (records.length > mostMeasured) return alarms
  const { diameter, bridges } = shapeOf(records, links)
  if (diameter > mostDiameter) alarms.push({ kind: 'long', diameter, most: mostDiameter })
  if (bridges * 2 > links.length) alarms.push({ kind: 'bridges', bridges, of: links.length })
  return alarms
}
