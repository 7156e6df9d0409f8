import type { RuleSet } from './compile-rules.ts'
import { loadPacks } from './load-packs.ts'
import exigency from './packs/tandem-exigency-en.json' with { type: 'json' }
import grooming from './packs/tandem-grooming-en.json' with { type: 'json' }
import access from './packs/tandem-producer-access-en.json' with { type: 'json' }
import sextortion from './packs/tandem-sextortion-en.json' with { type: 'json' }

/** The packs of this house as files: generic, published indicators only. An agency puts its own beside or instead. */
export const housePacks: readonly unknown[] = [exigency, sextortion, grooming, access]

let loaded: RuleSet | null = null

/** Read, compiled and tested by their own examples, once. */
export function houseRules(): RuleSet {
  if (loaded !== null) return loaded
  const rules = loadPacks(housePacks)
  if (!rules.ok) throw new TypeError(rules.error.map(({ field, says }) => `${field} ${says}`).join('; '))
  loaded = rules.value
  return loaded
}
