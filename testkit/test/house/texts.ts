import { createHash } from 'node:crypto'
import type { Finding, Tree } from './tree.ts'

/** Data that others wrote, kept byte for byte: read by tests, not spoken by us. */
const isForeign = (path: string): boolean => path.startsWith('fixtures/') || path === 'package-lock.json'

/** Everything that is written down: no path of one machine, no word of a workshop, no address of a hidden service. */
export function textFindings(tree: Tree): Finding[] {
  return tree.paths
    .filter((path) => !isForeign(path))
    .flatMap((path) => {
      const bytes = tree.bytes(path)
      if (bytes.includes(0)) return []
      return bytes
        .toString('utf8')
        .split('\n')
        .flatMap((line, at) =>
          [...machinePaths(line), ...workshopWords(line), ...onions(line)].map((says) => ({
            path: `${path}:${at + 1}`,
            says,
          })),
        )
    })
}

const machinePath = /(?<![\w.~}/\\-])\/(?:work|root|home\/\w+|tmp\/\w[\w.-]*)(?=[/'"`\s),;:]|$)/g

const machinePaths = (line: string): string[] =>
  (line.match(machinePath) ?? []).map((path) => `names a path of one machine: ${path}`)

/** SHA-256, first eight hex digits, of words that tell of a workshop and not of the work; so this file holds none. */
const workshop = new Set(['c857d09d', 'c70eca6b', '60965168', '7d3194f7', '94a168d2', 'd298391b', '3ea125d0'])
const judged = new Map<string, boolean>()

function workshopWords(line: string): string[] {
  return (line.toLowerCase().match(/[a-z]{5,}/g) ?? [])
    .filter(isWorkshopWord)
    .map((word) => `speaks of a workshop: ${word}`)
}

function isWorkshopWord(word: string): boolean {
  const known = judged.get(word)
  if (known !== undefined) return known
  const verdict = workshop.has(createHash('sha256').update(word).digest('hex').slice(0, 8))
  judged.set(word, verdict)
  return verdict
}

/** Version 3 addresses, rend-spec-v3 section 6: only one whose checksum holds can be somebody's. */
const onions = (line: string): string[] =>
  (line.toLowerCase().match(/(?<![a-z0-9])[a-z2-7]{56}(?![a-z0-9])/g) ?? [])
    .filter(isOnion)
    .map((name) => `a real onion address: ${name.slice(0, 6)}...`)

export function isOnion(name: string): boolean {
  const bytes = base32(name)
  const [key, checksum, version] = [bytes.subarray(0, 32), bytes.subarray(32, 34), bytes[34]]
  const expected = createHash('sha3-256')
    .update('.onion checksum')
    .update(key)
    .update(Buffer.of(3))
    .digest()
    .subarray(0, 2)
  return version === 3 && checksum.equals(expected)
}

function base32(text: string): Buffer {
  let bits = ''
  for (const letter of text) bits += 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)))
}

/**
 * The only pictures: screenshots that tests make, and the benign reference pictures and videos (a bridge,
 * objects, test patterns) that the publishers of PDQ and vPDQ give as vectors.
 */
const allowedPictures =
  /^(docs\/screenshots\/[\w-]+\.png|fixtures\/pdq\/(images\/[\w/-]+\.(png|jpe?g)|video\/[\w-]+\.mp4))$/

const signatures: readonly { readonly kind: string; readonly is: (bytes: Buffer) => boolean }[] = [
  { kind: 'PNG', is: (b) => b.subarray(0, 8).equals(Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) },
  { kind: 'JPEG', is: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff },
  { kind: 'GIF', is: (b) => /^GIF8[79]a/.test(b.toString('latin1', 0, 6)) },
  {
    kind: 'WebP or AVI',
    is: (b) => b.toString('latin1', 0, 4) === 'RIFF' && /^(WEBP|AVI )/.test(b.toString('latin1', 8, 12)),
  },
  { kind: 'BMP', is: (b) => b.toString('latin1', 0, 2) === 'BM' && b.length > 26 && b.readUInt32LE(2) === b.length },
  { kind: 'TIFF', is: (b) => /^(II\*\0|MM\0\*)/.test(b.toString('latin1', 0, 4)) },
  { kind: 'ISO media', is: (b) => b.toString('latin1', 4, 8) === 'ftyp' },
  { kind: 'Photoshop', is: (b) => b.toString('latin1', 0, 4) === '8BPS' },
  { kind: 'icon', is: (b) => b.length > 22 && b.readUInt32BE(0) === 0x00000100 && b[9] === 0 },
  { kind: 'JPEG XL or 2000', is: (b) => /^(JXL |jP {2})/.test(b.toString('latin1', 4, 8)) },
]

/** No imagery: by what the bytes are, not by what the name says. */
export function pictureFindings(tree: Tree): Finding[] {
  return tree.paths
    .filter((path) => !allowedPictures.test(path))
    .flatMap((path) => {
      const kind = signatures.find(({ is }) => is(tree.bytes(path)))?.kind
      return kind === undefined ? [] : [{ path, says: `is a picture (${kind})` }]
    })
}

/** Whoever finds a file of data must be able to tell where it comes from and what may be done with it. */
export function provenanceFindings(tree: Tree): Finding[] {
  const fixtures = tree.paths
    .filter((path) => path.startsWith('fixtures/'))
    .map((path) => path.split('/').slice(0, 2).join('/'))
  const folders = [
    ...new Set(fixtures),
    ...(tree.paths.some((path) => path.startsWith('examples/')) ? ['examples'] : []),
  ]
  return folders.flatMap((folder) => {
    const readme = `${folder}/README.md`
    if (!tree.paths.includes(readme)) return [{ path: folder, says: 'has no README.md' }]
    const text = tree.text(readme)
    return [
      ...(/licen[cs]e|public domain|Apache-2\.0/i.test(text) ? [] : [{ path: readme, says: 'names no licence' }]),
      ...(/origin|source|comes? from|taken from|generat|written (by|for)|made (by|here)/i.test(text)
        ? []
        : [{ path: readme, says: 'names no origin' }]),
    ]
  })
}
