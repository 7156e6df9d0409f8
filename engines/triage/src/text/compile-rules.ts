import { err, ok, type Result } from '@tandem/core'
import type { Fault } from '../json-reader.ts'
import { searchPlan } from './anchors.ts'
import { type Automaton, automatonOf, type Literal } from './automaton.ts'
import { type Expression, parseExpression, parseUnless, type Unless, widthOf } from './expression.ts'
import { type Compiled, compile } from './matcher.ts'
import type { RulePack, TextRule } from './pack.ts'

export interface CompiledUnless {
  readonly where: Unless['where']
  readonly within: number
  readonly what: Compiled
}

export interface CompiledFind {
  readonly what: Compiled
  readonly width: number
  /** Near an anchor one word of each must stand, or the form cannot match there. */
  readonly needs: readonly { readonly literals: ReadonlySet<number>; readonly from: number; readonly to: number }[]
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
}

export function compileRules(packs: readonly RulePack[]): Result<RuleSet, readonly Fault[]> {
  const faults: Fault[] = []
  const literals: Literal[] = []
  const numbers = new Map<string, number>()
  const numberOf = ({ letters, open, goesOn }: Literal): number => {
    const key = `${open ? '*' : ''}${letters}${goesOn ? '*' : ''}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, literals.length)
    literals.push({ letters, open, goesOn })
    return literals.length - 1
  }
  const anchors: Anchor[][] = []
  const rules: CompiledRule[] = []
  packs.forEach((pack, packAt) => {
    pack.rules.forEach((rule, ruleAt) => {
      const path = `$[${packAt}].rules[${ruleAt}]`
      const finds: CompiledFind[] = []
      rule.find.forEach((text, at) => {
        const parsed = read(parseExpression(text), `${path}.find[${at}]`, faults)
        // Alternatives of the whole are looked for each by its own words.
        const forms = parsed === null ? [] : parsed.is === 'either' && !parsed.mayLack ? parsed.options : [parsed]
        for (const form of forms) {
          const plan = searchPlan(form)
          if (plan === null) {
            faults.push({ field: `${path}.find[${at}]`, says: 'must hold a word that cannot be missing' })
            continue
          }
          for (const literal of new Set(plan.anchors.map(numberOf))) {
            anchors[literal] ??= []
            anchors[literal].push({ rule: rules.length, find: finds.length })
          }
          finds.push({
            what: compile(form, numberOf),
            width: widthOf(form),
            needs: plan.needs.map(({ words, ...range }) => ({ ...range, literals: new Set(words.map(numberOf)) })),
          })
        }
      })
      const unless = rule.unless.flatMap((text, at) => {
        const parsed = read(parseUnless(text), `${path}.unless[${at}]`, faults)
        return parsed === null ? [] : [parsed]
      })
      rules.push({
        pack,
        rule,
        finds,
        unless: unless.map(({ what, ...rest }) => ({ ...rest, what: compile(what, numberOf) })),
        margin: unless.reduce((most, { within }) => Math.max(most, within), 0),
      })
    })
  })
  if (faults.length > 0) return err(faults)
  const byLiteral = literals.map((_, at) => anchors[at] ?? [])
  const automaton = automatonOf(
    literals,
    byLiteral.map((one) => one.length > 0),
  )
  const reach = rules.reduce(
    (most, { finds, margin }) => finds.reduce((all, { width }) => Math.max(all, width + margin + 1), most),
    0,
  )
  return ok({ packs, rules, automaton, anchors: byLiteral, reach })
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
