import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface TransactionReading {
  readonly identifier: Identifier
  /** `0x` before it is the habit of Ethereum; others write the digits alone. */
  readonly chain: 'ethereum' | null
}

/**
 * The name of a transaction: 32 bytes in hex, the same form as a SHA-256. So it is weak until the text around it calls
 * it a transaction, which the caller says by `isNamed`.
 */
export function readTransaction(written: string, isNamed = false): Result<TransactionReading, IdentifierRefusal> {
  const text = written.trim()
  const digits = /^(0x)?([0-9a-fA-F]{64})$/.exec(text)
  if (digits === null) return refuse('transaction-form', 'not 64 hex digits')
  const [, mark, hex = ''] = digits
  if (/^(.)\1*$/.test(hex)) return refuse('transaction-filler', 'one digit repeated names no transaction')
  const identifier: Identifier = {
    kind: 'transaction',
    normal: hex.toLowerCase(),
    strength: isNamed ? 'form' : 'weak',
    because: isNamed ? '64 hex digits, called a transaction' : '64 hex digits: a transaction, or a SHA-256',
  }
  return ok({ identifier, chain: mark === undefined ? null : 'ethereum' })
}
