import type { ResponseOf, receive } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Transaction } from '@tandem/store'
import type { Cell } from '../cell.ts'
import { parseDeliveryState } from '../presenters/delivery.ts'
import { readingBox } from '../reading/index.ts'
import { sealText } from '../sealed.ts'

export type Receipt = ResponseOf<typeof receive>

export interface Arrival {
  readonly lane: string
  readonly sender: string
  readonly idempotencyKey: string
  readonly name: string
}

const CHUNK_BYTES = 1024 * 1024

/**
 * Bytes are hashed and guarded while they stream; media never reaches this function's memory as a whole, a disk or
 * the database. One transaction stores payload, digests, delivery key and the job; the receipt comes after its commit.
 */
export async function receiveDelivery(
  cell: Cell,
  arrival: Arrival,
  stream: AsyncIterable<Uint8Array>,
): Promise<Receipt> {
  const outcome = await readingBox.guard(stream, cell.limits.deliveryBytes)
  const digest = Buffer.from(outcome.originalSha256, 'hex')
  return cell.store.within(
    { kind: 'lane', lane: arrival.lane },
    async (tx) => {
      const lock = tx.run('delivery/lock', {
        key: `${arrival.lane} ${arrival.sender} ${arrival.idempotencyKey}`,
        sha256: digest,
      })
      const sameBytes =
        outcome.refusal === null && tx.run('delivery/by_digest', { sha256: digest, sender_id: arrival.sender })
      const [, earlier, repeated] = await Promise.all([lock, alreadyDelivered(tx, arrival, digest), sameBytes])
      if (earlier !== null) return earlier
      const delivery = newId()
      const operation = tx.standing.operation
      if (operation === null) throw new Refusal('TANDEM-STATE-002', 'the lane belongs to no operation')
      const [first] = repeated || []
      const state =
        outcome.refusal !== null
          ? 'refused'
          : first !== undefined
            ? 'repeat'
            : tx.standing.authorised && tx.standing.purposed
              ? 'received'
              : 'awaiting authority'
      const keyed = tx.vault.create(operation, [delivery])
      const inserted = tx.one('delivery/insert', {
        delivery_id: delivery,
        operation_id: operation,
        lane_id: arrival.lane,
        sender_id: arrival.sender,
        idempotency_key: arrival.idempotencyKey,
        name_sealed: sealText(tx, delivery, 'delivery', 'name_sealed', delivery, arrival.name),
        sha256: digest,
        length: outcome.originalLength,
        container: outcome.container,
        stripped: JSON.stringify(
          outcome.stripped.map(({ place, sha256, length, type, why }) => ({ place, sha256, length, type, why })),
        ),
        state,
        repeat_of: first?.delivery_id ?? null,
        reason_code: outcome.refusal?.code ?? null,
        reason: outcome.refusal?.says ?? null,
      })
      const isNew = outcome.refusal === null && first === undefined
      const [{ received_at }] = await Promise.all([
        inserted,
        keyed,
        isNew && storePayload(tx, operation, delivery, outcome.guarded),
        isNew && tx.run('job/insert', { job_id: newId(), kind: 'read delivery', subject_id: delivery }),
        tx.run('outbox/add', { operation_id: operation, topic: 'delivery', subject_id: delivery }),
      ])
      tx.record('delivery.receive', {
        delivery,
        lane: arrival.lane,
        sha256: outcome.originalSha256,
        state,
        stripped: outcome.stripped.length,
      })
      return {
        delivery,
        receivedAt: received_at,
        sha256: outcome.originalSha256,
        length: outcome.originalLength,
        state,
        repeatOf: first?.delivery_id ?? null,
        stripped: outcome.stripped.length,
        reason: outcome.refusal === null ? null : { code: outcome.refusal.code, says: outcome.refusal.says },
      }
    },
    { reach: 'frame' },
  )
}

/** The same key again: the same receipt for the same bytes, a refusal for others. */
async function alreadyDelivered(tx: Transaction, arrival: Arrival, digest: Buffer): Promise<Receipt | null> {
  const [row] = await tx.run('delivery/by_key', {
    lane_id: arrival.lane,
    sender_id: arrival.sender,
    idempotency_key: arrival.idempotencyKey,
  })
  if (row === undefined) return null
  if (!row.original_sha256.equals(digest)) throw new Refusal('TANDEM-STATE-003')
  return {
    delivery: row.delivery_id,
    receivedAt: row.received_at,
    sha256: digest.toString('hex'),
    length: row.original_length,
    state: parseDeliveryState(row.state),
    repeatOf: row.repeat_of,
    stripped: row.stripped,
    reason: row.reason_code === null ? null : { code: row.reason_code, says: row.reason ?? '' },
  }
}

async function storePayload(tx: Transaction, operation: string, delivery: string, guarded: Uint8Array): Promise<void> {
  for (let number = 0; number * CHUNK_BYTES < Math.max(guarded.length, 1); number++) {
    const chunk = guarded.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)
    await tx.run('delivery/add_chunks', {
      operation_id: operation,
      delivery_id: delivery,
      numbers: [number],
      chunks: [tx.vault.seal(chunkPlace(delivery, number), chunk)],
    })
  }
}

export async function loadPayload(tx: Transaction, delivery: string): Promise<Buffer> {
  const [rows] = await Promise.all([tx.run('delivery/chunks', { delivery_id: delivery }), tx.vault.unlock([delivery])])
  return Buffer.concat(rows.map((row) => tx.vault.open(chunkPlace(delivery, row.number), row.bytes_sealed)))
}

const chunkPlace = (delivery: string, number: number) => ({
  record: delivery,
  table: 'payload_chunk',
  column: 'bytes_sealed',
  row: `${delivery}/${number}`,
})
