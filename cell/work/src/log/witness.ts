import { addCheckpoint, emptyRoot, type NoteSigner, type VerifierKey, type WitnessAnswer } from '@tandem/ledger'
import type { Store } from '@tandem/store'

/** Whose checkpoints a witness cosigns: the keys of each log by its origin. */
export type KnownLogs = ReadonlyMap<string, readonly VerifierKey[]>

/**
 * The witness of an agency answers `add-checkpoint` (C2SP tlog-witness). What it remembers is on disk before its signature
 * leaves, and requests about one log wait for each other: out of one memory there is one answer.
 */
export async function answerAsWitness(
  store: Store,
  agency: string,
  signers: readonly NoteSigner[],
  known: KnownLogs,
  body: string,
): Promise<WitnessAnswer> {
  const origin = originIn(body)
  const keys = known.get(origin)
  // Anybody may knock, and only what a known log has signed is worth a transaction: measured by a memory of everything it
  // alarms, and what cannot be read or bears no signature of the log does not.
  const first = addCheckpoint(body, () => (keys === undefined ? null : { keys, latest: everything }), [], 0)
  if (keys === undefined || first.alarm === null) return first
  return store.log(async (run) => {
    await run('log/turn', { what: `witness ${agency} ${origin}` })
    const [latest] = await run('log/witnessed', { agency_id: agency, origin })
    const log = { keys, latest: latest ?? null }
    const answer = addCheckpoint(body, (named) => (named === origin ? log : null), signers, seconds())
    if (answer.latest === null) return answer
    const { size, root } = answer.latest
    const remembered = await run('log/witness', {
      agency_id: agency,
      origin,
      old_size: latest?.size ?? 0,
      size,
      root: Buffer.from(root),
    })
    if (remembered.length === 0) throw new Error(`the witness memory of ${origin} changed while it was read`)
    return answer
  })
}

const everything = { size: Number.MAX_SAFE_INTEGER, root: emptyRoot }

/** The first line of the note, which stands behind the first empty line. */
function originIn(body: string): string {
  const cut = body.indexOf('\n\n')
  return cut < 0 ? '' : (body.slice(cut + 2).split('\n', 1)[0] ?? '')
}

export const seconds = (): number => Math.floor(Date.now() / 1000)
