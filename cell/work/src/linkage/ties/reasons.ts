import { type LinkLine, sidesOf, type Tie } from '@tandem/linkage'
import { appearanceLabel } from '../naming.ts'
import type { ContactRow, HeldValue, LoadedTies } from './load.ts'

/** One reason of a tie, from the side of the subject that was asked about. */
export interface ReasonOfTie {
  readonly direction: 'out' | 'in' | 'both'
  /** In words, with what officers read of the value. */
  readonly says: (written: string) => string
  readonly observable: string | null
  readonly referrals: readonly { readonly id: string; readonly number: number }[]
  readonly from: string | null
  readonly to: string | null
}

/** The reasons of a tie, each value once with everybody on either side who holds it. */
export function reasonsOf(
  tie: Tie,
  records: ReadonlySet<string>,
  loaded: LoadedTies,
  /** What officers read of each value. */
  written: ReadonlyMap<string, string>,
): ReasonOfTie[] {
  const sides = tie.links.flatMap(({ one, other, lines }) => {
    const isOne = records.has(one)
    return lines.map((line): Side => {
      const [first, second] = sidesOf(line.level)
      return {
        ...{ line, mine: isOne ? one : other, theirs: isOne ? other : one },
        ...{ myHow: isOne ? first : second, theirHow: isOne ? second : first },
      }
    })
  })
  return tie.relation === 'contact' ? contactReasons(sides, loaded) : heldReasons(sides, tie.relation, loaded, written)
}

interface Side {
  readonly line: LinkLine
  readonly mine: string
  readonly theirs: string
  readonly myHow: string
  readonly theirHow: string
}

/** The digest that says most; of one file only one is told. */
const digests = ['sha256', 'sha1', 'md5']
const digestRank = ({ kind }: HeldValue, value: string, words: ReadonlyMap<string, string>): number =>
  kind === 'hash' ? digests.indexOf((words.get(value) ?? '').split('/')[0] ?? '') : 0

interface Held {
  readonly value: string
  readonly kind: string
  readonly myHow: string
  readonly theirHow: string
  readonly mine: HeldValue[]
  readonly theirs: HeldValue[]
}

function heldReasons(
  sides: readonly Side[],
  relation: string,
  { holders, subjectOf }: LoadedTies,
  written: ReadonlyMap<string, string>,
): ReasonOfTie[] {
  const found = new Map<string, Held>()
  const files = new Map<string, { readonly rank: number; readonly add: () => void }>()
  for (const { line, mine, theirs, myHow, theirHow } of sides) {
    const value = line.value ?? ''
    const all = holders.get(`${relation} ${value}`) ?? []
    // The first record stands for its subject: here everybody of it is named.
    const [us, them] = [subjectOf(mine), subjectOf(theirs)]
    const ours = all.filter(({ subject_id, how }) => subject_id === us && how === myHow)
    const others = all.filter(({ subject_id, how }) => subject_id === them && how === theirHow)
    for (const our of ours) {
      for (const other of others) {
        const add = (): void => {
          const key = `${value} ${myHow} ${theirHow}`
          const known = found.get(key) ?? { value, kind: our.kind, myHow, theirHow, mine: [], theirs: [] }
          found.set(key, known)
          known.mine.push(our)
          known.theirs.push(other)
        }
        const pair = our.file === null ? `${value} ${myHow} ${theirHow}` : `${our.file} ${other.file}`
        const key = `${our.appearance_id} ${other.appearance_id} ${pair}`
        const rank = digestRank(our, value, written)
        const known = files.get(key)
        if (known === undefined || rank < known.rank) files.set(key, { rank, add })
      }
    }
  }
  for (const { add } of files.values()) add()
  return [...found.values()].map(heldReason)
}

function heldReason({ value, kind, myHow, theirHow, mine, theirs }: Held): ReasonOfTie {
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

function contactReasons(sides: readonly Side[], { contacts }: LoadedTies): ReasonOfTie[] {
  const reasons = new Map<string, ReasonOfTie>()
  for (const { line, mine, theirs, myHow } of sides) {
    const isOut = !myHow.endsWith(', in')
    const how = myHow.split(',')[0] ?? ''
    const hasDirection = myHow.includes(',')
    for (const row of contacts) {
      if (row.how !== how) continue
      const isThis = row.one === mine && row.other === theirs
      const isTurned = row.one === theirs && row.other === mine
      if (hasDirection ? !(isOut ? isThis : isTurned) : !isThis && !isTurned) continue
      const value = how === 'listed' ? line.value : null
      reasons.set(`${row.referral_id} ${row.place} ${value}`, contactReason(row, value, hasDirection, isOut))
    }
  }
  return [...reasons.values()]
}

function contactReason(row: ContactRow, value: string | null, hasDirection: boolean, isOut: boolean): ReasonOfTie {
  const [one, other] = [row.one_person, row.other_person ?? 0].map((person) => appearanceLabel(row.number, person))
  const often = row.times === 1 ? '' : `, ${row.times} times`
  const words = {
    content: `${one} sent the content that was reported, and ${other} was to receive it`,
    message: `${one} wrote to ${other}${often}`,
    call: `${one} and ${other} are two ends in the records of a provider${often}`,
    conversation: `${one} and ${other} wrote in one conversation of ${row.times} messages`,
    listed: `${other} is listed among the connections of ${one}`,
  }
  const says = Object.entries(words).find(([how]) => how === row.how)?.[1] ?? 'they were in touch'
  return {
    direction: hasDirection ? (isOut ? 'out' : 'in') : 'both',
    says: (written) => `${says}${value === null ? '' : `, as ${written}`}.`,
    observable: value,
    referrals: [{ id: row.referral_id, number: row.number }],
    from: row.first_at,
    to: row.last_at,
  }
}

/** Three are named, and how many more there are. */
function whoOf(rows: readonly HeldValue[]): string {
  const names = [...new Set(rows.map(({ number, person }) => appearanceLabel(number, person)))]
  const more = names.length - 3
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const referralsOf = (rows: readonly HeldValue[]): { readonly id: string; readonly number: number }[] =>
  [...new Map(rows.map(({ referral_id: id, number }) => [id, { id, number }])).values()].sort(
    (a, b) => a.number - b.number,
  )

const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b)
const spanOf = (instants: readonly string[]) => ({ from: instants[0] ?? null, to: instants.at(-1) ?? null })
