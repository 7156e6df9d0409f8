import type { Referral } from './find-referral.ts'

type Hit = Referral['hits'][number]

/** One hit in one line; that two pictures look alike is never said in the words of an equal digest. */
export function hitWords(hit: Hit): string {
  const { file, list, version, publisher, entry, category } = hit
  const parts = [
    `file ${file + 1}: ${list} version ${version} by ${publisher}${entry === null ? '' : `, entry ${entry}`}`,
    category === null ? 'no category given' : `${category.scheme} ${category.value}`,
    hit.kind === 'pdq' ? likeness(hit) : `equal ${hit.kind}`,
  ]
  return `${parts.join('; ')}${ended(hit)}`
}

function likeness({ distance, threshold, quality, reliable }: Hit): string {
  const alike = `looks alike: ${distance} of 256 bits differ, up to ${threshold} count`
  return reliable === 'no' ? `${alike}; not reliable, quality ${quality}` : alike
}

function ended({ withdrawn, withdrawReason, replaced }: Hit): string {
  if (withdrawn) return `, withdrawn${withdrawReason === null ? '' : `: ${withdrawReason}`}`
  return replaced ? ', on a version that was replaced' : ''
}
