import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import {
  Gathering,
  makeIdentity,
  makeSigningKey,
  openNested,
  openSmall,
  type Quorum,
  readRecipient,
  readSigningKey,
  Secret,
  type SigningKey,
  type SplitSecret,
  sealNested,
  sealSmall,
  splitSecret,
  verificationKeyOf,
  writeSigningKey,
  writeVerificationKey,
} from '@tandem/vault'
import { z } from 'zod'
import { readIfThere, writePrivate } from '../private-file.ts'
import type { KeyFolder } from './key-folder.ts'

const written = z.strictObject({ ed25519: z.string(), mlDsa65: z.string() })
const shape = z.strictObject({
  format: z.literal('tandem/recovery/v1'),
  recipient: z.string(),
  /** What signs an opening; sealed to the recovery identity, so that only the quorum can use it. */
  signingKey: z.string(),
  verificationKey: written,
  quorum: z.strictObject({
    quorum: z.string(),
    purpose: z.string(),
    threshold: z.int().min(2),
    holders: z.array(z.strictObject({ officer: z.string(), shareDigest: z.string() })),
    check: z.string(),
  }),
  /** The root, sealed to this agency within a seal to another one; one for each other agency and version of the root. */
  nested: z.array(z.strictObject({ root: z.int(), owner: z.string(), other: z.string(), sealed: z.string() })),
})
export type Recovery = z.output<typeof shape>

/** How an agency's records are opened when its own officers cannot come: by officers of both agencies, never of one. */
export class RecoveryFile {
  readonly agency: string
  readonly #path: string

  constructor(folder: KeyFolder) {
    this.agency = folder.agency
    this.#path = join(folder.path, 'recovery.json')
  }

  read(): Result<Recovery, string> {
    const text = readIfThere(this.#path)
    if (text === null) return err('there is no recovery key: this cell was made without one')
    const read = shape.safeParse(JSON.parse(text.toString('utf8')))
    return read.success ? ok(read.data) : err(`${this.#path} is damaged`)
  }

  write(recovery: Recovery): void {
    writePrivate(this.#path, JSON.stringify(recovery))
  }
}

/** An agency's half: an identity whose secret its officers hold in shares, and a key that signs with them. */
export async function makeRecovery(
  name: string,
  threshold: number,
  officers: readonly string[],
): Promise<Result<{ recovery: Recovery; shares: SplitSecret['shares'] }, string>> {
  const { identity, recipient } = await makeIdentity()
  const secret = Secret.of(Buffer.from(identity, 'utf8'))
  const split = await splitSecret(secret, `break-glass of ${name}`, threshold, officers)
  secret.giveUp()
  if (!split.ok) return err(split.error.says)
  const signing = makeSigningKey()
  const sealed = await sealSmall(recipient, Buffer.from(JSON.stringify(writeSigningKey(signing))))
  if (!sealed.ok) return err(sealed.error.says)
  const { quorum, shares } = split.value
  return ok({
    shares,
    recovery: {
      format: 'tandem/recovery/v1',
      recipient: recipient.text,
      signingKey: sealed.value.toString('base64'),
      verificationKey: writeVerificationKey(verificationKeyOf(signing)),
      quorum: { ...quorum, holders: quorum.holders.map((each) => ({ ...each })) },
      nested: [],
    },
  })
}

/** Seals a root for every other agency; what an older root was sealed to is forgotten. */
export async function nestRoot(
  owner: { readonly agency: string; readonly recovery: Recovery },
  others: readonly { readonly agency: string; readonly recipient: string }[],
  root: { readonly version: number; readonly secret: Secret },
  keep: number | null,
): Promise<Result<Recovery, string>> {
  const own = readRecipient(owner.recovery.recipient)
  if (!own.ok) return err(own.error.says)
  const nested = owner.recovery.nested.filter((each) => each.root === keep)
  for (const { agency, recipient } of others) {
    const other = readRecipient(recipient)
    if (!other.ok) return err(other.error.says)
    const sealed = await sealNested(
      Secret.of(root.secret.lend((bytes) => Uint8Array.from(bytes))),
      { agency: owner.agency, recipient: own.value },
      { agency, recipient: other.value },
    )
    if (!sealed.ok) return err(sealed.error.says)
    nested.push({ root: root.version, ...sealed.value })
  }
  return ok({ ...owner.recovery, nested })
}

export interface OpenedHalf {
  readonly identity: Secret
  readonly signing: SigningKey
  readonly officers: readonly string[]
}

/** One agency's half of an opening, from those of the shares that are its own. */
export async function openHalf(recovery: Recovery, shares: readonly string[]): Promise<Result<OpenedHalf, string>> {
  const gathering = new Gathering(recovery.quorum satisfies Quorum)
  for (const share of shares) gathering.add(share)
  const officers = [...gathering.officers]
  const identity = await gathering.open()
  gathering.end()
  if (!identity.ok) return err(identity.error.says)
  const opened = await openSmall(
    identity.value.lend((bytes) => bytes.toString('utf8')),
    Buffer.from(recovery.signingKey, 'base64'),
  )
  if (!opened.ok) return err(opened.error.says)
  const written = signingKeyIn(opened.value)
  const signing = written === null ? err('the signing key is damaged') : readSigningKey(written)
  return signing.ok ? ok({ identity: identity.value, signing: signing.value, officers }) : signing
}

/** The root of `owner`, from both halves. */
export async function rootOfBoth(
  owner: Recovery,
  version: number,
  other: string,
  halves: { readonly owner: OpenedHalf; readonly other: OpenedHalf },
): Promise<Result<Secret, string>> {
  const nested = owner.nested.find((each) => each.root === version && each.other === other)
  if (nested === undefined) return err('the recovery key is of another root than the one in force')
  const root = await openNested(nested, halves.owner.identity, halves.other.identity)
  return root.ok ? root : err(root.error.says)
}

function signingKeyIn(bytes: Buffer): z.output<typeof written> | null {
  const read = written.safeParse(JSON.parse(bytes.toString('utf8')))
  return read.success ? read.data : null
}
