import { err, ok, type Result } from '@tandem/core'
import type { Fault } from '../json-reader.ts'
import { type SearchPlan, searchPlan } from './anchors.ts'
import { type Automaton, automatonOf, type Literal } from './automaton.ts'
import { type Expression, parseExpression, parseUnless, type Unless, widthOf, wordsIn } from './expression.ts'
import { type Compiled, compile, type SetOf } from './matcher.ts'
import type { RulePack, TextRule } from './pack.ts'
import type { LiteralSet } from './words.ts'

export interface CompiledUnless {
  readonly where: Unless['where']
  readonly within: number
  readonly what: Compiled
}

export interface CompiledFind {
  readonly what: Compiled
  readonly width: number
}

export interface CompiledRule {
  readonly pack: RulePack
  readonly rule: TextRule
  readonly finds: readonly CompiledFind[]
  readonly unless: readonly CompiledUnless[]
  /** How far beyond a match `unless` looks. */
  readonly margin: number
}

export interface RuleSet {
  readonly packs: readonly RulePack[]
  readonly rules: readonly CompiledRule[]
  readonly automaton: Automaton
  /** By literal: the expressions that are looked at where it stands. */
  readonly anchors: readonly (readonly Anchor[])[]
  /** In words: how far around an anchor anything can matter. */
  readonly reach: number
}

export interface Anchor {
  readonly rule: number
  readonly find: number
  /** Near the anchor one word of each must stand, or the form cannot match there. */
  readonly needs: readonly { readonly set: LiteralSet; readonly from: number; readonly to: number }[]
}

export function compileRules(packs: readonly RulePack[]): Result<RuleSet, readonly Fault[]> {
  const faults: Fault[] = []
  const read = packs.flatMap((pack, packAt) =>
    pack.rules.map((rule, ruleAt) => readRule(pack, rule, `$[${packAt}].rules[${ruleAt}]`, faults)),
  )
  if (faults.length > 0) return err(faults)
  const { literals, numberOf } = numbered(
    read.flatMap(({ forms, unless }) => [...forms.map(({ form }) => form), ...unless.map(({ what }) => what)]),
  )
  const anchored = new Set(read.flatMap(({ forms }) => forms.flatMap(({ plan }) => plan.anchors.map(numberOf))))
  const automaton = automatonOf(
    literals,
    literals.map((_, literal) => anchored.has(literal)),
  )
  const setOf = setsOf(automaton, numberOf)
  const anchors = literals.map((): Anchor[] => [])
  read.forEach(({ forms }, rule) => {
    forms.forEach(({ plan }, find) => {
      const needs = plan.needs.map(({ words, from, to }) => ({ set: setOf(words), from, to }))
      for (const literal of new Set(plan.anchors.map(numberOf))) anchors[literal]?.push({ rule, find, needs })
    })
  })
  const rules = read.map(
    ({ pack, rule, forms, unless }): CompiledRule => ({
      pack,
      rule,
      finds: forms.map(({ form }) => ({ what: compile(form, setOf), width: widthOf(form) })),
      unless: unless.map(({ what, ...rest }) => ({ ...rest, what: compile(what, setOf) })),
      margin: unless.reduce((most, { within }) => Math.max(most, within), 0),
    }),
  )
  const reach = rules.reduce(
    (most, { finds, margin }) => finds.reduce((all, { width }) => Math.max(all, width + margin + 1), most),
    0,
  )
  return ok({ packs, rules, automaton, anchors, reach })
}

interface ReadRule {
  readonly pack: RulePack
  readonly rule: TextRule
  readonly forms: readonly { readonly form: Expression; readonly plan: SearchPlan }[]
  readonly unless: readonly Unless[]
}

function readRule(pack: RulePack, rule: TextRule, path: string, faults: Fault[]): ReadRule {
  const forms = rule.find.flatMap((text, at) => {
    const parsed = read(parseExpression(text), `${path}.find[${at}]`, faults)
    // Alternatives of the whole are looked for each by its own words.
    const options = parsed === null ? [] : parsed.is === 'either' && !parsed.mayLack ? parsed.options : [parsed]
    return options.flatMap((form) => {
      const plan = searchPlan(form)
      if (plan !== null) return [{ form, plan }]
      faults.push({ field: `${path}.find[${at}]`, says: 'must hold a word that cannot be missing' })
      return []
    })
  })
  const unless = rule.unless.flatMap((text, at) => {
    const parsed = read(parseUnless(text), `${path}.unless[${at}]`, faults)
    return parsed === null ? [] : [parsed]
  })
  return { pack, rule, forms, unless }
}

function read<T extends Expression | Unless>(
  parsed: Result<T, { readonly column: number; readonly says: string }>,
  field: string,
  faults: Fault[],
): T | null {
  if (parsed.ok) return parsed.value
  faults.push({ field, says: `column ${parsed.error.column}: ${parsed.error.says}` })
  return null
}

type NumberOf = (word: Literal) => number

/** Each different word of the rules has one number. */
function numbered(expressions: readonly Expression[]): {
  readonly literals: readonly Literal[]
  readonly numberOf: NumberOf
} {
  const literals: Literal[] = []
  const numbers = new Map<string, number>()
  const keyOf = ({ letters, open, goesOn }: Literal): string => `${open ? '*' : ''}${letters}${goesOn ? '*' : ''}`
  for (const { letters, open, goesOn } of expressions.flatMap(wordsIn)) {
    const key = keyOf({ letters, open, goesOn })
    if (!numbers.has(key)) numbers.set(key, literals.push({ letters, open, goesOn }) - 1)
  }
  return { literals, numberOf: (word) => numbers.get(keyOf(word)) ?? -1 }
}

function setsOf({ literals, kinds }: Automaton, numberOf: NumberOf): SetOf {
  const kindsOf = literals.map((): number[] => [])
  for (const [kind, { is }] of kinds.entries()) for (const literal of is) kindsOf[literal]?.push(kind)
  return (words) => {
    const own = new Set(words.map(numberOf))
    const bits = new Int32Array((kinds.length + 31) >> 5)
    for (const literal of own) {
      for (const kind of kindsOf[literal] ?? []) bits[kind >> 5] = (bits[kind >> 5] ?? 0) | (1 << (kind & 31))
    }
    return { literals: own, kinds: bits }
  }
}
