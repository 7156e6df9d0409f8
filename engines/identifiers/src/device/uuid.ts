import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

export interface UuidReading {
  readonly identifier: Identifier
  /** RFC 9562 version, or null for the older variants. */
  readonly version: number | null
}

const uuidForm = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{12})\}?$/i

/** RFC 9562. What it names (a file, an account, a device) only its place can tell, so it is weak. */
export function readUuid(written: string): Result<UuidReading, IdentifierRefusal> {
  const match = uuidForm.exec(written.trim())
  if (match === null) return refuse('uuid-form', 'not written as RFC 9562 says')
  const [, text = '', version = '', variant = ''] = match
  if (/^[0-]+$|^[f-]+$/i.test(text)) return refuse('uuid-filler', 'all zeros or all ones name nothing')
  const because = 'form of RFC 9562; it does not say what it names'
  return ok({
    identifier: { kind: 'uuid', normal: text.toLowerCase(), strength: 'weak', because },
    version: /[89ab]/i.test(variant) ? Number.parseInt(version, 16) : null,
  })
}

export interface DeviceIdReading {
  readonly identifier: Identifier
  readonly by: 'advertising' | 'android' | 'apple'
}

/**
 * Names that software gives to a device: the advertising id (IDFA, GAID), Android's SSAID, Apple's UDID. The caller says
 * which, since the form alone does not.
 */
export function readDeviceId(written: string, by: DeviceIdReading['by']): Result<DeviceIdReading, IdentifierRefusal> {
  const text = written.trim().toLowerCase()
  const { form, name, changes } = forms[by]
  if (/^[0-]+$/.test(text)) return refuse('device-id-zero', 'all zeros: the owner switched tracking off')
  if (!form.test(text)) return refuse('device-id-form', `not written like ${name}`)
  // Shared by very many devices of Android 2.2 because of a fault in their firmware.
  if (text === '9774d56d682e549c') return refuse('device-id-shared', 'a faulty id that very many devices share')
  const identifier: Identifier = {
    kind: 'device-id',
    normal: `${by}/${text}`,
    strength: 'form',
    because: `form of ${name}; ${changes}`,
  }
  return ok({ identifier, by })
}

const forms = {
  advertising: {
    form: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    name: 'an advertising id',
    changes: 'the owner can renew it',
  },
  android: { form: /^[0-9a-f]{15,16}$/, name: 'an Android id', changes: 'each app and reset has another' },
  apple: {
    form: /^(?:[0-9a-f]{40}|[0-9a-f]{8}-[0-9a-f]{16})$/,
    name: 'an Apple device id',
    changes: 'it stays with the device',
  },
} as const
