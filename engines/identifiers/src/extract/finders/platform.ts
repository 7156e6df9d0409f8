import { readAccount } from '../../account.ts'
import type { Identifier } from '../../identifier.ts'
import { isHostByte, isLetter, isWordByte } from '../bytes.ts'
import type { Page } from '../page.ts'

/** How people write the platform before a name. Single letters and words of daily speech (`line`, `signal`) are left out. */
const platforms: ReadonlyMap<string, string> = new Map([
  ['snap', 'snapchat'],
  ['snapchat', 'snapchat'],
  ['kik', 'kik'],
  ['insta', 'instagram'],
  ['instagram', 'instagram'],
  ['ig', 'instagram'],
  ['telegram', 'telegram'],
  ['tg', 'telegram'],
  ['tele', 'telegram'],
  ['wickr', 'wickr'],
  ['discord', 'discord'],
  ['tiktok', 'tiktok'],
  ['twitter', 'x'],
  ['facebook', 'facebook'],
  ['reddit', 'reddit'],
  ['skype', 'skype'],
  ['roblox', 'roblox'],
  ['steam', 'steam'],
  ['twitch', 'twitch'],
  ['threema', 'threema'],
  ['youtube', 'youtube'],
  ['vk', 'vk'],
])

export const platformWords: readonly string[] = [...platforms.keys()]

/** Words between a platform and a name: `snap me: name`, `telegram username is name`. */
const fillers: ReadonlySet<string> = new Set(
  'is me user username name id handle account acc un my on messenger userid user_name user_id its at'.split(' '),
)
/** What stands behind a platform's name in ordinary speech. */
const notNames: ReadonlySet<string> = new Set(
  (
    'the a an and or not no yes to it we he she they you i my is was app on in for from with if so but group channel ' +
    'account user users username video call chat message messages photo pics http https www none null unknown true false ' +
    'inc llc ltd com support'
  ).split(' '),
)

const reach = 40

/** At a word that names a platform: reads the name after it, if one is. */
export function findNamed(page: Page, start: number, end: number): void {
  const word = page.ascii(start, end)
  const platform = platforms.get(word.toLowerCase())
  if (platform === undefined) return
  const before = page.at(start - 1)
  if (before === 46 || before === 47 || before === 64 || before === 45) return
  const ceiling = Math.min(end + reach, page.end)
  let explicit = false
  let saysId = false
  let at = end
  while (at < ceiling) {
    const byte = page.at(at)
    if (byte === 58 || byte === 61) {
      explicit = true
      at += 1
    } else if (byte === 32 || byte === 9 || byte === 34 || byte === 39 || byte === 45 || byte === 95) at += 1
    else if (byte === 64) return
    else if (!isWordByte(byte)) return
    else {
      let wordEnd = at
      while (wordEnd < at + 72 && isHostByte(page.at(wordEnd))) wordEnd += 1
      while (wordEnd > at && !isWordByte(page.at(wordEnd - 1)) && page.at(wordEnd - 1) !== 95) wordEnd -= 1
      const token = page.ascii(at, wordEnd)
      const lower = token.toLowerCase()
      if (!fillers.has(lower) || at === end) {
        emitNamed(page, at, wordEnd, { platform, word, explicit, saysId, token, lower })
        return
      }
      saysId ||= lower === 'id' || lower === 'userid' || lower === 'user_id'
      at = wordEnd
    }
  }
}

interface Named {
  readonly platform: string
  readonly word: string
  readonly explicit: boolean
  readonly saysId: boolean
  readonly token: string
  readonly lower: string
}

function emitNamed(page: Page, start: number, end: number, named: Named): void {
  const { platform, word, explicit, saysId, token, lower } = named
  const next = page.at(end)
  if (notNames.has(lower) || platforms.has(lower) || token.length < 2 || token.length > 40) return
  // With four digits behind a # the mark itself finds it.
  if (next === 64 || next === 58 || next === 47 || next === 35) return
  const allDigits = /^[0-9]+$/.test(token)
  // Without a colon and without a digit or underscore the next word is most likely just a word.
  if (!explicit && (allDigits ? !saysId : !/[0-9_]/.test(token))) return
  const by = (allDigits && token.length > 4) || platform === 'threema' ? 'id' : 'username'
  const account = readAccount(platform, by, token)
  if (!account.ok || account.value.identifier.strength === 'weak') return
  const { identifier } = account.value
  const weak: Identifier = {
    ...identifier,
    strength: 'weak',
    because: 'form fits the platform that is named before it',
  }
  page.emit(start, end, explicit ? identifier : weak, [word])
}

const sentenceMarks: ReadonlySet<number> = new Set([10, 33, 44, 46, 59, 63, 64])

/** A platform among the words shortly before an `@name`, on the same line. */
export function platformBefore(page: Page, place: number): { platform: string; word: string } | null {
  const floor = Math.max(0, place - 24)
  for (let at = place - 1; at >= floor; ) {
    // Another sentence, or another name, stands between.
    if (sentenceMarks.has(page.at(at))) return null
    if (!isLetter(page.at(at))) {
      at -= 1
      continue
    }
    const end = at + 1
    while (at >= floor && isLetter(page.at(at))) at -= 1
    if (at < floor || end - at > 12) continue
    const word = page.ascii(at + 1, end)
    const platform = platforms.get(word.toLowerCase())
    if (platform !== undefined) return { platform, word }
  }
  return null
}

/** `name#1234`: how Discord wrote names until 2023. */
export function findDiscriminator(page: Page, place: number): void {
  const isTag = [1, 2, 3, 4].every((step) => page.at(place + step) > 47 && page.at(place + step) < 58)
  if (!isTag || isWordByte(page.at(place + 5)) || !isWordByte(page.at(place - 1))) return
  const floor = Math.max(0, place - 32)
  let start = place
  while (start > floor && isHostByte(page.at(start - 1))) start -= 1
  if (place - start < 2 || page.at(start - 1) === 47 || page.at(start - 1) === 38) return
  if (!/[A-Za-z]/.test(page.ascii(start, place))) return
  const reading = readAccount('discord', 'username', page.ascii(start, place + 5))
  if (!reading.ok) return
  const named = platformBefore(page, start)
  if (named?.platform === 'discord') {
    page.emit(start, place + 5, reading.value.identifier, [named.word])
    return
  }
  const because = 'name and four digits, as Discord wrote them; other things are numbered so too'
  page.emit(start, place + 5, { ...reading.value.identifier, strength: 'weak', because })
}

/** `u/name` of Reddit, at the slash. */
export function findReddit(page: Page, place: number): void {
  const before = page.at(place - 2)
  if ((page.at(place - 1) | 32) !== 117 || isWordByte(before) || (before === 47 && isWordByte(page.at(place - 3))))
    return
  let end = place + 1
  while (end - place < 32 && (isWordByte(page.at(end)) || page.at(end) === 95 || page.at(end) === 45)) end += 1
  while (end > place + 1 && page.at(end - 1) === 45) end -= 1
  const account = readAccount('reddit', 'username', page.ascii(place + 1, end))
  if (!account.ok || account.value.identifier.strength === 'weak' || page.at(end) === 47) return
  page.emit(place - 1, end, {
    ...account.value.identifier,
    strength: 'weak',
    because: 'written as Reddit writes names',
  })
}
