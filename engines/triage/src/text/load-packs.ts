import { err, type Result } from '@tandem/core'
import type { Fault } from '../json-reader.ts'
import { compileRules, type RuleSet } from './compile-rules.ts'
import { findSignals } from './find-signals.ts'
import type { AuthorRole, RulePack, TextRule } from './pack.ts'
import { readPack } from './parse-pack.ts'

/**
 * Packs as they were read from their files, in the order given. Every example must be found and every near miss must
 * not be: a pack that does not do what it shows is refused whole, with all its faults at once.
 */
export function loadPacks(files: readonly unknown[]): Result<RuleSet, readonly Fault[]> {
  const faults: Fault[] = []
  const packs = files.map((file, at) => readPack(file, `$[${at}]`, faults))
  packs.forEach(({ pack }, at) => {
    if (packs.findIndex((other) => other.pack === pack) !== at) {
      faults.push({ field: `$[${at}].pack`, says: `"${pack}" is given twice` })
    }
  })
  if (faults.length > 0) return err(faults)
  const compiled = compileRules(packs)
  if (!compiled.ok) return compiled
  packs.forEach((pack, packAt) => {
    pack.rules.forEach((rule, ruleAt) => {
      faults.push(...exampleFaults(compiled.value, pack, rule, `$[${packAt}].rules[${ruleAt}]`))
    })
  })
  return faults.length === 0 ? compiled : err(faults)
}

function exampleFaults(rules: RuleSet, pack: RulePack, rule: TextRule, path: string): Fault[] {
  const role: AuthorRole = rule.spokenBy === 'victim' ? 'victim' : 'reported'
  const isFound = (messages: readonly string[]): boolean =>
    findSignals(
      rules,
      messages.map((text) => ({ role, text })),
    ).signals.some((signal) => signal.pack === pack.pack && signal.rule === rule.id)
  return [
    ...rule.examples.flatMap((messages, at) =>
      isFound(messages) ? [] : [{ field: `${path}.examples[${at}]`, says: 'is not found by its rule' }],
    ),
    ...rule.counterExamples.flatMap((messages, at) =>
      isFound(messages) ? [{ field: `${path}.counterExamples[${at}]`, says: 'is found, and should not be' }] : [],
    ),
  ]
}
