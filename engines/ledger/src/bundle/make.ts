import { writeCheckpoint } from '../note/checkpoint.ts'
import { type NoteSigner, signNote } from '../note/signer.ts'
import { entryHash } from '../tree/hash.ts'
import { type Bundle, bundleFormat, sealedBytes } from './form.ts'

/** Seals what leaves. All signers bear one name, which the reader finds among the keys that may seal. */
export function sealBundle(
  content: Omit<Bundle, 'format' | 'seal'>,
  signers: readonly NoteSigner[],
  time: number,
): Bundle {
  const origin = signers[0]?.key.name
  if (origin === undefined || signers.some(({ key }) => key.name !== origin))
    throw new TypeError('a bundle is sealed by the keys of one name')
  const open: Bundle = { format: bundleFormat, ...content, seal: '' }
  const root = entryHash(sealedBytes(open))
  return { ...open, seal: signNote(writeCheckpoint({ origin, size: 1, root }), signers, time) }
}

/** The part of a tlog-proof that stands with a record: everything above the checkpoint. */
export const proofHead = (tlogProof: string): string => tlogProof.slice(0, tlogProof.indexOf('\n\n') + 1)
