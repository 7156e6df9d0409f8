import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type HashTreeOptions, hashTree } from '../src/files/disk/index.ts'
import { type FileOutcome, LineJournal } from '../src/files/index.ts'
import { dialects, type PixelHash } from '../src/pdq/index.ts'
import { tarOf, zipOf } from './archives.ts'
import { expectedPictures, fixtures } from './pdq/vectors.ts'

const root = mkdtempSync(join(tmpdir(), 'likeness-'))
after(() => rmSync(root, { recursive: true, force: true }))

const name = 'images/bridge-mods/aaa-orig.jpg'
const bridge = readFileSync(join(fixtures, name))
const video = readFileSync(join(fixtures, 'video/test-padded-dimensions.mp4'))
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
const expected = expectedPictures().filter(({ file }) => file === name)

async function outcomesOf(path: string, options: Partial<HashTreeOptions> = {}): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = []
  for await (const each of hashTree([path], { kinds: ['sha1'], pictures: dialects, ...options })) outcomes.push(each)
  return outcomes
}

const likenesses = (outcomes: readonly FileOutcome[]): Map<string, string> =>
  new Map(
    outcomes.map((outcome) => {
      const last = outcome.place.members.at(-1) ?? outcome.place.path
      const likeness = outcome.outcome === 'set-aside' ? undefined : outcome.likeness
      return [last.text.split('/').at(-1) ?? '', likeness === undefined ? 'nothing' : said(likeness)]
    }),
  )

function said(likeness: NonNullable<Extract<FileOutcome, { outcome: 'hashed' }>['likeness']>): string {
  if (likeness.kind !== 'picture') return likeness.kind === 'video' ? 'video' : likeness.code
  return `${likeness.incomplete ? 'incomplete ' : ''}${likeness.hashes.map(({ hash }) => hash.slice(0, 8)).join(' ')}`
}

function treeWith(files: { [name: string]: Uint8Array | string }): string {
  const path = mkdtempSync(join(root, 'tree-'))
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(path, file), bytes)
  return path
}

const both = expected.map(({ hash }) => hash.slice(0, 8)).toSorted()

describe('likeness in the same pass as the digests', () => {
  const tar = gzipSync(tarOf([{ name: 'in-tar.jpg', data: bridge }]))
  const inner = zipOf([{ name: 'deep.jpg', data: bridge }])
  const files = {
    'picture.jpg': bridge,
    'renamed.txt': bridge,
    'text.jpg': 'no picture, whatever it is called',
    empty: '',
    'film.mp4': video,
    'photo.heic': heic,
    'cut.jpg': bridge.subarray(0, 200_000),
    'archive.zip': zipOf([
      { name: 'member.jpg', data: bridge },
      { name: 'inner.zip', data: inner },
      { name: 'member.mp4', data: video },
    ]),
    'tape.tar.gz': tar,
  }

  for (const workers of [0, 2])
    test(`pictures loose and in archives have both dialects, by ${workers} threads`, async () => {
      const path = treeWith(files)
      for (let more = 0; more < 70; more++) writeFileSync(join(path, `more-${more}`), `more ${more}`)
      const found = likenesses(await outcomesOf(path, { workers }))
      const hashes = (file: string) => found.get(file)?.split(' ').toSorted()
      for (const file of ['picture.jpg', 'renamed.txt', 'member.jpg', 'deep.jpg', 'in-tar.jpg'])
        assert.deepEqual(hashes(file), both, file)
      for (const file of ['text.jpg', 'empty', 'archive.zip', 'more-1']) assert.equal(found.get(file), 'nothing', file)
      assert.deepEqual([found.get('film.mp4'), found.get('member.mp4')], ['video', 'video'])
      assert.equal(found.get('photo.heic'), 'unsupported-format')
      assert.match(found.get('cut.jpg') ?? '', /^incomplete [0-9a-f]{8}/)
    })

  test('nobody asks, nothing is decoded', async () => {
    const found = likenesses(await outcomesOf(treeWith(files), { pictures: [] }))
    assert.deepEqual(new Set(found.values()), new Set(['nothing']))
  })

  test('all values equal the reference, variants and quality too', async () => {
    const [outcome] = await outcomesOf(join(treeWith({ 'picture.jpg': bridge }), 'picture.jpg'))
    assert.ok(outcome?.outcome === 'hashed' && outcome.likeness?.kind === 'picture')
    assert.equal(expected.length, 2)
    for (const { dialect, hash, quality, variants } of expected) {
      const ours: PixelHash | undefined = outcome.likeness.hashes.find((each) => each.dialect === dialect)
      assert.deepEqual([ours?.hash, ours?.quality, ours?.variants], [hash, quality, variants])
    }
  })

  test('a journal knows the hashes, and that an earlier run had not asked for them', async () => {
    const path = treeWith({ 'picture.jpg': bridge })
    const runs: string[][] = []
    const run = async (lines: readonly string[], pictures: HashTreeOptions['pictures'] = dialects) => {
      const written: string[] = []
      let spared = 0
      const journal = new LineJournal(lines, (line) => written.push(line.trimEnd()))
      const found = await outcomesOf(path, { journal, pictures, onProgress: (now) => (spared = now.fromJournal) })
      runs.push(written)
      return { found: likenesses(found).get('picture.jpg'), spared }
    }
    assert.deepEqual(await run([], []), { found: 'nothing', spared: 0 })
    const asked = await run(runs[0] ?? [])
    assert.equal(asked.spared, 0, 'the first run had not decoded it')
    assert.deepEqual(await run(runs[1] ?? []), { found: asked.found, spared: 1 })
  })

  test('a folder of many pictures on threads that end early leaves nothing running', async () => {
    const path = treeWith({})
    mkdirSync(join(path, 'deep'))
    for (let at = 0; at < 80; at++) writeFileSync(join(path, 'deep', `${at}.jpg`), bridge)
    let seen = 0
    for await (const outcome of hashTree([path], { kinds: ['md5'], pictures: ['full'], workers: 2 })) {
      assert.equal(outcome.outcome, 'hashed')
      if (++seen === 5) break
    }
    assert.equal(seen, 5)
  })
})
