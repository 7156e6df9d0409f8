import { bech32 } from '@scure/base'
import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface LightningReading {
  readonly identifier: Identifier
  readonly network: 'main' | 'test'
  /** As written in the prefix: `2500u` is 2,500 millionths of a bitcoin; null when the payer chooses. */
  readonly amount: string | null
  /** When the invoice says it was made: seconds since 1970, from its first seven digits. */
  readonly madeAt: number
  /** Hex; the payee proves the payment by what hashes to it. */
  readonly paymentHash: string | null
}

const longest = 4096

/** An invoice of BOLT 11: Bech32 without its limit of 90 characters. */
export function readLightning(written: string): Result<LightningReading, IdentifierRefusal> {
  const text = written.trim().replace(/^lightning:/i, '')
  if (text.length > longest) return refuse('lightning-length', 'longer than any invoice')
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) {
    return refuse('lightning-mixed-case', 'upper and lower case mixed: BIP 173 refuses it')
  }
  const lower = text.toLowerCase()
  const prefix = /^ln(bcrt|bc|tbs|tb)([1-9][0-9]{0,17}[munp]?)?$/.exec(lower.slice(0, lower.lastIndexOf('1')))
  if (prefix === null) return refuse('lightning-prefix', 'no prefix of a Lightning invoice')
  const decoded = bech32.decodeUnsafe(lower, false)
  if (decoded === undefined) return refuse('lightning-checksum', 'the Bech32 checksum does not hold')
  // Seven digits of time before the fields, 104 of signature behind them.
  const { words } = decoded
  if (words.length < 111) return refuse('lightning-short', 'too short for a time and a signature')
  const madeAt = words.slice(0, 7).reduce((sum, word) => sum * 32 + word, 0)
  const [, chain, amount = null] = prefix
  return ok({
    identifier: {
      kind: 'lightning',
      normal: lower,
      strength: 'checksum',
      because: 'Bech32 checksum of a BOLT 11 invoice',
    },
    network: chain === 'bc' ? 'main' : 'test',
    amount,
    madeAt,
    paymentHash: paymentHashOf(words.slice(7, -104)),
  })
}

/** Fields are a type, a length of two digits, and the digits; type 1 with 52 digits is the payment hash. */
function paymentHashOf(fields: readonly number[]): string | null {
  for (let at = 0; at + 3 <= fields.length; ) {
    const length = (fields[at + 1] ?? 0) * 32 + (fields[at + 2] ?? 0)
    if (fields[at] === 1 && length === 52) {
      const bytes = bech32.fromWordsUnsafe(fields.slice(at + 3, at + 55))
      return bytes instanceof Uint8Array && bytes.length === 32 ? Buffer.from(bytes).toString('hex') : null
    }
    at += 3 + length
  }
  return null
}
