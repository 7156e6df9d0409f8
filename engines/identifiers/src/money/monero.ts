import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58xmr } from '@scure/base'
import { ok, type Result } from '@tandem/core'
import type { IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import { base58Bytes } from './base58.ts'
import type { WalletReading } from './wallet.ts'

/** First byte: network and form, as `cryptonote_config.h` of Monero defines them. */
const networks: ReadonlyMap<number, readonly [name: string, network: 'main' | 'test', form: string]> = new Map([
  [18, ['monero', 'main', 'standard']],
  [19, ['monero', 'main', 'integrated']],
  [42, ['monero', 'main', 'subaddress']],
  [53, ['monero-testnet', 'test', 'standard']],
  [54, ['monero-testnet', 'test', 'integrated']],
  [63, ['monero-testnet', 'test', 'subaddress']],
  [24, ['monero-stagenet', 'test', 'standard']],
  [25, ['monero-stagenet', 'test', 'integrated']],
  [36, ['monero-stagenet', 'test', 'subaddress']],
])

/** Two public keys (and a payment id of 8 bytes when integrated), the last four bytes the start of their Keccak. */
export function readMonero(text: string): Result<WalletReading, IdentifierRefusal> {
  if (text.length !== 95 && text.length !== 106) {
    return refuse('wallet-length', 'a Monero address has 95 characters, an integrated one 106')
  }
  const bytes = base58Bytes(text, 'base58xmr')
  if (bytes === null) return refuse('wallet-form', 'not written in the blocks of Monero')
  const sum = keccak_256(bytes.subarray(0, -4))
  if (!bytes.subarray(-4).every((byte, at) => byte === sum[at])) {
    return refuse('wallet-checksum', 'the checksum of the address does not hold')
  }
  const [name, network, form] = networks.get(bytes[0] ?? -1) ?? []
  if (name === undefined || network === undefined || form === undefined) {
    return refuse('wallet-version', 'the checksum holds, but Monero has no network of this number')
  }
  if (bytes.length !== (form === 'integrated' ? 77 : 69)) {
    return refuse('wallet-length', 'the length does not fit the form of the address')
  }
  const also = form === 'integrated' ? { also: [`${name}:${standardOf(bytes)}`] } : {}
  return ok({
    identifier: {
      kind: 'wallet',
      normal: `${name}:${text}`,
      strength: 'checksum',
      because: `Keccak checksum, monero ${form}${network === 'main' ? '' : ' of a test network'}`,
      ...also,
    },
    chain: 'monero',
    network,
    form,
  })
}

/** The same two keys without the payment id: the wallet that an integrated address pays into. */
function standardOf(integrated: Uint8Array): string {
  const payload = Uint8Array.of((integrated[0] ?? 0) - 1, ...integrated.subarray(1, 65))
  return base58xmr.encode(Uint8Array.of(...payload, ...keccak_256(payload).subarray(0, 4)))
}
