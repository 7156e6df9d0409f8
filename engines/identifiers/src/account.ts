import { err, ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from './identifier.ts'
import { type PlatformRule, platformRules } from './platforms.ts'
import { hasControl } from './text.ts'

export { type PlatformRule, platformRules } from './platforms.ts'

export interface AccountReading {
  readonly identifier: Identifier
  /** Key of the platform: lower case, known other names folded (`twitter` is `x`). */
  readonly platform: string
  /** The platform stands in our table, so its case rule is known. */
  readonly knownPlatform: boolean
  readonly by: 'id' | 'username'
}

/**
 * An account is a platform and an id or a user name on it: `snapchat|username/test_user`. Names are reused across
 * people and platforms, so there is no account without its platform, and id and user name are different keys.
 * Case is folded only where the platform's rule says so; on an unknown platform `Bob` and `bob` stay two.
 */
export function readAccount(
  platform: string,
  by: 'id' | 'username',
  written: string,
): Result<AccountReading, IdentifierRefusal> {
  const key = platformKey(platform)
  if (key === '') return refused('account-platform', 'no platform is named: a user name alone identifies nobody')
  if (key.length > 256) return refused('account-platform', 'the name of the platform is too long')
  const rule = platformRules.get(key)
  const handle = withoutMark(written.trim().normalize('NFC'), by)
  if (handle === '') return refused('account-empty', 'the account has no id or name')
  if (handle.length > 512) return refused('account-too-long', 'longer than 512 characters')
  if (hasControl(handle) || hasControl(key) || !handle.isWellFormed() || !key.isWellFormed()) {
    return refused('account-control', 'a control character or half a character in the name')
  }
  const fits = fitsRule(rule, by, handle)
  const compared = by === 'username' && rule?.caseRule === 'insensitive' ? handle.toLowerCase() : handle
  const identifier: Identifier = {
    kind: 'account',
    normal: `${escaped(key)}|${by}/${compared}`,
    strength: fits === 'yes' ? 'form' : 'weak',
    because: reasons[fits],
  }
  return ok({ identifier, platform: key, knownPlatform: rule !== undefined, by })
}

const reasons = {
  yes: 'form fits the platform',
  no: 'form does not fit what the platform allows',
  unknown: 'platform without a known form',
}

function fitsRule(rule: PlatformRule | undefined, by: 'id' | 'username', handle: string): 'yes' | 'no' | 'unknown' {
  const pattern = by === 'id' ? rule?.id : rule?.username
  if (pattern === undefined) return 'unknown'
  return pattern.test(handle) ? 'yes' : 'no'
}

/** Lower case, one blank between words, `www.` and `.com` dropped, known other names folded. */
export function platformKey(written: string): string {
  const plain = written
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^www\./, '')
    .replace(/\.com$/, '')
  for (const [key, rule] of platformRules) if (rule.otherNames.includes(plain)) return key
  return plain
}

const withoutMark = (text: string, by: 'id' | 'username'): string =>
  by === 'username' && text.startsWith('@') ? text.slice(1) : text

/** The first `|` ends the platform, so none may stand in it. */
const escaped = (key: string): string => key.replace(/[%|]/g, (mark) => (mark === '%' ? '%25' : '%7C'))

const refused = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
