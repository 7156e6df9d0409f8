import type { Committed } from '@tandem/blind'
import type { Json } from '@tandem/core'
import { commit, type LedgerOpening } from '@tandem/core/ledger-entry'
import { entryHash, isIncluded, openNote, readCheckpoint, readTlogProof, type VerifierKey } from '@tandem/ledger'
import type { Recorded, Store } from '@tandem/store'
import { z } from 'zod'
import { parseLeaf } from '../commands/ledger/check.ts'
import { covering, proveEntry } from '../log/prove.ts'
import type { Sequencer } from '../log/sequencer.ts'

/** The words of the ledger for a list that is fixed: both sides write the same ones. */
export const COMMIT = 'deconfliction.commit'
export const commitObject = ({ run, side, size, root }: Omit<Committed, 'receipt' | 'version'>): Json => ({
  root,
  run,
  side,
  size,
})

const form = z.strictObject({
  leaf: z.string(),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  proof: z.string(),
})

/**
 * A proof that the entry stands in the agency's own log: its leaf, what opens verb and object, and the way to a signed
 * checkpoint (C2SP tlog-proof). The other fields stay closed: they are ids of authority and purpose, the same in all that is
 * done under them. Waits until the sequencer has given the entry its place; null when it does not in time.
 */
export async function receiptOf(
  store: Store,
  ledger: Sequencer,
  agency: string,
  { entry, opening, leaf }: Recorded,
  milliseconds = 20_000,
): Promise<string | null> {
  for (const until = Date.now() + milliseconds; ; ) {
    await ledger.turn()
    const [place, log] = await store.log(async (run) => {
      const [row] = await run('log/place_of', { agency_id: agency, entry_id: entry })
      return [row, (await run('log/all', {})).find((each) => each.agency_id === agency)] as const
    })
    const folder = ledger.folderOf(agency)
    const by = log === undefined || place === undefined ? null : covering(log, place.index)
    if (by !== null && folder !== null && place?.index != null) {
      const { included, text } = proveEntry(folder, leaf, place.index, by)
      if (!included || text === null) return null
      return JSON.stringify({
        leaf: leaf.toString('base64'),
        salt: Buffer.from(opening.salt).toString('hex'),
        proof: text,
      } satisfies z.output<typeof form>)
    }
    if (Date.now() > until) return null
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whether this very list stands in the log that has these keys. Anything that does not fit is no. */
export const isReceipt = (committed: Committed, logKeys: readonly VerifierKey[]): boolean =>
  isProofOf({ verb: COMMIT, object: commitObject(committed) }, committed.receipt, logKeys)

/** Whether the log that has these keys holds an entry that says exactly this. */
export function isProofOf(
  says: Pick<LedgerOpening, 'verb' | 'object'>,
  receipt: string,
  logKeys: readonly VerifierKey[],
): boolean {
  let given: unknown
  try {
    given = JSON.parse(receipt)
  } catch {
    return false
  }
  const read = form.safeParse(given)
  if (!read.success) return false
  const { salt, proof } = read.data
  const bytes = Buffer.from(read.data.leaf, 'base64')
  const leaf = parseLeaf(bytes)
  const opens = (field: 'verb' | 'object'): boolean =>
    leaf?.commitments[field] === commit(Buffer.from(salt, 'hex'), field, says[field])
  if (!opens('verb') || !opens('object')) return false
  const way = readTlogProof(proof)
  if (!way.ok) return false
  const { index, hashes, checkpoint: note } = way.value
  const opened = openNote(note, logKeys)
  if (!opened.ok || opened.value.signedBy.length === 0) return false
  const checkpoint = readCheckpoint(opened.value.text)
  if (!checkpoint.ok || !logKeys.some(({ name }) => name === checkpoint.value.origin)) return false
  return isIncluded(index, entryHash(bytes), checkpoint.value.size, checkpoint.value.root, [...hashes])
}
