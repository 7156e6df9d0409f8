import { sidesOf } from '@tandem/linkage'
import { appearanceLabel } from '../naming.ts'
import type { HeldValue, LoadedTies } from './load.ts'
import type { ReasonOfTie, Side } from './reasons.ts'

/** The digest that says most; of one file only one is told. */
const digests = ['sha256', 'sha1', 'md5']
const digestRank = (kind: string, written: string | undefined): number =>
  kind === 'hash' ? digests.indexOf((written ?? '').split('/')[0] ?? '') : 0

/** One value in one way on either side, and everybody who holds it so. */
interface Held {
  readonly value: string
  readonly myHow: string
  readonly theirHow: string
  readonly mine: readonly HeldValue[]
  readonly theirs: readonly HeldValue[]
}

/**
 * Each value once, with everybody on either side who holds it. Two files that have several digests in common are told by the
 * best of them. Files are taken together by the digests they have, so that no pair of holders is ever looked at.
 */
export function heldReasons(
  sides: readonly Side[],
  relation: string,
  { holders, subjectOf }: Pick<LoadedTies, 'holders' | 'subjectOf'>,
  /** What officers read of each value. */
  written: ReadonlyMap<string, string>,
): ReasonOfTie[] {
  // The first record stands for its subject: here everybody of it is named.
  const heldBy = (record: string, value: string, as: string): readonly HeldValue[] =>
    (holders.get(`${relation} ${value} ${subjectOf(record)}`) ?? []).filter(({ how }) => how === as)
  const found = new Map<string, Held>()
  for (const { line, mine, theirs, myHow, theirHow } of sides) {
    const value = line.value ?? ''
    const key = `${value} ${myHow} ${theirHow}`
    if (found.has(key)) continue
    const held = { value, myHow, theirHow, mine: heldBy(mine, value, myHow), theirs: heldBy(theirs, value, theirHow) }
    if (held.mine.length > 0 && held.theirs.length > 0) found.set(key, held)
  }
  const ranked = [...found.values()]
    .map((held) => ({ held, rank: digestRank(held.mine[0]?.kind ?? '', written.get(held.value)) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ held }) => held)
  return onceEachFile(ranked).map(heldReason)
}

/** `ranked`: the best first. Left with each are the holders of files that no better one has on both sides. */
function onceEachFile(ranked: readonly Held[]): Held[] {
  const mine = setsOf(ranked.map((held) => held.mine))
  const theirs = setsOf(ranked.map((held) => held.theirs))
  const best = new Map<string, number>()
  const bestOf = (one: DigestSet, other: DigestSet): number => {
    const key = `${one.id} ${other.id}`
    const known = best.get(key) ?? one.ranks.find((rank) => other.has.has(rank)) ?? -1
    best.set(key, known)
    return known
  }
  return ranked.flatMap((held, rank) => {
    const isTold = (row: HeldValue, own: Sets, others: Sets, ask: (own: DigestSet, other: DigestSet) => number) => {
      const set = own.of(row)
      return set === null || set.toldBy(rank, () => others.with(rank).some((other) => ask(set, other) === rank))
    }
    const left = {
      ...held,
      mine: held.mine.filter((row) => isTold(row, mine, theirs, bestOf)),
      theirs: held.theirs.filter((row) => isTold(row, theirs, mine, (own, other) => bestOf(other, own))),
    }
    return left.mine.length === 0 || left.theirs.length === 0 ? [] : [left]
  })
}

/** The values that files of one side have, by their ranks: the files of a ring have few such sets, however many hold them. */
class DigestSet {
  readonly id: number
  readonly ranks: readonly number[]
  readonly has: ReadonlySet<number>
  readonly #told = new Map<number, boolean>()

  constructor(id: number, ranks: readonly number[]) {
    this.id = id
    this.ranks = ranks
    this.has = new Set(ranks)
  }

  /** Asked once of each set, not of each holder. */
  toldBy(rank: number, ask: () => boolean): boolean {
    const known = this.#told.get(rank) ?? ask()
    this.#told.set(rank, known)
    return known
  }
}

interface Sets {
  /** Null: it is no file. */
  readonly of: (row: HeldValue) => DigestSet | null
  readonly with: (rank: number) => readonly DigestSet[]
}

