import { below, type Chance } from '../chance.ts'
import { inputOf } from './entry.ts'

/**
 * Values that nobody can have. The asker mixes some into its question: whoever "holds" one has filled its side with
 * made-up values. The holder mixes some into its set: whoever releases one has asked through a range.
 */
export type CanaryKind = 'phone' | 'ip' | 'email'

const makers: Record<CanaryKind, (chance: Chance) => string> = {
  // E.164: country code 999 is not assigned (ITU-T E.164.D, spare codes).
  phone: (chance) => `+999${digits(11, chance)}`,
  // RFC 1112 section 4: 240.0.0.0/4 is reserved; no machine has such an address.
  ip: (chance) => `${240 + below(15, chance)}.${below(256, chance)}.${below(256, chance)}.${below(256, chance)}`,
  // RFC 2606 section 2: no name ends in .invalid.
  email: (chance) => `${letters(12, chance)}@${letters(8, chance)}.invalid`,
}

export const canaryKinds: readonly CanaryKind[] = ['phone', 'ip', 'email']

/** A canary's input has the form of a real one, so that it cannot be told from one before it is opened. */
export const canaryInput = (kind: CanaryKind, chance: Chance): Uint8Array => inputOf(kind, makers[kind](chance))

const marks: readonly RegExp[] = [
  /^phone\0\+999\d{11}$/,
  /^ip\0(?:24\d|25[0-4])\.\d+\.\d+\.\d+$/,
  /^email\0.*\.invalid$/,
]

/** True for every value out of the ranges that canaries come from: an auditor looks for them in opened entries. */
export const isCanary = (input: Uint8Array): boolean => {
  const text = Buffer.from(input).toString('latin1')
  return marks.some((mark) => mark.test(text))
}

const digits = (count: number, chance: Chance): string =>
  Array.from({ length: count }, () => String(below(10, chance))).join('')

const letters = (count: number, chance: Chance): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + below(26, chance))).join('')
