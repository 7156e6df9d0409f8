import type { Result } from '@tandem/core'
import { type AccountReading, readAccount } from '../account.ts'
import type { IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'

interface Profile {
  readonly platform: string
  readonly path: RegExp
  readonly by?: 'id' | 'username'
}

const name = (platform: string, path: RegExp, by?: 'id' | 'username'): Profile => ({
  platform,
  path,
  ...(by === undefined ? {} : { by }),
})

/** Where a platform's own addresses hold the name. Paths that are pages of the platform stand in `notNames`. */
const profiles: ReadonlyMap<string, readonly Profile[]> = new Map([
  ['t.me', [name('telegram', /^\/(?:s\/)?@?([A-Za-z][A-Za-z0-9_]{3,31})(?:\/|$)/)]],
  ['telegram.me', [name('telegram', /^\/(?:s\/)?@?([A-Za-z][A-Za-z0-9_]{3,31})(?:\/|$)/)]],
  ['telegram.dog', [name('telegram', /^\/@?([A-Za-z][A-Za-z0-9_]{3,31})(?:\/|$)/)]],
  ['instagram.com', [name('instagram', /^\/@?([A-Za-z0-9._]{1,30})\/?$/)]],
  ['twitter.com', [name('x', /^\/@?([A-Za-z0-9_]{1,15})(?:\/|$)/)]],
  ['x.com', [name('x', /^\/@?([A-Za-z0-9_]{1,15})(?:\/|$)/)]],
  [
    'facebook.com',
    [
      name('facebook', /^\/profile\.php\/?\?id=([0-9]{5,20})(?:&|$)/, 'id'),
      name('facebook', /^\/([A-Za-z0-9.]{5,50})\/?$/),
    ],
  ],
  ['snapchat.com', [name('snapchat', /^\/(?:add\/|@)([A-Za-z][A-Za-z0-9_.-]{2,14})(?:\/|$)/)]],
  ['kik.me', [name('kik', /^\/([A-Za-z0-9_.]{2,30})(?:\/|$)/)]],
  ['tiktok.com', [name('tiktok', /^\/@([A-Za-z0-9_.]{2,24})(?:\/|$)/)]],
  ['reddit.com', [name('reddit', /^\/(?:u|user)\/([A-Za-z0-9_-]{3,20})(?:\/|$)/)]],
  [
    'youtube.com',
    [
      name('youtube', /^\/channel\/(UC[A-Za-z0-9_-]{22})(?:\/|$)/, 'id'),
      name('youtube', /^\/@([A-Za-z0-9._-]{3,30})(?:\/|$)/),
    ],
  ],
  ['twitch.tv', [name('twitch', /^\/([A-Za-z0-9_]{3,25})\/?$/)]],
  [
    'steamcommunity.com',
    [
      name('steam', /^\/profiles\/(7656119[0-9]{10})(?:\/|$)/, 'id'),
      name('steam', /^\/id\/([A-Za-z0-9_-]{2,32})(?:\/|$)/),
    ],
  ],
  ['roblox.com', [name('roblox', /^\/users\/([0-9]{1,20})(?:\/|$)/, 'id')]],
  ['discord.com', [name('discord', /^\/users\/([0-9]{17,20})(?:\/|$)/, 'id')]],
  ['vk.com', [name('vk', /^\/id([0-9]{1,20})\/?$/, 'id'), name('vk', /^\/([A-Za-z][A-Za-z0-9_.]{4,31})\/?$/)]],
  ['github.com', [name('github', /^\/([A-Za-z0-9-]{1,39})\/?$/)]],
  ['matrix.to', [name('matrix', /^\/#\/@([A-Za-z0-9._=/-]{1,200}:[A-Za-z0-9.-]{1,200})(?:[/?]|$)/)]],
])

/** Sub-domains and second names of the same site. */
const mirrors: ReadonlyMap<string, string> = new Map([
  ['fb.com', 'facebook.com'],
  ['mobile.twitter.com', 'twitter.com'],
  ['old.reddit.com', 'reddit.com'],
  ['discordapp.com', 'discord.com'],
])

const notNames: ReadonlySet<string> = new Set(
  (
    'about accounts add addstickers addtheme api app apps blog boost business channel contact directory download events ' +
    'explore explorer features friends gaming groups hashtag help home i intent invite iv joinchat legal live login ' +
    'marketplace media messages notifications p pages photo photo.php privacy profile.php proxy public reel reels search ' +
    'securities settings setlanguage share share.php sharer sharer.php signup socks stories story.php terms topics tos tv ' +
    'username watch'
  ).split(' '),
)

export const isProfileHost = (host: string): boolean => profiles.has(siteOf(host))

const siteOf = (host: string): string => {
  const plain = host.toLowerCase().replace(/^(?:www|m|web)\./, '')
  return mirrors.get(plain) ?? plain
}

/** The account that an address of a platform names: `t.me/name`, `instagram.com/name`, with or without `https://`. */
export function readProfileUrl(written: string): Result<AccountReading, IdentifierRefusal> {
  if (written.length > 2048) return refuse('profile-length', 'longer than any address of a profile')
  const parts = /^(?:https?:\/\/)?([A-Za-z0-9.-]{4,60})(?::[0-9]{1,5})?(\/[^\s]*)$/i.exec(written.trim())
  if (parts === null) return refuse('profile-form', 'not a host and a path')
  const [, host = '', path = ''] = parts
  for (const { platform, path: pattern, by = 'username' } of profiles.get(siteOf(host)) ?? []) {
    // Only some forms look at the query; for the others it is noise behind the name.
    const match = pattern.exec(path) ?? (platform === 'matrix' ? null : pattern.exec(path.replace(/[?#].*$/, '')))
    const found = match?.[1]
    if (found === undefined || notNames.has(found.toLowerCase())) continue
    return readAccount(platform, by, found)
  }
  return refuse('profile-page', 'no page of a person on a platform in the table')
}
