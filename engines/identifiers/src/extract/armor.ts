import { readEmail } from '../email.ts'
import { longestPgpBlock, readPgpBlock } from '../pgp/block.ts'
import type { Sighting } from './page.ts'

const begin = '-----BEGIN PGP '

/** What is written instead of a private key. */
export const keptApart = '-----BEGIN PGP PRIVATE KEY BLOCK----- (contents not kept)'

/**
 * Collects one armored block while the text goes by, line by line. A line that cannot stand in one ends it, so that
 * ordinary text behind a false beginning is never swallowed.
 */
export class ArmorCollector {
  /** Place of the block's first byte in the whole text. */
  readonly start: number
  #pieces: string[] = []
  #size = 0
  #rest = ''
  #inHeaders = true

  constructor(start: number) {
    this.start = start
  }

  /** Takes more text (one byte a character). Gives the sightings of a whole block, `failed`, or null for more. */
  take(text: string): readonly Sighting[] | 'failed' | null {
    let from = 0
    for (;;) {
      const lineEnd = text.indexOf('\n', from)
      if (lineEnd === -1) break
      const line = this.#rest + text.slice(from, lineEnd + 1)
      this.#rest = ''
      from = lineEnd + 1
      const answer = this.#line(line)
      if (answer !== null) return answer
    }
    this.#rest += text.slice(from)
    if (this.#rest.startsWith('-----END PGP ') && /-----END PGP [A-Z ]{7,17}-----/.test(this.#rest))
      return this.#finish(this.#rest)
    return this.#rest.length > 200 ? 'failed' : null
  }

  #line(line: string): readonly Sighting[] | 'failed' | null {
    this.#size += line.length
    const bare = line.trimEnd()
    if (line.length > 200 || this.#size > longestPgpBlock) return 'failed'
    if (this.#pieces.length > 0 && bare.startsWith('-----END PGP ')) return this.#finish(line)
    const isHeader = this.#inHeaders && /^[A-Za-z][A-Za-z0-9-]{0,40}: /.test(bare)
    if (bare === '') this.#inHeaders &&= this.#pieces.length < 2
    const fits =
      this.#pieces.length === 0
        ? bare.startsWith(begin)
        : isHeader || /^[A-Za-z0-9+/]*={0,2}$|^=[A-Za-z0-9+/]{4}$/.test(bare)
    if (!fits) return 'failed'
    this.#pieces.push(line)
    return null
  }

  #finish(line: string): readonly Sighting[] | 'failed' {
    const last = /^-----END PGP [A-Z ]{7,17}-----/.exec(line)?.[0]
    if (last === undefined) return 'failed'
    const block = this.#pieces.join('') + last
    const reading = readPgpBlock(block)
    if (!reading.ok) return 'failed'
    const { identifiers, userIds, what } = reading.value
    const place = { start: this.start, end: this.start + block.length, context: [] }
    const original = what === 'private' ? keptApart : block
    const mails = what === 'private' ? [] : userIds.flatMap(mailsOf)
    return [
      ...identifiers.map((identifier): Sighting => ({ ...place, identifier, original })),
      ...mails.map(({ identifier, written }): Sighting => ({ ...place, identifier, original: written })),
    ]
  }
}

function mailsOf(userId: string) {
  const written = /<([^<>\s]{3,254})>\s*$/.exec(userId.slice(-300))?.[1] ?? userId
  const mail = readEmail(written)
  if (!mail.ok) return []
  const because = 'user id in a PGP key block: anyone can write any address there'
  return [{ written, identifier: { ...mail.value.identifier, strength: 'weak' as const, because } }]
}
