import { isLetter, isWordByte } from './bytes.ts'
import type { Page } from './page.ts'

export type Topic =
  | 'phone'
  | 'card'
  | 'imei'
  | 'imsi'
  | 'iccid'
  | 'transaction'
  | 'hash'
  | 'pgp'
  | 'advertising'
  | 'android'
  | 'apple'
  | 'version'
  | 'mac'
  | 'other'

const words: readonly (readonly [Topic, string])[] = [
  [
    'phone',
    'tel telephone phone phones mobile mob cell cellphone call called calls ring rang sms whatsapp viber fax handy ' +
      'telefon telefono telefoon telefone numero movil gsm msisdn phonenumber dial caller callee landline',
  ],
  ['card', 'card cards visa mastercard amex credit debit cc ccn pan cvv cvc maestro creditcard debitcard'],
  ['imei', 'imei imeisv'],
  ['imsi', 'imsi'],
  ['iccid', 'iccid simcard sim'],
  ['transaction', 'tx txid txhash transaction transactionhash transactionid txn'],
  ['hash', 'hash md5 sha1 sha sha224 sha256 sha384 sha512 checksum digest filehash'],
  ['pgp', 'pgp gpg openpgp fingerprint keyid fpr'],
  ['advertising', 'idfa gaid aaid adid maid advertising advertisingid advertiserid'],
  ['android', 'androidid ssaid android'],
  ['apple', 'udid'],
  ['version', 'version ver firmware build release'],
  ['mac', 'mac bssid wifi wlan ethernet bluetooth'],
  // Numbers that are named as something else and so are none of the above.
  ['other', 'order invoice ticket case report cybertip tip reference ref isbn issn ean upc invoiceid orderid ip date'],
]

const topics: ReadonlyMap<string, Topic> = new Map(
  words.flatMap(([topic, list]) => list.split(' ').map((word): [string, Topic] => [word, topic])),
)

/** Length, first and last character of every word above: the others cost no string. */
const filter: Uint8Array = (() => {
  const table = new Uint8Array(32 * 64 * 64)
  for (const word of topics.keys())
    table[filterKey(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1))] = 1
  return table
})()

function filterKey(length: number, first: number, last: number): number {
  return (length << 12) | ((first & 31) << 6) | (last & 31)
}

export interface Context {
  readonly topic: Topic
  /** As written. */
  readonly word: string
}

const reach = 48

/** The nearest word of any topic before a place, on the same line; `phone_number` is two words. */
export function contextBefore(page: Page, place: number): Context | null {
  const floor = Math.max(0, place - reach)
  let position = place - 1
  while (position >= floor) {
    const byte = page.at(position)
    if (byte === 10) return null
    if (!isLetter(byte) && !(byte > 47 && byte < 58)) {
      position -= 1
      continue
    }
    const end = position + 1
    while (position >= floor && isWordByte(page.at(position))) position -= 1
    const length = end - position - 1
    // A word that reaches out of the stretch is cut, so it is no word.
    if (length < 2 || length > 16 || position < floor) continue
    if (filter[filterKey(length, page.at(position + 1), page.at(end - 1))] === 0) continue
    const word = page.ascii(position + 1, end)
    const topic = topics.get(word.toLowerCase())
    if (topic !== undefined) return { topic, word }
  }
  return null
}
