// A text of any size with identifiers planted at known places: ordinary chat or an access log, the same for each seed.
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

export interface Planted {
  readonly kind: string
  readonly start: number
  readonly end: number
}

const words = (
  'the of and to in you it that was for on are with as his they be at one have this from or had by hot but some what there ' +
  'we can out other were all your when up use word how said an each she which do their time if will way about many then ' +
  'them would write like so these her long make thing see him two has look more day could go come did my sound no most ' +
  'number who over know water than call first people may down side been now find any new work part take get place made ' +
  'live where after back little only round man year came show every good me give our under name very through just form ' +
  'great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three ' +
  'want air well also play small end put home read hand port large spell add even land here must big high such follow ' +
  'school house picture try us again animal point mother world near build self earth father'
).split(' ')

/** xorshift32 (Marsaglia 2003). */
export function generator(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Pick = (below: number) => number
const digits = (pick: Pick, count: number): string => Array.from({ length: count }, () => pick(10)).join('')
const name = (pick: Pick): string => `test${words[pick(words.length)] ?? ''}${pick(1000)}`
// The word lists of other tools hold real suffixes only, so some plants stand under one that is kept for nobody's use.
const host = (pick: Pick): string => `${name(pick)}.${['com', 'org', 'net', 'co.uk', 'de'][pick(5)] ?? 'com'}`

function luhn(start: string): string {
  let sum = 0
  for (let at = 0; at < start.length; at += 1) {
    const digit = Number(start[start.length - 1 - at])
    sum += at % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return start + ((10 - (sum % 10)) % 10)
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
function bitcoin(pick: Pick): string {
  const payload = Buffer.from([0, ...Array.from({ length: 20 }, () => pick(256))])
  const twice = createHash('sha256').update(createHash('sha256').update(payload).digest()).digest()
  let number = BigInt(`0x${Buffer.concat([payload, twice.subarray(0, 4)]).toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = (alphabet[Number(number % 58n)] ?? '') + text
  // Each zero byte in front is a 1: the version is the first of them.
  for (const byte of payload) {
    if (byte !== 0) break
    text = `1${text}`
  }
  return text
}

function iban(pick: Pick): string {
  const account = digits(pick, 18)
  const check = 98n - (BigInt(`${account}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${account}`
}

const makers: Readonly<Record<string, (pick: Pick) => string>> = {
  email: (pick) => `${name(pick)}.${name(pick)}@${host(pick)}`,
  url: (pick) => `https://www.${host(pick)}/${name(pick)}?id=${pick(10_000)}`,
  ip: (pick) => `203.0.113.${pick(256)}`,
  'phone +': (pick) => `+44 20 7946 0${digits(pick, 3)}`,
  'phone US': (pick) => `(202) 555-01${digits(pick, 2)}`,
  card: (pick) => (luhn(`4${digits(pick, 14)}`).match(/.{4}/g) ?? []).join(' '),
  bitcoin,
  iban,
  imei: (pick) => `IMEI ${luhn(`35${digits(pick, 12)}`)}`,
  ethereum: (pick) => `0x${Array.from({ length: 40 }, () => pick(16).toString(16)).join('')}`,
  onion: (pick) => onion(pick),
  mac: (pick) => `00:1a:2b:${[0, 1, 2].map(() => pick(256).toString(16).padStart(2, '0')).join(':')}`,
  sha1: (pick) => `sha1 ${Array.from({ length: 40 }, () => pick(16).toString(16)).join('')}`,
  account: (pick) => `snap: ${name(pick).slice(0, 12)}_x`,
  'defanged url': (pick) => `hxxps://${host(pick).replace('.', '[.]')}/x`,
}

/** Of a key that nobody has. */
function onion(pick: Pick): string {
  const key = Buffer.from(Array.from({ length: 32 }, () => pick(256)))
  const sum = createHash('sha3-256').update('.onion checksum').update(key).update(Buffer.of(3)).digest()
  const bits = [...key, ...sum.subarray(0, 2), 3].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map(
    (five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)],
  )
  return `${letters.join('')}.onion`
}

export const kinds = Object.keys(makers)

/** Writes the text to a file and says what stands where. */
export function plant(path: string, megabytes: number, seed: number, what: 'chat' | 'log'): readonly Planted[] {
  const pick = generator(seed)
  const planted: Planted[] = []
  const file = openSync(path, 'w')
  let written = 0
  let buffer = ''
  while (written + buffer.length < megabytes * 1_000_000) {
    buffer += what === 'chat' ? chatLine(pick) : logLine(pick)
    if (pick(40) === 0) {
      const kind = kinds[pick(kinds.length)] ?? 'email'
      const text = makers[kind]?.(pick) ?? ''
      buffer += what === 'chat' ? 'and then ' : '# note '
      planted.push({ kind, start: written + buffer.length, end: written + buffer.length + text.length })
      buffer += `${text} ok\n`
    }
    if (buffer.length > 1_000_000) {
      writeSync(file, buffer)
      written += buffer.length
      buffer = ''
    }
  }
  writeSync(file, buffer)
  closeSync(file)
  return planted
}

function chatLine(pick: Pick): string {
  let line = `Test Person ${pick(9)}: `
  for (let count = 6 + pick(20); count > 0; count -= 1) line += `${words[pick(words.length)] ?? ''} `
  return `${line.trimEnd()}${'.?!'[pick(3)] ?? '.'}\n`
}

const logLine = (pick: Pick): string =>
  `198.51.100.${pick(256)} - - [04/May/2026:09:${String(pick(60)).padStart(2, '0')}:33 +0000] "GET /${words[pick(words.length)]}/` +
  `${words[pick(words.length)]}.html HTTP/1.1" 200 ${pick(90_000)} "-" "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"\n`
