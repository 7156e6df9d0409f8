import { createHash, createPublicKey } from 'node:crypto'
import { canonicalJson, err, ok, type Result } from '@tandem/core'
import { readVerifierKey, type VerifierKey } from '@tandem/ledger'
import { z } from 'zod'
import { isAuthority } from './certificates.ts'
import { isLabelOf, lineName } from './line-keys.ts'

const verifierKeys = z.array(z.string().min(40).max(4_000)).min(1).max(4)

/** What an agency hands to another so that their cells can talk: public keys and names, nothing secret. */
export const cardShape = z.strictObject({
  card: z.literal('tandem-peer/1'),
  mode: z.enum(['training', 'live']),
  /** As people say it. */
  agency: z.string().min(1).max(100),
  /** On the line, and in statements. */
  name: z.string().max(128),
  /** The agency's own authority: believed for that name on the line, and for nothing else. */
  authority: z.string().max(8_000),
  log: z.strictObject({ origin: z.string().max(200), keys: verifierKeys }),
  /** Of the agency's witness, which cosigns the other agency's log. */
  witness: z.strictObject({ keys: verifierKeys }),
  /** Under which the agency makes statements about deconfliction; both must hold. */
  statements: z.strictObject({ ed25519: z.string().max(1_000), 'ml-dsa-65': z.string().max(8_000) }),
})
export type PeerCard = z.output<typeof cardShape>

/** To be read out by telephone: the whole SHA-256 of the card, in groups of four. */
export const printOf = (card: PeerCard): string =>
  createHash('sha256')
    .update(canonicalJson(card))
    .digest('hex')
    .replace(/.{4}(?!$)/g, '$& ')

export function readCard(text: string): Result<PeerCard, string> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err('This is not a card: it is not JSON.')
  }
  const read = cardShape.safeParse(json)
  if (!read.success)
    return err(`This is not a card of this Tandem: ${read.error.issues[0]?.path.join('.') ?? 'its form'}.`)
  const fault = faultOf(read.data)
  return fault === null ? ok(read.data) : err(`This card does not hold together: ${fault}.`)
}

/** Every name in it must tell the same agency, and every key be of its kind. */
export function faultOf({ agency, name, mode, authority, log, witness, statements }: PeerCard): string | null {
  if (!/^tandem\/[0-9a-f-]{36}\/[a-z0-9-]{1,80}$/.test(log.origin)) return 'the name of its log'
  if (name !== lineName(log.origin, mode) || !isLabelOf(log.origin.split('/').at(-1) ?? '', agency))
    return 'its name is not that of its log'
  if (!isAuthority(authority)) return 'its authority'
  const isOf = (keys: readonly VerifierKey[] | null, wanted: string): boolean =>
    keys?.every((key) => key.name === wanted) === true
  const logKeys = keysIn(log.keys)
  const witnessKeys = keysIn(witness.keys)
  if (!isOf(logKeys, log.origin)) return 'the keys of its log'
  if (!isOf(witnessKeys, `${log.origin}/witness`)) return 'the keys of its witness'
  if (witnessKeys?.some(({ kind }) => kind === 'ed25519') !== false)
    return 'the keys of its witness are not for cosigning'
  if (kindOf(statements.ed25519) !== 'ed25519' || kindOf(statements['ml-dsa-65']) !== 'ml-dsa-65')
    return 'the keys of its statements'
  return null
}

export function keysIn(lines: readonly string[]): VerifierKey[] | null {
  const read = lines.map(readVerifierKey)
  return read.every((each) => each.ok) ? read.map((each) => each.value) : null
}

function kindOf(pem: string): string | null {
  try {
    return pem.includes('PRIVATE') ? null : String(createPublicKey(pem).asymmetricKeyType)
  } catch {
    return null
  }
}
