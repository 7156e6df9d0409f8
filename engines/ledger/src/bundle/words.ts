import type { LedgerRefusal } from '../refusal.ts'
import type { BundleFacts, LogFacts } from './verify.ts'

/** `proved`: with keys that the reader had beforehand. `in part`: whole in itself, but its keys came with it, or a means to check is missing. */
export type BundleVerdict = 'proved' | 'in part' | 'refused'

/** What a bundle proves and what not, for somebody who did not write this program. */
export interface BundleReport {
  readonly verdict: BundleVerdict
  readonly failures: readonly LedgerRefusal[]
  readonly proved: readonly string[]
  readonly notProved: readonly string[]
  readonly logs: readonly LogFacts[]
  readonly keys: BundleFacts['keys']
}

const algorithm = (kind: string): string => (kind.startsWith('ml-dsa-44') ? 'ML-DSA-44' : 'Ed25519')
const instant = (seconds: number): string => new Date(1000 * seconds).toISOString().replace('.000Z', 'Z')
const many = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`)
const both = (kinds: readonly string[]): string => [...new Set(kinds.map(algorithm))].sort().join(' and ')

export function reportOf(facts: BundleFacts, hasOwnKeys: boolean): BundleReport {
  if (facts.failures.length > 0)
    return { verdict: 'refused', failures: facts.failures, proved: [], notProved: [], logs: [], keys: [] }
  const isWhole = hasOwnKeys && facts.unsupported.length === 0
  return {
    verdict: isWhole ? 'proved' : 'in part',
    failures: [],
    proved: [
      `The bundle is as ${facts.sealedBy[0]?.name} sealed it (${both(facts.sealedBy.map(({ kind }) => kind))}).`,
      ...facts.logs.flatMap(provedOf),
    ],
    notProved: [
      ...(hasOwnKeys
        ? []
        : [
            'Whose keys these are: they came with the bundle, and whoever made it could have made them up. Compare their fingerprints with those that the agencies published, or give your own with --trust.',
          ]),
      ...facts.unsupported.map((name) => `The ML-DSA-44 signatures of ${name}: this Node cannot check them (24 can).`),
      ...facts.logs.flatMap(notProvedOf),
      'Whether what was entered was true, complete and lawful.',
      'Whether anything was left out: before it was recorded, or of this selection.',
      "The time inside a record: it is the cell's own clock. It was no later than the times above.",
    ],
    logs: facts.logs,
    keys: facts.keys,
  }
}

function provedOf(log: LogFacts): string[] {
  const opened = log.records.filter(({ isOpened }) => isOpened).length
  const closed = log.records.length - opened
  const stand = log.records.length === 1 ? 'stands' : 'stand'
  return [
    `${many(log.records.length, 'record', 'records')} ${stand} in the log ${log.origin} of ${many(log.size, 'entry', 'entries')}, each at its own place, unchanged since.`,
    `The log signed this state with ${both(log.signedWith)}.`,
    ...(opened === 0
      ? []
      : [`Of ${many(opened, 'record', 'records')}: who, what, when, authority and purpose are what was recorded.`]),
    ...(closed === 0
      ? []
      : [
          `Of ${many(closed, 'record', 'records')}: only that something was recorded. Its content is erased or withheld.`,
        ]),
    ...log.witnesses.map(
      ({ name, kind, time }) =>
        `Witness ${name} saw at ${instant(time)} that the log had only grown (${algorithm(kind)}).`,
    ),
    ...log.timestamps.map(({ at, authority }) => `This state of the log existed at ${at}, says ${authority}.`),
  ]
}

function notProvedOf(log: LogFacts): string[] {
  const alone = `That ${log.origin} shows others the same history: no witness has cosigned.`
  return [
    ...(log.witnesses.length === 0 ? [alone] : []),
    ...(log.timestamps.length === 0 ? [`An independent time for ${log.origin}: there is no timestamp.`] : []),
  ]
}

/** A bundle is somebody else's text: what steers a terminal or turns the writing round is not printed. */
const shown = (line: string): string => line.replace(/\p{C}/gu, '\ufffd')

const title: { readonly [verdict in BundleVerdict]: string } = {
  proved: 'PROVED, with the keys you gave.',
  'in part': 'HOLDS TOGETHER, but not everything could be checked: see below.',
  refused: 'REFUSED.',
}

export function reportLines({ verdict, failures, proved, notProved, keys }: BundleReport): string[] {
  const list = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  - ${shown(line)}`)]
  return [
    title[verdict],
    ...list(
      'Why:',
      failures.map(({ code, says }) => `${says} [${code}]`),
    ),
    ...list('Proved:', proved),
    ...list('Not proved:', notProved),
    ...list(
      'Keys believed (SHA-256 of the verifier key):',
      keys.map(({ name, kind, fingerprint }) => `${fingerprint} ${name} (${kind})`),
    ),
  ]
}
