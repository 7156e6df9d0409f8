import { hash } from 'node:crypto'
import { type LedgerLeaf, type LedgerOpening, leafBytes, leafOf } from '@tandem/core/ledger-entry'
import {
  type Bundle,
  Log,
  type NoteSigner,
  proofHead,
  sealBundle,
  type TrustForm,
  writeVerifierKey,
} from '../src/index.ts'
import { logSigners, witnessSigners } from './keys.ts'
import { testAuthority } from './timestamp-authority.ts'

export const sealTime = 1_764_500_000
export const sealSigners = logSigners('agency-a.example/release', 20)

/** Invented agencies, officers and acts; keys out of small numbers. */
const agencies = [
  { origin: 'cell.example/agency-a', agency: 'agency-a', number: 1, witness: ['agency-b.example/witness', 2] },
  { origin: 'cell.example/agency-b', agency: 'agency-b', number: 3, witness: ['agency-a.example/witness', 4] },
] as const
const oversight = witnessSigners('oversight.example/witness', 5)

export interface Sample {
  readonly bundle: Bundle
  readonly trust: TrustForm
}

/** Two logs that witness each other, records opened and closed, each checkpoint with a timestamp when asked. */
export function sampleBundle(size: number, chosen: readonly number[], withTimestamps: boolean): Sample {
  const authority = testAuthority()
  const policies: string[] = []
  const logs = agencies.map(({ origin, agency, number, witness: [name, key] }) => {
    const log = new Log(origin)
    const entries = Array.from({ length: size }, (_, at) => entryOf(agency, at))
    for (const { leaf } of entries) log.append(leafBytes(leaf))
    const own = logSigners(origin, number)
    const other = witnessSigners(name, key)
    policies.push(policyOf(own, other))
    const checkpoint = log.checkpoint([...own, ...other, ...oversight], sealTime - 60)
    const records = chosen.map((at) => {
      const { leaf, opening } = entries[at] ?? entryOf(agency, at)
      return { leaf, opening: at % 3 === 0 ? null : opening, proof: proofHead(log.prove(at, size, checkpoint)) }
    })
    const token = authority.issue(Buffer.from(log.checkpointText()), '2025-11-30T10:00:00Z')
    return { checkpoint, timestamps: withTimestamps ? [token.toString('base64')] : [], records }
  })
  const trust: TrustForm = {
    policies,
    seals: sealSigners.map(({ key }) => writeVerifierKey(key)),
    timestampRoots: withTimestamps ? [authority.root.toString('base64')] : [],
  }
  const made = { at: '2025-11-30T10:01:00Z', by: 'agency-a', about: 'Sample: invented acts of invented officers' }
  return { bundle: sealBundle({ made, logs, trust }, sealSigners, sealTime), trust }
}

function policyOf(own: readonly NoteSigner[], other: readonly NoteSigner[]): string {
  const witness = (word: string, signer: NoteSigner): string => `witness ${word} ${writeVerifierKey(signer.key)}`
  return [
    ...own.map(({ key }) => `log ${writeVerifierKey(key)}`),
    ...other.map((signer, at) => witness(at === 0 ? 'partner' : 'partner-pq', signer)),
    ...oversight.map((signer, at) => witness(at === 0 ? 'oversight' : 'oversight-pq', signer)),
    'group partner-both all partner partner-pq',
    'group oversight-both all oversight oversight-pq',
    'group everybody all partner-both oversight-both',
    'quorum everybody',
    '',
  ].join('\n')
}

function entryOf(agency: string, at: number): { leaf: LedgerLeaf; opening: LedgerOpening } {
  const opening: LedgerOpening = {
    salt: hash('sha256', `salt ${agency} ${at}`, 'buffer'),
    who: `Test Officer ${at % 4}`,
    verb: at % 2 === 0 ? 'referral.open' : 'referral.take',
    object: { referral: `R-${at}`, rows: [at, at + 0.5, 1e21, -1e-7], note: '\u00e9\u20ac\ud83d\ude00"\\\n' },
    at: `2025-11-29T10:00:${String(at % 60).padStart(2, '0')}.000Z`,
    authority: at % 5 === 0 ? null : 'OSA-66',
    purpose: 'triage',
  }
  return { leaf: leafOf('cell-1', agency, `entry-${agency}-${at}`, opening), opening }
}
