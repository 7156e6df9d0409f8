import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { type SignatureKind, type VerifierKey, verifierKey } from './key.ts'
import { type NoteSignature, writeNote } from './note.ts'
import { ed25519CosignedMessage, mlDsaCosignedMessage, u64 } from './signed-message.ts'

/** Signs the text of a note; `time` in seconds since 1970 goes into cosignatures, other kinds leave it out. */
export interface NoteSigner {
  readonly key: VerifierKey
  sign(text: string, time: number): NoteSignature
}

/** The key pair stays with the caller; an HSM can stand behind the same two members. */
export function noteSigner(name: string, kind: Exclude<SignatureKind, 'ecdsa'>, privateKey: KeyObject): NoteSigner {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const key = verifierKey(name, kind, spki.subarray(kind === 'ml-dsa-44-cosignature' ? -1312 : -32))
  return {
    key,
    sign(text, time) {
      const message =
        kind === 'ed25519'
          ? Buffer.from(text)
          : kind === 'ed25519-cosignature'
            ? ed25519CosignedMessage(text, time)
            : mlDsaCosignedMessage(name, text, time)
      if (message === null) throw new TypeError('an ML-DSA-44 cosigner signs checkpoints only')
      const raw = sign(null, message, privateKey)
      return { name, id: key.id, bytes: kind === 'ed25519' ? raw : Buffer.concat([u64(time), raw]) }
    },
  }
}

export const signNote = (text: string, signers: readonly NoteSigner[], time: number): string =>
  writeNote({ text, signatures: signers.map((signer) => signer.sign(text, time)) })
