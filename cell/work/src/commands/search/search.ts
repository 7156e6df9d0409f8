import type { search as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { parsePriority, parseState } from '../referrals/decide.ts'
import { readPossibleIdentifiers } from './understand.ts'

/** By number, sender's reference, file hash or identifier. The ledger keeps a keyed token, never the text searched for. */
export const search: Handler<typeof route> = (cell, caller, { body }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'search')
    const understood = readPossibleIdentifiers(body.text)
    const found = new Map<string, { row: Found; because: string }>()
    const add = (rows: readonly Found[], because: (row: Found) => string) => {
      for (const row of rows)
        if (!found.has(row.referral_id)) found.set(row.referral_id, { row, because: because(row) })
    }
    add(await tx.run('search/by_reference', { number: understood.number, reference: body.text }), (row) =>
      row.number === understood.number ? 'its number' : 'the sender’s reference',
    )
    if (understood.hash !== null) {
      add(await tx.run('search/by_hash', understood.hash), () => `a file with this ${understood.hash?.kind}`)
    }
    if (understood.identifiers.length > 0) {
      const rows = await tx.run('search/by_token', {
        kinds: understood.identifiers.map(({ kind }) => kind),
        tokens: understood.identifiers.map(({ kind, normal }) => tx.vault.token(kind, normal)),
      })
      for (const row of rows) add([row], () => `it mentions this ${row.kind}`)
    }
    tx.record('search', {
      token: tx.vault.token('search', body.text).toString('hex'),
      referrals: [...found.keys()],
    })
    return {
      understoodAs: [
        ...(understood.number === null ? [] : [{ kind: 'referral number', normal: String(understood.number) }]),
        ...(understood.hash === null
          ? []
          : [{ kind: understood.hash.kind, normal: understood.hash.value.toString('hex') }]),
        ...understood.identifiers,
      ],
      referrals: [...found.values()].map(({ row, because }) => ({
        id: row.referral_id,
        number: row.number,
        state: parseState(row.state),
        priority: parsePriority(row.effective_priority),
        sender: row.sender,
        receivedAt: row.received_at,
        because,
      })),
    }
  })

interface Found {
  readonly referral_id: string
  readonly number: number
  readonly state: string
  readonly effective_priority: string
  readonly sender: string
  readonly received_at: string
}
