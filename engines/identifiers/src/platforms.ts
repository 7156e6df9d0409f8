/** What a platform's public help pages say about its names. Patterns are linear and test the whole text. */
export interface PlatformRule {
  /** Whether `Bob` and `bob` are the same user name there. Ids are never folded. */
  readonly caseRule: 'insensitive' | 'sensitive'
  readonly username?: RegExp
  readonly id?: RegExp
  readonly otherNames: readonly string[]
}

const digits = /^[0-9]{1,20}$/

export const platformRules: ReadonlyMap<string, PlatformRule> = new Map<string, PlatformRule>([
  [
    'discord',
    {
      caseRule: 'insensitive',
      username: /^(?:[a-z0-9_.]{2,32}|.{2,32}#[0-9]{4})$/iu,
      id: /^[0-9]{17,20}$/,
      otherNames: ['discord inc'],
    },
  ],
  [
    'facebook',
    {
      caseRule: 'insensitive',
      username: /^[a-z0-9.]{5,50}$/i,
      id: digits,
      otherNames: ['fb', 'facebook messenger', 'messenger'],
    },
  ],
  [
    'instagram',
    { caseRule: 'insensitive', username: /^[a-z0-9._]{1,30}$/i, id: digits, otherNames: ['ig', 'instagram direct'] },
  ],
  ['kik', { caseRule: 'insensitive', username: /^[a-z0-9_.]{2,30}$/i, otherNames: ['kik messenger'] }],
  [
    'reddit',
    { caseRule: 'insensitive', username: /^[a-z0-9_-]{3,20}$/i, id: /^(?:t2_)?[a-z0-9]{1,13}$/, otherNames: [] },
  ],
  ['roblox', { caseRule: 'insensitive', username: /^[a-z0-9_]{3,20}$/i, id: digits, otherNames: [] }],
  ['session', { caseRule: 'sensitive', id: /^05[0-9a-f]{64}$/, otherNames: ['session messenger'] }],
  ['skype', { caseRule: 'insensitive', username: /^(?:live:)?[a-z0-9.,_:-]{2,64}$/i, otherNames: [] }],
  ['snapchat', { caseRule: 'insensitive', username: /^[a-z][a-z0-9_.-]{2,14}$/i, otherNames: ['snap', 'snap inc'] }],
  ['steam', { caseRule: 'insensitive', username: /^[a-z0-9_-]{2,32}$/i, id: /^7656119[0-9]{10}$/, otherNames: [] }],
  [
    'telegram',
    {
      caseRule: 'insensitive',
      username: /^[a-z][a-z0-9_]{3,31}$/i,
      id: /^-?[0-9]{1,20}$/,
      otherNames: ['tg', 'telegram messenger'],
    },
  ],
  ['tiktok', { caseRule: 'insensitive', username: /^[a-z0-9_.]{2,24}$/i, id: digits, otherNames: ['tik tok'] }],
  ['twitch', { caseRule: 'insensitive', username: /^[a-z0-9_]{3,25}$/i, id: digits, otherNames: ['twitch.tv'] }],
  ['wickr', { caseRule: 'insensitive', username: /^[a-z0-9_.-]{2,20}$/i, otherNames: ['wickr me'] }],
  ['x', { caseRule: 'insensitive', username: /^[a-z0-9_]{1,15}$/i, id: digits, otherNames: ['twitter'] }],
  // Channel ids are case-sensitive; handles are not.
  [
    'youtube',
    { caseRule: 'insensitive', username: /^[\p{L}\p{N}._·-]{3,30}$/u, id: /^UC[A-Za-z0-9_-]{22}$/, otherNames: ['yt'] },
  ],
  // Written without its leading @ and with its server: `name:server.example` (Matrix specification, user identifiers).
  [
    'matrix',
    {
      caseRule: 'sensitive',
      username: /^[a-z0-9._=/+-]{1,200}:[a-z0-9.-]{1,200}(?::[0-9]{1,5})?$/,
      otherNames: ['element', 'riot.im'],
    },
  ],
  // A key of 64 hex digits, or the whole id of 76 with its checksum.
  ['tox', { caseRule: 'sensitive', id: /^(?:[0-9a-f]{64}|[0-9a-f]{76})$/, otherNames: ['qtox', 'tox chat'] }],
  ['threema', { caseRule: 'sensitive', id: /^[*A-Z0-9][A-Z0-9]{7}$/, otherNames: [] }],
  [
    'vk',
    {
      caseRule: 'insensitive',
      username: /^[a-z][a-z0-9_.]{4,31}$/i,
      id: digits,
      otherNames: ['vkontakte'],
    },
  ],
  [
    'github',
    { caseRule: 'insensitive', username: /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,38}$/i, id: digits, otherNames: [] },
  ],
  // `jabber` is the old name of the protocol; the name is an address like that of a mail.
  [
    'xmpp',
    { caseRule: 'insensitive', username: /^[^\s@]{1,200}@[a-z0-9.-]{1,200}$/i, otherNames: ['jabber', 'jabber/xmpp'] },
  ],
])
