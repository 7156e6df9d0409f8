import { ok, type Result } from '@tandem/core'
import { type LedgerRefusal, refusal } from '../refusal.ts'
import { sha256 } from '../tree/hash.ts'
import { readBase64 } from './base64.ts'
import { isKeyName } from './note.ts'
import { type Algorithm, keyLengths, verifyRaw } from './raw-signature.ts'
import { ed25519CosignedMessage, mlDsaCosignedMessage } from './signed-message.ts'

/** Kinds of note signature, by the byte that C2SP assigned. */
export const signatureKinds = {
  ed25519: 0x01,
  ecdsa: 0x02,
  'ed25519-cosignature': 0x04,
  'ml-dsa-44-cosignature': 0x06,
} as const
export type SignatureKind = keyof typeof signatureKinds

export interface VerifierKey {
  readonly name: string
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly kind: SignatureKind
  /** 32 bytes for Ed25519, 1312 for ML-DSA-44, DER for ECDSA. */
  readonly publicKey: Buffer
}

const kindNames: readonly SignatureKind[] = ['ed25519', 'ecdsa', 'ed25519-cosignature', 'ml-dsa-44-cosignature']

/** Throws when name or key cannot be those of a note's key. */
export function verifierKey(name: string, kind: SignatureKind, publicKey: Uint8Array): VerifierKey {
  const length = keyLengths[algorithms[kind]]
  if (!isKeyName(name)) throw new TypeError('a key name has no space and no plus')
  if (length !== null && publicKey.length !== length) throw new TypeError(`a key for ${kind} has ${length} bytes`)
  const material = Buffer.from(publicKey)
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(signatureKinds[kind]), material])
  const id = sha256(kind === 'ecdsa' ? material : named).toString('hex', 0, 4)
  return { name, id, kind, publicKey: material }
}

/** C2SP signed-note, "Verifier keys": the line in which a public key is handed on. */
export function readVerifierKey(line: string): Result<VerifierKey, LedgerRefusal> {
  const [name = '', id = ''] = line.split('+', 2)
  const bytes = readBase64(line.slice(name.length + id.length + 2))
  const kind = kindNames.find((each) => signatureKinds[each] === bytes?.[0])
  if (bytes === null || kind === undefined || !isKeyName(name))
    return refusal('key', `This is no verifier key: ${line.slice(0, 40)}`)
  const length = keyLengths[algorithms[kind]]
  if (length !== null && bytes.length - 1 !== length)
    return refusal('key', `The key of ${name} has the wrong length for its kind.`)
  const key = verifierKey(name, kind, bytes.subarray(1))
  return key.id === id ? ok(key) : refusal('key', `The id in the key of ${name} does not fit the key.`)
}

export const writeVerifierKey = ({ name, id, kind, publicKey }: VerifierKey): string =>
  `${name}+${id}+${Buffer.concat([Buffer.of(signatureKinds[kind]), publicKey]).toString('base64')}`

/** SHA-256 of the verifier key's line, in hexadecimal: what two people compare by telephone. */
export const fingerprintOf = (key: VerifierKey): string => sha256(Buffer.from(writeVerifierKey(key))).toString('hex')

/** `time`: seconds since 1970, if it is signed. */
export type Verdict =
  | { readonly is: 'good'; readonly time: number | null }
  | { readonly is: 'bad' }
  | { readonly is: 'unsupported' }

const algorithms: { readonly [kind in SignatureKind]: Algorithm } = {
  ed25519: 'ed25519',
  ecdsa: 'ecdsa',
  'ed25519-cosignature': 'ed25519',
  'ml-dsa-44-cosignature': 'ml-dsa-44',
}

/** Whether the bytes of a signature line are this key's signature over the text of the note. */
export function verifySignature(key: VerifierKey, text: string, signature: Buffer): Verdict {
  const isPlain = key.kind === 'ed25519' || key.kind === 'ecdsa'
  const time = isPlain ? null : signature.length > 8 ? Number(signature.readBigUInt64BE()) : Number.NaN
  if (time !== null && !Number.isSafeInteger(time)) return { is: 'bad' }
  const message = messageOf(key, text, time)
  if (message === null) return { is: 'bad' }
  const is = verifyRaw(algorithms[key.kind], key.publicKey, message, isPlain ? signature : signature.subarray(8))
  return is === 'good' ? { is, time } : { is }
}

function messageOf({ kind, name }: VerifierKey, text: string, time: number | null): Buffer | null {
  if (time === null) return Buffer.from(text)
  return kind === 'ed25519-cosignature' ? ed25519CosignedMessage(text, time) : mlDsaCosignedMessage(name, text, time)
}
