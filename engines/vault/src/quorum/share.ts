import { createHash } from 'node:crypto'
import { bech32m } from '@scure/base'
import { err, ok, type Result } from '@tandem/core'

/** One officer's share as it is written down and typed in again. */
export interface Share {
  /** Which splitting it belongs to: 32 hex digits. */
  readonly quorum: string
  readonly bytes: Uint8Array
}

const prefix = 'tandem-share'
const version = 1
const idLength = 16

/** `tandem-share1…`: bech32m (BIP 350) over version, quorum and share, so that a slip of the pen is noticed. */
export function writeShare({ quorum, bytes }: Share): string {
  const id = Buffer.from(quorum, 'hex')
  if (id.length !== idLength) throw new TypeError('a quorum is named by 16 bytes in hex')
  return bech32m.encode(prefix, bech32m.toWords(Buffer.concat([Buffer.of(version), id, bytes])), false)
}

export function readShare(text: string): Result<Share, string> {
  // People write in groups and lines; bech32m has neither.
  const plain = text.replace(/\s+/g, '').toLowerCase()
  if (!plain.startsWith(`${prefix}1`)) return err('A share begins with tandem-share1.')
  try {
    const bytes = Buffer.from(
      bech32m.fromWords(bech32m.decode(`${prefix}1${plain.slice(prefix.length + 1)}`, false).words),
    )
    if (bytes[0] !== version || bytes.length < 1 + idLength + 2)
      return err('This share is of a newer kind, or too short.')
    return ok({ quorum: bytes.toString('hex', 1, 1 + idLength), bytes: bytes.subarray(1 + idLength) })
  } catch {
    return err('This share has a slip in it: compare it character by character.')
  }
}

/** Tells whose share it is without telling the share, which is as long as the secret and as random. */
export const shareDigest = (share: Share): string => createHash('sha256').update(writeShare(share)).digest('hex')
