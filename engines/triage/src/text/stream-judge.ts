import type { Anchor, CompiledRule, CompiledUnless, RuleSet } from './compile-rules.ts'
import { Matcher } from './matcher.ts'
import type { AuthorRole } from './pack.ts'
import type { Words } from './words.ts'

export interface TextPlace {
  /** From 0, among the turns given. */
  readonly turn: number
  /** Code units into that turn's text as it was given. */
  readonly at: number
}

interface Match {
  /** Its place in the set of rules. */
  readonly rule: number
  readonly from: TextPlace
  readonly to: TextPlace
  /** Words from the beginning of the stream. */
  readonly first: number
  readonly end: number
}

/** Where the words of one author match the rules that hear that author. It sees one block of words after the other. */
export class StreamJudge {
  readonly #rules: RuleSet
  readonly #words: Words
  readonly #matcher: Matcher
  readonly #heard: readonly boolean[]
  readonly #found: Match[] = []
  #steps = 0
  /** Words before the block in hand. */
  #before = 0

  constructor(rules: RuleSet, role: AuthorRole, words: Words) {
    this.#rules = rules
    this.#words = words
    this.#matcher = new Matcher(words)
    this.#heard = rules.rules.map((rule) => hears(rule, role))
  }

  get steps(): number {
    return this.#steps + this.#matcher.steps
  }

  /** Anchors so near to the end that something may follow wait for the next block, with all that stands around them. */
  block(isLast: boolean): void {
    const { reach } = this.#rules
    const words = this.#words
    const judged = isLast ? words.count : words.count - reach
    for (const [rule, byFind] of this.#anchors(judged)) {
      byFind.forEach((places, find) => {
        this.#match(rule, find, places)
      })
    }
    if (isLast) return
    const dropped = Math.max(0, judged - reach)
    words.dropBefore(dropped, judged)
    this.#before += dropped
  }

  /** Leftmost first, and of one rule none over another. */
  matches(): readonly Match[] {
    this.#found.sort((a, b) => a.rule - b.rule || a.first - b.first || a.end - b.end)
    const kept: Match[] = []
    for (const match of this.#found) {
      const last = kept.at(-1)
      if (last?.rule !== match.rule || match.first >= last.end) kept.push(match)
    }
    return kept
  }

  #anchors(judged: number): Map<number, number[][]> {
    const words = this.#words
    const whereOf = new Map<number, number[][]>()
    this.#steps += words.anchored.length
    for (const word of words.anchored) {
      if (word >= judged) break
      for (const literal of words.literalsOf(word)) {
        const anchors = this.#rules.anchors[literal] ?? []
        this.#steps += 1 + anchors.length
        for (const { rule, find, needs } of anchors) {
          if (this.#heard[rule] !== true || !this.#hasNeeds(word, needs)) continue
          let byFind = whereOf.get(rule)
          if (byFind === undefined) {
            byFind = []
            whereOf.set(rule, byFind)
          }
          const places = byFind[find] ?? []
          byFind[find] = places
          if (places.at(-1) !== word) places.push(word)
        }
      }
    }
    return whereOf
  }

  #hasNeeds(anchor: number, needs: Anchor['needs']): boolean {
    const words = this.#words
    for (const { set, from, to } of needs) {
      const first = Math.max(0, anchor + from)
      const last = Math.min(words.count - 1, anchor + to)
      let word = first
      while (word <= last && !words.isOneOf(word, set)) word++
      this.#steps += word - first
      if (word > last) return false
    }
    return true
  }

  /**
   * A match holds an anchor, so it ends behind one and no farther than its width. At such a place every way to end there
   * lies inside the window: what is found does not depend on where a block was cut.
   */
  #match(ruleAt: number, find: number, anchors: readonly number[]): void {
    const matcher = this.#matcher
    const rule = this.#rules.rules[ruleAt]
    const form = rule?.finds[find]
    if (rule === undefined || form === undefined) return
    for (const window of windows(anchors, form.width, this.#words.count)) {
      const ends = matcher.ends(form.what, window.from, window.to)
      if (ends === null) continue
      let taken: ((from: number, to: number) => boolean) | null = null
      let anchor = window.firstAnchor
      for (let to = (anchors[anchor] ?? 0) + 1; to <= window.to; to++) {
        while (anchor + 1 < anchors.length && (anchors[anchor + 1] ?? 0) < to) anchor++
        const from = ends[to - window.from] ?? -1
        if (from < 0 || to > (anchors[anchor] ?? 0) + form.width) continue
        taken ??= this.#taker(rule, window)
        if (!taken(from, to)) this.#keep(ruleAt, from, to)
      }
      matcher.done(ends)
    }
  }

  #taker(rule: CompiledRule, window: Window): (from: number, to: number) => boolean {
    const from = Math.max(0, window.from - rule.margin)
    const to = Math.min(this.#words.count, window.to + rule.margin)
    const takers = rule.unless.map((unless) => {
      const latest = this.#matcher.ends(unless.what, from, to)
      if (latest === null) return () => false
      // At each place, the latest beginning of anything that ends there or before.
      for (let at = 1; at <= to - from; at++) latest[at] = Math.max(latest[at] ?? -1, latest[at - 1] ?? -1)
      const beginsBy = (place: number): number => latest[Math.min(Math.max(place, from), to) - from] ?? -1
      return (first: number, end: number): boolean => takes(unless, first, end, beginsBy)
    })
    return (first, end) => takers.some((takesIt) => takesIt(first, end))
  }

  #keep(rule: number, first: number, end: number): void {
    const words = this.#words
    this.#found.push({
      rule,
      from: { turn: words.turnOf(first), at: words.startOf(first) },
      to: { turn: words.endTurnOf(end - 1), at: words.endOf(end - 1) },
      first: first + this.#before,
      end: end + this.#before,
    })
  }
}

/** A victim's words are heard by rules about a child at risk, and by no rule about what an offender writes. */
function hears({ rule: { spokenBy } }: CompiledRule, role: AuthorRole): boolean {
  if (role === 'victim') return spokenBy !== 'reported'
  if (role === 'reported') return spokenBy !== 'victim'
  return true
}

interface Window {
  readonly from: number
  readonly to: number
  readonly firstAnchor: number
}

function windows(anchors: readonly number[], width: number, count: number): Window[] {
  const merged: { from: number; to: number; firstAnchor: number }[] = []
  anchors.forEach((anchor, at) => {
    const from = Math.max(0, anchor - width)
    const to = Math.min(count, anchor + width)
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = to
    else merged.push({ from, to, firstAnchor: at })
  })
  return merged
}

function takes(
  { where, within }: CompiledUnless,
  first: number,
  end: number,
  beginsBy: (place: number) => number,
): boolean {
  switch (where) {
    case 'before':
      return beginsBy(first) >= Math.max(0, first - within)
    case 'after':
      return beginsBy(end + within) >= end
    case 'around':
      return beginsBy(end + within) >= Math.max(0, first - within)
    case 'inside':
      return beginsBy(end) >= first
  }
}
