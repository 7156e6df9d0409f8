import { variantNames } from '../pdq/index.ts'
import type { FileOutcome } from './outcome.ts'

/** Whether what a journal says is an outcome, with every digest of `kinds`: a file may have been written by anybody. */
export function isSoundOutcome(given: unknown, kinds: readonly string[]): given is FileOutcome {
  if (!isRecord(given) || !isPlace(given['place'])) return false
  const { outcome, reason, remarks, size, digests, likeness } = given
  if (outcome === 'set-aside') return isRemark(reason)
  if (outcome === 'remarked' ? !isListOf(remarks, isRemark) : outcome !== 'hashed') return false
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return false
  if (!isRecord(digests) || !kinds.every((kind) => isHex(digests[kind]))) return false
  return likeness === undefined || isLikeness(likeness)
}

function isLikeness(given: unknown): boolean {
  if (!isRecord(given)) return false
  const { kind, code, says, name, hashes, incomplete, firstOnly, remarks } = given
  if (kind === 'video') return isText(name)
  if (kind === 'not-decoded') return isText(code) && isText(says)
  if (kind !== 'picture' || typeof incomplete !== 'boolean' || typeof firstOnly !== 'boolean') return false
  return isListOf(remarks, isText) && isListOf(hashes, isHash)
}

function isHash(given: unknown): boolean {
  if (!isRecord(given)) return false
  const { quality, dialect, variants } = given
  const turned = isRecord(variants) && variantNames.every((name) => /^[0-9a-f]{64}$/.test(String(variants[name])))
  return turned && typeof quality === 'number' && (dialect === 'full' || dialect === 'cli512')
}

const isPlace = (given: unknown): boolean =>
  isRecord(given) && isName(given['path']) && isListOf(given['members'], isName)
const isName = (given: unknown): boolean =>
  isRecord(given) && isText(given['text']) && (given['bytes'] === null || isHex(given['bytes']))
const isRemark = (given: unknown): boolean => isRecord(given) && isText(given['code']) && isText(given['says'])
const isListOf = (given: unknown, is: (each: unknown) => boolean): boolean => Array.isArray(given) && given.every(is)
const isHex = (given: unknown): boolean => isText(given) && /^(?:[0-9a-f]{2})+$/.test(given)
const isText = (given: unknown): given is string => typeof given === 'string'
const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
