import { createHash } from 'node:crypto'

/**
 * The share of low ranks that is looked at all the same, so that what the rank misses is known. Which ones follows from
 * their ids and the day's salt alone: nobody chooses, and anybody can check.
 */
export function auditSlice(
  ids: readonly string[],
  of: { readonly thousandths: number; readonly salt: string },
): string[] {
  if (!Number.isInteger(of.thousandths) || of.thousandths < 0 || of.thousandths > 1000) {
    throw new TypeError('the share is a whole number of thousandths, from 0 to 1000')
  }
  return ids.filter((id) => drawn(id, of.salt) * 1000 < of.thousandths * 2 ** 32)
}

const drawn = (id: string, salt: string): number =>
  createHash('sha256')
    .update(JSON.stringify([salt, id]), 'utf8')
    .digest()
    .readUInt32BE(0)
