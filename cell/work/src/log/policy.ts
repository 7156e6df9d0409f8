import { type Policy, readPolicy, writeVerifierKey } from '@tandem/ledger'
import type { AgencyLog, Witness } from './types.ts'

/**
 * C2SP tlog-policy of one log: its own keys, and who must have cosigned: every witness of this cell, and of those
 * outside as many as the configuration asks for.
 */
export function policyText(log: AgencyLog, witnesses: readonly Witness[], neededOutside: number): string {
  const named = witnesses.map((witness) => ({ group: groupName(witness.name), witness }))
  const inside = named.filter(({ witness }) => witness.url === null).map(({ group }) => group)
  const outside = named.filter(({ witness }) => witness.url !== null).map(({ group }) => group)
  const needed = Math.min(neededOutside, outside.length)
  const groups = [...(inside.length > 0 ? ['inside'] : []), ...(needed > 0 ? ['outside'] : [])]
  return [
    ...log.keys.log.map(({ key }) => `log ${writeVerifierKey(key)}`),
    ...named.flatMap(({ group, witness }) => [
      ...witness.keys.map((key, at) => `witness ${group}-${at + 1} ${writeVerifierKey(key)}`),
      `group ${group} all ${witness.keys.map((_, at) => `${group}-${at + 1}`).join(' ')}`,
    ]),
    ...(inside.length > 0 ? [`group inside all ${inside.join(' ')}`] : []),
    ...(needed > 0 ? [`group outside ${needed} ${outside.join(' ')}`] : []),
    ...(groups.length > 0 ? [`group enough all ${groups.join(' ')}`, 'quorum enough'] : ['quorum none']),
    '',
  ].join('\n')
}

export function policyOf(log: AgencyLog, witnesses: readonly Witness[], neededOutside: number): Policy {
  const policy = readPolicy(policyText(log, witnesses, neededOutside))
  if (!policy.ok) throw new Error(`the policy of ${log.origin}: ${policy.error.says}`)
  return policy.value
}

/** "tandem/…/crime-agency/witness" is long; in a policy the last telling part will do. */
const groupName = (name: string): string => {
  const parts = name.split('/').filter((part) => part !== 'witness')
  return `w-${(parts.at(-1) ?? name).replaceAll(/[^a-zA-Z0-9.-]+/g, '-')}`
}
