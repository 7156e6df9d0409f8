import { ok, type Result } from '@tandem/core'
import { readVerifierKey, type VerifierKey } from './note/key.ts'
import { type LedgerRefusal, refusal } from './refusal.ts'

/** C2SP tlog-policy: which logs are known, which witnesses, and who of them must have cosigned a checkpoint. */
export interface Policy {
  readonly logs: readonly { readonly key: VerifierKey; readonly url: string | null }[]
  readonly witnesses: ReadonlyMap<string, { readonly key: VerifierKey; readonly url: string | null }>
  readonly groups: ReadonlyMap<string, Group>
  /** Null: no witness is asked for (`quorum none`). */
  readonly quorum: string | null
}

export interface Group {
  readonly needed: number
  readonly members: readonly string[]
}

const forLogs: readonly string[] = ['ed25519', 'ecdsa', 'ml-dsa-44-cosignature']
const forWitnesses: readonly string[] = ['ed25519-cosignature', 'ml-dsa-44-cosignature']

export function readPolicy(text: string): Result<Policy, LedgerRefusal> {
  const logs: { key: VerifierKey; url: string | null }[] = []
  const witnesses = new Map<string, { key: VerifierKey; url: string | null }>()
  const groups = new Map<string, Group>()
  const members = new Set<string>()
  let quorum: string | null | undefined
  const isNamed = (name: string): boolean => witnesses.has(name) || groups.has(name)
  const isKnown = ({ publicKey }: VerifierKey, among: Iterable<{ key: VerifierKey }>): boolean =>
    [...among].some(({ key }) => key.publicKey.equals(publicKey))

  if (/[^\t\n -~\u0080-\uffff]/.test(text)) return refusal('policy', 'The policy holds a control character.')
  for (const [at, line] of text.split('\n').entries()) {
    const bad = (says: string): Result<Policy, LedgerRefusal> => refusal('policy', `Line ${at + 1}: ${says}`)
    const [verb = '', ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
    if (verb === '' || verb.startsWith('#')) continue
    if (verb === 'log') {
      const [vkey = '', url = null, ...more] = words
      const key = readVerifierKey(vkey)
      if (!key.ok) return bad(key.error.says)
      if (more.length > 0 || !forLogs.includes(key.value.kind)) return bad('this key is not for a log.')
      if (isKnown(key.value, logs)) return bad('the same log twice.')
      logs.push({ key: key.value, url })
    } else if (verb === 'witness') {
      const [name = '', vkey = '', url = null, ...more] = words
      const key = readVerifierKey(vkey)
      if (!key.ok) return bad(key.error.says)
      if (more.length > 0 || !forWitnesses.includes(key.value.kind)) return bad('this key is not for a witness.')
      if (name === 'none' || isNamed(name)) return bad(`the name ${name} is taken.`)
      if (isKnown(key.value, witnesses.values())) return bad('the same witness twice.')
      witnesses.set(name, { key: key.value, url })
    } else if (verb === 'group') {
      const [name = '', threshold = '', ...names] = words
      if (name === '' || name === 'none' || isNamed(name)) return bad(`the name ${name} is taken.`)
      const needed = threshold === 'all' ? names.length : threshold === 'any' ? 1 : numberOf(threshold)
      if (needed < 1 || needed > names.length) return bad('a group needs one to all of its members.')
      for (const member of names) {
        if (!isNamed(member)) return bad(`${member} is not defined above.`)
        if (members.has(member)) return bad(`${member} is already a member.`)
        members.add(member)
      }
      groups.set(name, { needed, members: names })
    } else if (verb === 'quorum') {
      const [name = '', ...more] = words
      if (quorum !== undefined || more.length > 0) return bad('there is exactly one quorum.')
      if (name !== 'none' && !isNamed(name)) return bad(`${name} is not defined above.`)
      quorum = name === 'none' ? null : name
    } else return bad(`"${verb}" is no part of a policy.`)
  }
  return quorum === undefined ? refusal('policy', 'The policy has no quorum.') : ok({ logs, witnesses, groups, quorum })
}

const numberOf = (text: string): number => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 0)

/** Whether these witnesses, by their names in the policy, are enough. */
export function isQuorum({ quorum, groups }: Policy, signed: ReadonlySet<string>): boolean {
  const holds = (name: string): boolean => {
    const group = groups.get(name)
    return group === undefined ? signed.has(name) : group.members.filter(holds).length >= group.needed
  }
  return quorum === null || holds(quorum)
}

/** The quorum in words: "all of (agency-b, 1 of (oversight, third))". */
export function quorumWords({ quorum, groups }: Policy): string {
  const words = (name: string): string => {
    const group = groups.get(name)
    if (group === undefined) return name
    const count = group.needed === group.members.length ? 'all' : String(group.needed)
    return `${count} of (${group.members.map(words).join(', ')})`
  }
  return quorum === null ? 'none' : words(quorum)
}
