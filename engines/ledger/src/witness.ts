import { readCount, readHash } from './note/base64.ts'
import { type Checkpoint, readCheckpoint } from './note/checkpoint.ts'
import type { VerifierKey } from './note/key.ts'
import { readNote, writeSignatureLine } from './note/note.ts'
import { openNote } from './note/open-note.ts'
import type { NoteSigner } from './note/signer.ts'
import { isConsistent, isEmptyRoot } from './tree/proof.ts'

/** What a witness remembers of one log: whose signatures it trusts, and the last tree it cosigned. */
export interface WitnessedLog {
  readonly keys: readonly VerifierKey[]
  readonly latest: { readonly size: number; readonly root: Uint8Array } | null
}

/** An HTTP answer; `latest` must be on disk, by compare and set, before the answer leaves (tlog-witness 1.0). */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType: string
  readonly body: string
  readonly latest: { readonly origin: string; readonly size: number; readonly root: Uint8Array } | null
  /** What an operator should hear: null when all is well, or the client only came with an old size. */
  readonly alarm: string | null
}

const mostProofLines = 63

/** C2SP tlog-witness 1.0, add-checkpoint. `logs` finds what is remembered by origin; `time` in seconds since 1970. */
export function addCheckpoint(
  body: string,
  logs: (origin: string) => WitnessedLog | null,
  signers: readonly NoteSigner[],
  time: number,
): WitnessAnswer {
  const request = readRequest(body)
  if (request === null) return answer(400, 'The request cannot be read.\n')
  const { oldSize, proof, note, checkpoint } = request
  const { origin, size, root } = checkpoint
  const log = logs(origin)
  if (log === null) return answer(404, 'This log is not known here.\n')
  const opened = openNote(note, log.keys)
  if (!opened.ok || opened.value.signedBy.length === 0) return answer(403, 'No signature of the log holds.\n')

  const known = log.latest?.size ?? 0
  const alarm = size < known ? `${origin} shows ${size} entries, after ${known}: a rollback.` : null
  if (oldSize > size) return answer(400, 'The old size is greater than that of the checkpoint.\n', alarm)
  if (oldSize !== known) return { ...answer(409, `${known}\n`, alarm), contentType: 'text/x.tlog.size' }
  const inconsistent = (says: string): WitnessAnswer => answer(422, `${says}\n`, `${origin}: ${says}`)
  if (size === 0 && !isEmptyRoot(root)) return inconsistent('The root of an empty tree is wrong.')
  if (oldSize === 0) {
    if (proof.length > 0) return inconsistent('Nothing is to be proved from an empty tree.')
  } else if (log.latest !== null && !isConsistent(oldSize, log.latest.root, size, root, proof)) {
    const says =
      size === oldSize ? 'Another root at the same size: a fork.' : 'The proof does not hold: a fork, or a bad proof.'
    return inconsistent(says)
  }
  const lines = signers.map((signer) => writeSignatureLine(signer.sign(opened.value.text, time)))
  return { ...answer(200, lines.join('')), latest: { origin, size, root } }
}

const answer = (status: WitnessAnswer['status'], body: string, alarm: string | null = null): WitnessAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
  latest: null,
  alarm,
})

interface WitnessRequest {
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  readonly note: string
  readonly checkpoint: Checkpoint
}

/** The body that a log sends to a witness. */
export const writeWitnessRequest = (oldSize: number, proof: readonly Uint8Array[], note: string): string =>
  `old ${oldSize}\n${proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')}\n${note}`

function readRequest(body: string): WitnessRequest | null {
  const cut = body.indexOf('\n\n')
  if (cut < 0) return null
  const [first = '', ...lines] = body.slice(0, cut).split('\n')
  const oldSize = first.startsWith('old ') ? readCount(first.slice(4)) : null
  const proof = lines.map(readHash)
  const note = body.slice(cut + 2)
  const read = readNote(note)
  const checkpoint = read.ok ? readCheckpoint(read.value.text) : read
  if (oldSize === null || lines.length > mostProofLines || !checkpoint.ok) return null
  if (!proof.every((hash) => hash !== null)) return null
  return { oldSize, proof, note, checkpoint: checkpoint.value }
}
