import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

/** `@name` without a platform. Many people have the same name on other platforms, so this is no account. */
export function readHandle(written: string): Result<{ readonly identifier: Identifier }, IdentifierRefusal> {
  const name = written.trim().replace(/^@/, '').normalize('NFC')
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]{1,31}$/u.test(name)) {
    return refuse('handle-form', 'not 2 to 32 letters, digits, dots, hyphens and underscores')
  }
  const because = 'a name after @; no platform is named, and names are reused across platforms'
  return ok({ identifier: { kind: 'handle', normal: name.toLowerCase(), strength: 'weak', because } })
}
