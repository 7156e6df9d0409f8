import type { FlagName } from '../facts.ts'
import { byCodeUnits } from '../order-text.ts'
import { type Axis, axes } from '../weight-set.ts'
import type { CompiledRule, RuleSet } from './compile-rules.ts'
import type { AuthorRole, Speaker, Turn } from './pack.ts'
import { Scan } from './scan.ts'
import { StreamJudge, type TextPlace } from './stream-judge.ts'

/** Words that a rule found: a lead for an officer to read, never a statement and never a number. */
export interface TextSignal {
  readonly pack: string
  readonly version: number
  readonly rule: string
  readonly says: string
  readonly stage: string | null
  readonly signal: FlagName
  readonly spokenBy: Speaker
  readonly writtenBy: AuthorRole
  /** The id of the turn's author, where one was given. */
  readonly author: string | null
  /** What this may speak for. Words that are not surely the reported person's never speak for that person's danger. */
  readonly mayScore: readonly Axis[]
  readonly from: TextPlace
  /** Behind the last character. */
  readonly to: TextPlace
}

export interface TextFindings {
  readonly signals: readonly TextSignal[]
  /** What was done, counted: at most a fixed multiple of the text for a given set of rules. */
  readonly steps: number
}

export function findSignals(rules: RuleSet, turns: readonly Turn[]): TextFindings {
  const signals: TextSignal[] = []
  let steps = 0
  let judge: StreamJudge | null = null
  const scan = new Scan(rules.automaton, (isLast) => judge?.block(isLast))
  for (const { role, places } of streamsOf(turns)) {
    judge = new StreamJudge(rules, role, scan.words)
    for (const at of places) scan.turn(at, turns[at]?.text ?? '')
    scan.end()
    for (const { rule, from, to } of judge.matches()) {
      const of = rules.rules[rule]
      if (of !== undefined) signals.push(signalOf(of, turns[from.turn], from, to))
    }
    steps += judge.steps
  }
  steps += scan.steps
  signals.sort(
    (a, b) =>
      a.from.turn - b.from.turn || a.from.at - b.from.at || byCodeUnits(a.pack, b.pack) || byCodeUnits(a.rule, b.rule),
  )
  return { signals, steps }
}

/** One stream an author: role and id. */
function streamsOf(turns: readonly Turn[]): { readonly role: AuthorRole; readonly places: number[] }[] {
  const streams: { readonly role: AuthorRole; readonly places: number[] }[] = []
  const known = new Map<AuthorRole, Map<string, number[]>>()
  for (let at = 0; at < turns.length; at++) {
    const { role, id = '' } = turns[at] ?? {}
    if (role === undefined) continue
    let ofRole = known.get(role)
    if (ofRole === undefined) {
      ofRole = new Map()
      known.set(role, ofRole)
    }
    const places = ofRole.get(id)
    if (places !== undefined) places.push(at)
    else {
      const first = [at]
      ofRole.set(id, first)
      streams.push({ role, places: first })
    }
  }
  return streams
}

function signalOf({ pack, rule }: CompiledRule, turn: Turn | undefined, from: TextPlace, to: TextPlace): TextSignal {
  const writtenBy = turn?.role ?? 'not said'
  return {
    pack: pack.pack,
    version: pack.version,
    rule: rule.id,
    says: rule.says,
    stage: rule.stage,
    signal: rule.signal,
    spokenBy: rule.spokenBy,
    writtenBy,
    author: turn?.id ?? null,
    mayScore: writtenBy === 'reported' ? axes : ['child urgency'],
    from,
    to,
  }
}
