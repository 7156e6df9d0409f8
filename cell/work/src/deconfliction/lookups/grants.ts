import { createHash, randomBytes } from 'node:crypto'
import {
  beginEpoch,
  type Entry,
  type EpochList,
  type Grant,
  grantFor,
  isEpochList,
  isGrant,
  isLookupOffer,
  isLookupRequest,
  issueTokens,
  type KeyPair,
  type LookupOffer,
  type LookupRequest,
  type LookupTools,
  type Offered,
  offerBytes,
  offerProblem,
  type RunProblem,
  readOffer,
  readOutputs,
  readStatement,
  state,
} from '@tandem/blind'
import type { Json } from '@tandem/core'
import type { Transaction } from '@tandem/store'
import { z } from 'zod'
import type { OwnName, PeerAgency } from '../../peers/peers.ts'
import { hex, type RunParts } from '../parts.ts'
import { isProofOf } from '../receipt.ts'

/** The words of the ledger for a key and a list that are fixed before anything is asked. */
export const LOOKUP_KEY = 'deconfliction.lookup.key'
export const keyObject = (grant: string, { publicKey, outputs, size }: EpochList): Json => ({
  grant,
  outputs,
  publicKey,
  size,
})

export const chance = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** Two statements of one request differ in their signatures alone. */
const digestOf = (signed: Uint8Array): string => createHash('sha256').update(signed).digest('hex')

export interface SignedRequest {
  readonly request: LookupRequest
  readonly bytes: Uint8Array
  readonly digest: string
}

export async function signRequest(request: LookupRequest, { sign }: OwnName): Promise<SignedRequest> {
  const { bytes, signed } = await state('lookup request', request, sign)
  return { request, bytes, digest: digestOf(signed) }
}

export function readRequest(bytes: Uint8Array, verify: PeerAgency['verify']): SignedRequest | RunProblem {
  const read = readStatement('lookup request', bytes, isLookupRequest, verify)
  return typeof read === 'string' ? read : { request: read.says, bytes, digest: digestOf(read.signed) }
}

/** What the holder's machine answers with: sealed, and gone with the grant. */
const kept = z.object({
  secret: z.string(),
  publicKey: z.string(),
  tokenKey: z.string(),
  grant: z.custom<Grant>(isGrant),
  list: z.custom<EpochList>(isEpochList),
})

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

export type HeldKey = Pick<LookupTools, 'epoch' | 'tokenKey'> & { readonly grant: Grant }

const placeOf = (grant: string, column: 'key_sealed' | 'list_sealed' | 'request_sealed') => ({
  record: grant,
  table: 'lookup_grant',
  column,
  row: grant,
})

export const sealBytes = (
  tx: Transaction,
  grant: string,
  column: Parameters<typeof placeOf>[1],
  bytes: Uint8Array,
): Buffer => tx.vault.seal(placeOf(grant, column), bytes)

export const openBytes = (
  tx: Transaction,
  grant: string,
  column: Parameters<typeof placeOf>[1],
  envelope: Buffer,
): Uint8Array => new Uint8Array(tx.vault.open(placeOf(grant, column), envelope))

export const sealKey = (tx: Transaction, id: string, { epoch: { keys, list }, tokenKey, grant }: HeldKey): Buffer =>
  sealBytes(
    tx,
    id,
    'key_sealed',
    Buffer.from(
      JSON.stringify({
        secret: hex(keys.secret),
        publicKey: hex(keys.publicKey),
        tokenKey: hex(tokenKey),
        grant,
        list,
      } satisfies z.input<typeof kept>),
    ),
  )

/** The envelope is authenticated, so what opens is what this cell wrote. */
export function openKey(tx: Transaction, id: string, envelope: Buffer): HeldKey {
  const text = Buffer.from(openBytes(tx, id, 'key_sealed', envelope)).toString('utf8')
  const { secret, publicKey, tokenKey, grant, list } = kept.parse(JSON.parse(text))
  const keys: KeyPair = { secret: bytesOf(secret), publicKey: bytesOf(publicKey) }
  return { epoch: { keys, list }, tokenKey: bytesOf(tokenKey), grant }
}

export interface MadeGrant extends HeldKey {
  readonly outputs: readonly Uint8Array[]
}

/**
 * A key for this grant alone, and every entry of the kinds under it. That no other kind can be asked about follows from
 * it: the element says nothing of its kind, but whatever is not on this list is not met.
 */
export async function makeGrant(
  { options }: RunParts,
  { request, digest }: SignedRequest,
  entries: readonly Entry[],
): Promise<MadeGrant> {
  const grant = grantFor(request, digest)
  const { holder, expiresAt } = request
  const epoch = await beginEpoch({ holder, epoch: grant.epoch, expiresAt }, entries, chance, options.compute)
  if (epoch === null) throw new Error('no key for a grant of lookups could be made')
  return { epoch, tokenKey: chance(32), grant, outputs: epoch.outputs }
}

export async function offerOf(
  { epoch: { list }, tokenKey, grant, outputs }: MadeGrant,
  given: Pick<LookupOffer, 'request' | 'listedAt' | 'desk' | 'approvals'> & { readonly receipt: string },
  { sign }: OwnName,
): Promise<Uint8Array> {
  const { receipt, ...rest } = given
  const { bytes } = await state('lookup offer', { version: 1, grant, list, ...rest } satisfies LookupOffer, sign)
  return offerBytes({
    statement: bytes,
    receipt: Buffer.from(receipt, 'utf8'),
    outputs,
    macs: issueTokens(tokenKey, grant).map(({ mac }) => mac),
  })
}

/** An offer that was checked whole: signed, for this request, fixed in their ledger, and each output as it was signed. */
export interface TakenOffer {
  readonly offer: LookupOffer
  readonly macs: Offered['macs']
  readonly outputs: ReadonlySet<string>
}

export function checkOffer(
  bytes: Uint8Array,
  asked: SignedRequest,
  peer: Pick<PeerAgency, 'verify' | 'logKeys'>,
  now: number,
): TakenOffer | RunProblem {
  const offered = readOffer(bytes)
  if (offered === null) return 'malformed'
  const read = readStatement('lookup offer', offered.statement, isLookupOffer, peer.verify)
  if (typeof read === 'string') return read
  const offer = read.says
  const problem = offerProblem(offer, asked, now)
  if (problem !== null) return problem
  if (offered.macs.length !== offer.grant.tokens) return 'malformed'
  const outputs = readOutputs(offer.list, offered.outputs)
  if (outputs === null) return 'contradiction'
  const says = { verb: LOOKUP_KEY, object: keyObject(offer.grant.id, offer.list) }
  if (!isProofOf(says, Buffer.from(offered.receipt).toString('utf8'), peer.logKeys)) return 'commitment'
  return { offer, macs: offered.macs, outputs }
}