function setsOf(holders: readonly (readonly HeldValue[])[]): Sets {
  const ranksOf = new Map<string, number[]>()
  holders.forEach((rows, rank) => {
    for (const { appearance_id, file } of rows) {
      if (file === null) continue
      const key = `${appearance_id} ${file}`
      const known = ranksOf.get(key)
      if (known === undefined) ranksOf.set(key, [rank])
      else if (known.at(-1) !== rank) known.push(rank)
    }
  })
  const sets = new Map<string, DigestSet>()
  const setOf = new Map<string, DigestSet>()
  for (const [file, ranks] of ranksOf) {
    const name = ranks.join(' ')
    const set = sets.get(name) ?? new DigestSet(sets.size, ranks)
    sets.set(name, set)
    setOf.set(file, set)
  }
  const withRank = new Map<number, DigestSet[]>()
  for (const set of sets.values())
    for (const rank of set.ranks) {
      const known = withRank.get(rank)
      if (known === undefined) withRank.set(rank, [set])
      else known.push(set)
    }
  return {
    of: ({ appearance_id, file }) => (file === null ? null : (setOf.get(`${appearance_id} ${file}`) ?? null)),
    with: (rank) => withRank.get(rank) ?? [],
  }
}

function heldReason({ value, myHow, theirHow, mine, theirs }: Held): ReasonOfTie {
  const kind = mine[0]?.kind ?? ''
  const [us, them] = [whoOf(mine), whoOf(theirs)]
  const instants = [...mine, ...theirs].flatMap(({ held_at }) => held_at ?? []).sort(byInstant)
  return {
    direction: directionOf(kind, myHow, theirHow),
    says: (written) => heldInWords(kind, `${myHow} / ${theirHow}`, written, us, them),
    observable: value,
    referrals: referralsOf([...mine, ...theirs]),
    ...spanOf(instants),
  }
}

/** Both are named with a transaction: who sent and who received is not said. */
function directionOf(kind: string, myHow: string, theirHow: string): ReasonOfTie['direction'] {
  if (kind === 'transaction') return 'both'
  return myHow === 'paid to' && theirHow === 'own' ? 'out' : myHow === 'own' && theirHow === 'paid to' ? 'in' : 'both'
}

function heldInWords(kind: string, how: string, written: string, us: string, them: string): string {
  // The sender's own words: they end where the quotation does.
  if (kind === 'postal-address') return `Told at one address, ${JSON.stringify(written)}: ${us}, and ${them}.`
  if (kind === 'phone') return `One fixed line, ${written}: ${us}, and ${them}.`
  if (kind === 'hash') return `The same file in the hands of both, ${digestInWords(written)}: ${us}, and ${them}.`
  const value = `the ${kind === 'iban' ? 'IBAN' : kind} ${written}`
  if (kind === 'transaction') return `Both are named with one payment, ${value}: ${us}, and ${them}.`
  if (how.includes('named')) {
    const [mine, theirs] = sidesOf(how).map((each) => stands(each))
    return `Named among payments, ${value}: ${us} ${mine}, and ${them} ${theirs}. Which way money moved, if it did, is not said.`
  }
  switch (how) {
    case 'paid to / own':
      return `Paid the other: ${us} paid into ${value}, which ${them} has as their own.`
    case 'own / paid to':
      return `Was paid by the other: ${them} paid into ${value}, which ${us} has as their own.`
    case 'paid to / paid to':
      return `Both paid into ${value}: ${us}, and ${them}.`
    case 'own / own':
      return `Both have ${value} as their own means of payment: ${us}, and ${them}.`
    case 'wrote / own':
      return `Wrote down what the other is paid by: ${us} wrote ${value}, which ${them} has as their own. That money moved is not said.`
    case 'own / wrote':
      return `The other wrote down what it is paid by: ${them} wrote ${value}, which ${us} has as their own. That money moved is not said.`
    case 'wrote / paid to':
      return `Wrote down what the other paid into: ${us} wrote ${value}, into which ${them} paid.`
    default:
      return `The other wrote down what it paid into: ${them} wrote ${value}, into which ${us} paid.`
  }
}

const stands = (how: string): string =>
  how === 'own'
    ? 'has it as their own'
    : how === 'paid to'
      ? 'paid into it'
      : how === 'wrote'
        ? 'wrote it down'
        : 'is named with it among their payments'

function digestInWords(written: string): string {
  const [algorithm = '', digits = ''] = written.split('/')
  const name = algorithm === 'sha256' ? 'SHA-256' : algorithm === 'sha1' ? 'SHA-1' : 'MD5'
  return `${name} ${digits}${algorithm === 'sha256' ? '' : ' (such digests can be forged on purpose)'}`
}

/** Three are named, and how many more there are. */
function whoOf(rows: readonly HeldValue[]): string {
  const sorted = [...rows].sort((a, b) => a.number - b.number || a.person - b.person)
  const names = [...new Set(sorted.map(({ number, person }) => appearanceLabel(number, person)))]
  const more = names.length - 3
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const referralsOf = (rows: readonly HeldValue[]): { readonly id: string; readonly number: number }[] =>
  [...new Map(rows.map(({ referral_id: id, number }) => [id, { id, number }])).values()].sort(
    (a, b) => a.number - b.number,
  )

const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b)
const spanOf = (instants: readonly string[]) => ({ from: instants[0] ?? null, to: instants.at(-1) ?? null })
