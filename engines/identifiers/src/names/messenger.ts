import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface MessengerReading {
  readonly identifier: Identifier
  readonly platform: 'session' | 'tox'
}

/** Messengers whose accounts are keys: Session (05 and a key, 66 hex digits) and Tox (76 hex digits with a checksum). */
export function readMessengerId(written: string): Result<MessengerReading, IdentifierRefusal> {
  const text = written.trim().replace(/^tox:/i, '').toLowerCase()
  if (!/^[0-9a-f]+$/.test(text)) return refuse('messenger-form', 'not written in hex')
  if (text.length === 76) return tox(text)
  if (text.length !== 66) return refuse('messenger-length', 'a Session id has 66 hex digits, a Tox id 76')
  if (!text.startsWith('05')) return refuse('messenger-prefix', 'a Session id begins with 05')
  const identifier: Identifier = {
    kind: 'account',
    normal: `session|id/${text}`,
    strength: 'form',
    because: '05 and 64 hex digits, the form of a Session id',
  }
  return ok({ identifier, platform: 'session' })
}

/** Key of 32 bytes, a number of 4 that its owner can change, and two bytes that are all others folded by exclusive or. */
function tox(text: string): Result<MessengerReading, IdentifierRefusal> {
  const bytes = Buffer.from(text, 'hex')
  let even = 0
  let odd = 0
  for (const [at, byte] of bytes.entries()) {
    if (at % 2 === 0) even ^= byte
    else odd ^= byte
  }
  // With the checksum among them the folded bytes cancel out.
  if (even !== 0 || odd !== 0) return refuse('messenger-checksum', 'the checksum of the Tox id does not hold')
  if (/^(.)\1*$/.test(text)) return refuse('messenger-filler', 'one digit repeated names nobody')
  const identifier: Identifier = {
    kind: 'account',
    normal: `tox|id/${text}`,
    strength: 'checksum',
    because: 'checksum of a Tox id; its first 64 digits stay when the owner changes the rest',
    also: [`tox|id/${text.slice(0, 64)}`],
  }
  return ok({ identifier, platform: 'tox' })
}
