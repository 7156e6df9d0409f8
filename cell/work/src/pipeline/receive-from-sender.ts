import { Refusal } from '@tandem/core'
import type { Cell } from '../cell.ts'
import { type Receipt, receiveDelivery } from './receive.ts'

/** The endpoint for senders: the key tells who delivers and to which agency's lane. */
export async function receiveFromSender(
  cell: Cell,
  apiKey: Buffer,
  given: { readonly idempotencyKey: string; readonly name: string },
  stream: AsyncIterable<Uint8Array>,
): Promise<Receipt> {
  const [sender] = await cell.store.gate('gate/sender_of', { api_key: apiKey })
  if (sender === undefined) throw new Refusal('TANDEM-AUTH-001')
  return receiveDelivery(cell, { lane: sender.lane_id, sender: sender.sender_id, ...given }, stream)
}
