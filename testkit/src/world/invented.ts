import { createHash } from 'node:crypto'
import type { Random } from './random.ts'

/** A value as a sender writes it, with the one form in which it is compared. */
export interface Written {
  readonly written: string
  readonly normal: string
}

const same = (text: string): Written => ({ written: text, normal: text })

/** Nobody in this world exists: every name begins with "Test". */
export function inventedName(random: Random): string {
  return `Test ${random.pick(trees)} ${random.pick(waters)}`
}

export const trees = [
  'Alder',
  'Ash',
  'Aspen',
  'Beech',
  'Birch',
  'Briar',
  'Cedar',
  'Cherry',
  'Cypress',
  'Elder',
  'Elm',
  'Fir',
  'Hawthorn',
  'Hazel',
  'Heather',
  'Holly',
  'Hornbeam',
  'Ivy',
  'Juniper',
  'Larch',
  'Laurel',
  'Linden',
  'Maple',
  'Myrtle',
  'Oak',
  'Olive',
  'Pine',
  'Poplar',
  'Reed',
  'Rowan',
  'Rush',
  'Sorrel',
  'Spruce',
  'Sycamore',
  'Willow',
  'Yew',
] as const

const waters = [
  'Beck',
  'Bourne',
  'Bridge',
  'Brook',
  'Burn',
  'Cove',
  'Creek',
  'Ferry',
  'Firth',
  'Ford',
  'Harbour',
  'Haven',
  'Inlet',
  'Lake',
  'Loch',
  'Marsh',
  'Mere',
  'Mill',
  'Moor',
  'Pool',
  'Pond',
  'Quay',
  'Rapids',
  'Reach',
  'Shore',
  'Sound',
  'Spring',
  'Strand',
  'Tarn',
  'Tide',
  'Wade',
  'Wells',
  'Weir',
  'Wharf',
] as const

/** RFC 2606 and RFC 6761: `.example` is never registered. */
export const mailDomains = ['mail.example', 'post.example', 'inbox.example', 'letters.example'] as const

/** The domain is written in capitals now and then, as people do. */
export function inventedEmail(random: Random, username: string): Written {
  const domain = random.pick(mailDomains)
  const normal = `${username.toLowerCase()}@${domain}`
  return { written: random.chance(15) ? `${username}@${domain.toUpperCase()}` : `${username}@${domain}`, normal }
}

/**
 * Numbers set aside for drama: Ofcom's 07700 900000-900999 (mobile) and 020 7946 0000-0999 (London), and 555-0100 to
 * 555-0199 of the North American plan.
 */
export function inventedPhone(random: Random): Written {
  const turn = random.below(10)
  if (turn < 6) return phone('+44', '7700', `900${threeDigits(random)}`)
  if (turn < 8) return phone('+44', '20', `7946 0${threeDigits(random)}`)
  const area = random.pick(['202', '212', '303', '404', '415', '503', '617', '713'])
  return phone('+1', area, `555 01${String(random.below(100)).padStart(2, '0')}`)
}

const threeDigits = (random: Random): string => String(random.below(1000)).padStart(3, '0')

const phone = (country: string, area: string, number: string): Written => ({
  written: `${country} ${area} ${number}`,
  normal: `${country}${area}${number.replace(' ', '')}`,
})

/** RFC 5737: TEST-NET-1, -2 and -3. */
export function inventedIpv4(random: Random): Written {
  return same(`${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.between(1, 254)}`)
}

/** RFC 3849: 2001:db8::/32, sometimes written out in full and in capitals. */
export function inventedIpv6(random: Random): Written {
  const [subnet, site, host] = [random.between(1, 0xffff), random.between(1, 0xffff), random.between(1, 0xffff)]
  const hex = (value: number): string => value.toString(16)
  const normal = `2001:db8:${hex(subnet)}:${hex(site)}::${hex(host)}`
  if (!random.chance(10)) return same(normal)
  const full = ['2001', '0db8', hex(subnet), hex(site), '0', '0', '0', hex(host)].map((group) => group.padStart(4, '0'))
  return { written: full.join(':').toUpperCase(), normal }
}

export const inventedAddress = (random: Random): string =>
  `${random.between(1, 99)} ${random.pick(trees)} Test Street, Testtown`

/** Fingerprints of a published text, `tandem example N`; the perceptual one is made up. There is no picture anywhere. */
export interface ExampleHashes {
  readonly md5: string
  readonly sha1: string
  readonly sha256: string
  readonly pdq: string
}

export function exampleHashes(number: number): ExampleHashes {
  const digest = (algorithm: string, what = ''): string =>
    createHash(algorithm).update(`tandem example ${what}${number}`, 'utf8').digest('hex')
  return { md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256'), pdq: digest('sha256', 'likeness ') }
}

/** The same hash with this many of its bits turned, as a cropped or brightened copy has. */
export function alteredPdq(pdq: string, bits: number): string {
  const bytes = Buffer.from(pdq, 'hex')
  for (let bit = 0; bit < bits; bit++) {
    const place = (bit * 83) % 256
    bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7))
  }
  return bytes.toString('hex')
}
