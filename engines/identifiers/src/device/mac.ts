import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface MacReading {
  readonly identifier: Identifier
  /** First three bytes name the maker, unless the address was made up. */
  readonly maker: string | null
  /** The bit for "locally administered" (IEEE 802) is set: phones make up a new address for each network. */
  readonly locallyAdministered: boolean
}

export function readMac(written: string): Result<MacReading, IdentifierRefusal> {
  const text = written.trim()
  const fits =
    /^[0-9a-f]{2}(?:(:|-)[0-9a-f]{2}(?:\1[0-9a-f]{2}){4})$/i.test(text) ||
    /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i.test(text) ||
    /^[0-9a-f]{12}$/i.test(text)
  if (!fits) return refuse('mac-form', 'not six bytes in hex')
  const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase()
  if (/^(?:0{12}|f{12})$/.test(digits)) return refuse('mac-filler', 'all zeros or all ones name no device')
  const first = Number.parseInt(digits.slice(0, 2), 16)
  if ((first & 1) === 1) return refuse('mac-group', 'a group address, which many devices listen to')
  const locallyAdministered = (first & 2) === 2
  const identifier: Identifier = {
    kind: 'mac',
    normal: (digits.match(/../g) ?? []).join(':'),
    strength: locallyAdministered ? 'weak' : 'form',
    because: locallyAdministered
      ? 'six bytes, locally administered: made up by software and no sure sign of a device'
      : 'six bytes with the prefix of a maker',
  }
  return ok({ identifier, maker: locallyAdministered ? null : digits.slice(0, 6), locallyAdministered })
}
