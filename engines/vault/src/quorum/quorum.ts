import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { canonicalJson, err, ok, type Result } from '@tandem/core'
import { combine, split } from 'shamir-secret-sharing'
import { Secret } from '../keys/secret.ts'
import { readShare, shareDigest, writeShare } from './share.ts'

/** What may be known of a split secret: who holds a share, how many are needed, and how to tell the right secret. */
export interface Quorum {
  readonly quorum: string
  readonly purpose: string
  readonly threshold: number
  readonly holders: readonly { readonly officer: string; readonly shareDigest: string }[]
  /** HMAC-SHA-256 under a key from the secret: Shamir's scheme alone gives a wrong secret without a word. */
  readonly check: string
}

export type QuorumProblem =
  | { readonly code: 'quorum-impossible'; readonly says: string }
  | { readonly code: 'share-unreadable'; readonly says: string }
  | { readonly code: 'share-of-another-quorum'; readonly says: string }
  | { readonly code: 'share-unknown'; readonly says: string }
  | { readonly code: 'share-given-already'; readonly says: string }
  | { readonly code: 'too-few-shares'; readonly says: string }
  | { readonly code: 'wrong-secret'; readonly says: string }

export interface SplitSecret {
  readonly quorum: Quorum
  /** Each for one officer's eyes; kept nowhere. */
  readonly shares: readonly { readonly officer: string; readonly text: string }[]
}

/** Shamir's secret sharing, m of n: any `threshold` officers together have the secret, fewer have nothing. */
export async function splitSecret(
  secret: Secret,
  purpose: string,
  threshold: number,
  officers: readonly string[],
): Promise<Result<SplitSecret, QuorumProblem>> {
  const refused = impossible(threshold, officers)
  if (refused !== null) return err({ code: 'quorum-impossible', says: refused })
  const quorum = randomBytes(16).toString('hex')
  const raw = await secret.lend((bytes) => split(Uint8Array.from(bytes), officers.length, threshold))
  const held = officers.map((officer, index) => ({ officer, share: { quorum, bytes: raw[index] ?? new Uint8Array() } }))
  const open = {
    quorum,
    purpose,
    threshold,
    holders: held.map(({ officer, share }) => ({ officer, shareDigest: shareDigest(share) })),
  }
  return ok({
    quorum: { ...open, check: checkOf(secret, open) },
    shares: held.map(({ officer, share }) => ({ officer, text: writeShare(share) })),
  })
}

function impossible(threshold: number, officers: readonly string[]): string | null {
  if (!Number.isInteger(threshold) || threshold < 2) return 'At least two officers must be needed.'
  if (officers.length > 255) return 'At most 255 officers can hold shares.'
  if (threshold > officers.length) return `${threshold} of ${officers.length} officers can never come together.`
  if (new Set(officers).size !== officers.length) return 'An officer is named twice.'
  return null
}

/** Shares that came in so far. Nothing of the secret exists before the last one that is needed. */
export class Gathering {
  readonly quorum: Quorum
  readonly #given = new Map<string, Uint8Array>()

  constructor(quorum: Quorum) {
    this.quorum = quorum
  }

  get officers(): readonly string[] {
    return [...this.#given.keys()]
  }

  get isComplete(): boolean {
    return this.#given.size >= this.quorum.threshold
  }

  /** Whose share it is, or why it is none. */
  add(text: string): Result<string, QuorumProblem> {
    const share = readShare(text)
    if (!share.ok) return err({ code: 'share-unreadable', says: share.error })
    if (share.value.quorum !== this.quorum.quorum) {
      return err({
        code: 'share-of-another-quorum',
        says: 'This share belongs to another key, or to an older splitting.',
      })
    }
    const digest = shareDigest(share.value)
    const holder = this.quorum.holders.find((each) => each.shareDigest === digest)
    if (holder === undefined) return err({ code: 'share-unknown', says: 'This share was given to nobody.' })
    if (this.#given.has(holder.officer)) {
      return err({ code: 'share-given-already', says: `The share of ${holder.officer} is already here.` })
    }
    this.#given.set(holder.officer, Uint8Array.from(share.value.bytes))
    return ok(holder.officer)
  }

  async open(): Promise<Result<Secret, QuorumProblem>> {
    const missing = this.quorum.threshold - this.#given.size
    if (missing > 0) {
      return err({
        code: 'too-few-shares',
        says: `${missing} more ${missing === 1 ? 'share is' : 'shares are'} needed.`,
      })
    }
    const secret = Secret.of(await combine([...this.#given.values()]))
    const { check, ...open } = this.quorum
    if (timingSafeEqual(Buffer.from(check, 'hex'), Buffer.from(checkOf(secret, open), 'hex'))) return ok(secret)
    secret.giveUp()
    return err({ code: 'wrong-secret', says: 'These shares do not give the secret that was split.' })
  }

  /** Forgets the shares. */
  end(): void {
    for (const bytes of this.#given.values()) bytes.fill(0)
    this.#given.clear()
  }
}

function checkOf(secret: Secret, open: Omit<Quorum, 'check'>): string {
  const key = secret.lend((bytes) => hkdfSync('sha256', bytes, Buffer.alloc(0), 'tandem/quorum-check/v1', 32))
  const holders = open.holders.map((holder) => ({ ...holder }))
  return createHmac('sha256', Buffer.from(key))
    .update(canonicalJson({ ...open, holders }))
    .digest('hex')
}
