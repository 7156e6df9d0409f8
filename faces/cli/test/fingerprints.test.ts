import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gatherFrameList, matchFrameLists } from '@tandem/fingerprints'
import { begin, ended, launcher, tandem, temporaryFolder } from './tandem.ts'

const pdq = fileURLToPath(new URL('../../../fixtures/pdq/', import.meta.url))
const vics = fileURLToPath(new URL('../../../fixtures/vics/', import.meta.url))
const bridge = join(pdq, 'images/bridge-mods/aaa-orig.jpg')
const bridgeHash = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22'
const json = (lines: readonly string[]) => lines.map((line) => JSON.parse(line))

test('pdq prints the published hash, in both dialects, and refuses what is no picture', async (t) => {
  const full = await tandem(['pdq', bridge])
  assert.equal(full.code, 0)
  assert.ok(full.out.startsWith(`${bridgeHash} 100 full `))
  const [line] = json((await tandem(['pdq', '--json', '--variants', '--dialect', 'cli512', bridge])).lines)
  assert.match(line.hash, /^d8f8f0cee0f4a84f0637022a/)
  assert.equal(new Set(Object.values(line.variants)).size, 8)
  const text = join(temporaryFolder(t), 'renamed.jpg')
  writeFileSync(text, 'no picture')
  const mixed = await tandem(['pdq', bridge, text])
  assert.equal(mixed.code, 5)
  assert.match(mixed.says, /renamed\.jpg: .*\[not-a-picture\]/)
  assert.equal((await tandem(['pdq', text])).code, 1)
})

test('match finds every neighbour that brute force finds, on several lists, by file or saved index', async (t) => {
  const folder = temporaryFolder(t)
  const haystack = join(pdq, 'matching/haystack.txt')
  const lines = readFileSync(haystack, 'utf8').trim().split('\n')
  const [one, two] = [join(folder, 'one.txt'), join(folder, 'two.txt')]
  writeFileSync(one, lines.slice(0, 700).join('\n'))
  writeFileSync(two, lines.slice(700).join('\n'))
  const needles = join(pdq, 'matching/needles.txt')
  const truth = readFileSync(join(pdq, 'matching/needles-in-haystack-d48.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t').map(Number))
    .filter(([, , distance = 0]) => distance <= 31)
  const lists = ['--list', one, '--list', two, '--sixty-four', 'pdq']
  const found = await tandem(['match', ...lists, needles])
  assert.equal(json(found.lines).at(-1).summary.hits, truth.length)
  const told = json(found.lines.slice(0, -1)).map(({ query, list, entry, distance }) =>
    [query, list === 'one.txt' ? entry : entry + 700, distance].join(' '),
  )
  assert.deepEqual(told.toSorted(), truth.map((row) => row.join(' ')).toSorted())
  const index = join(folder, 'lists.index')
  assert.equal((await tandem(['index', 'build', ...lists, index])).code, 0)
  assert.match((await tandem(['index', 'check', index])).out, /is sound: 2 lists, 1350 entries/)
  assert.deepEqual((await tandem(['match', '--index', index, needles])).lines, found.lines)
  appendFileSync(index, 'x')
  assert.equal((await tandem(['index', 'check', index])).code, 1)
  assert.equal((await tandem(['match', '--index', index, needles])).code, 1)
})

test('match needs to be told what it cannot know, and says what it set aside', async (t) => {
  const folder = temporaryFolder(t)
  const [list, queries] = [join(folder, 'list.txt'), join(folder, 'queries.txt')]
  writeFileSync(list, `${bridgeHash}\n`)
  writeFileSync(queries, `${bridgeHash}\nzz\n`)
  const unclear = await tandem(['match', '--list', list, queries])
  assert.deepEqual([unclear.code, unclear.lines.length], [1, 0])
  assert.match(unclear.says, /SHA-256 or PDQ/)
  const clear = await tandem(['match', '--list', list, '--sixty-four', 'pdq', queries])
  assert.equal(clear.code, 5)
  assert.match(clear.says, /line 2 set aside/)
  const [hit] = json(clear.lines)
  assert.deepEqual([hit.query, hit.entry, hit.distance, hit.reliable], [0, 0, 0, null])
  assert.match(hit.words.join(' '), /never a verdict/)
  assert.equal((await tandem(['match', '--list', list, '--radius', '300', queries])).code, 2)
  assert.equal((await tandem(['match', queries])).code, 1)
})

test('sift finds by digest and by likeness, accounts for everything, and stores nothing', async (t) => {
  const folder = temporaryFolder(t)
  const tree = join(folder, 'tree')
  mkdirSync(join(tree, 'deep'), { recursive: true })
  writeFileSync(join(tree, 'deep', 'turned.jpg'), readFileSync(join(pdq, 'images/dih/bridge-2-rotate-90.jpg')))
  writeFileSync(join(tree, 'plain.txt'), 'listed text')
  writeFileSync(join(tree, 'other.txt'), 'text of no list')
  symlinkSync('/etc', join(tree, 'link'))
  const list = join(folder, 'list.txt')
  const digest = createHash('sha256').update('listed text').digest('hex')
  writeFileSync(list, `sha256: ${digest}\npdq: ${bridgeHash}\n`)
  const before = statSync(tree).mtimeMs
  const journal = join(folder, 'journal')
  const run = () => tandem(['sift', tree, '--list', list, '--sixty-four', 'sha256', '--journal', journal])
  const { code, lines } = await run()
  assert.equal(code, 5, 'the link was set aside')
  const objects = json(lines)
  const { summary } = objects.at(-1)
  assert.deepEqual([summary.found, summary.hashed, summary.setAside], [4, 3, 1])
  const hits = objects.filter((each) => 'hit' in each)
  assert.deepEqual(
    hits.map(({ hit }) => hit.by).toSorted(),
    ['pdq', 'sha256'].map((kind) => (kind === 'pdq' ? 'pdq' : 'exact')).toSorted(),
  )
  const likeness = hits.find(({ hit }) => hit.by === 'pdq').hit
  assert.notEqual(likeness.variant, 'original')
  assert.ok(likeness.distance <= 31)
  assert.equal(objects.filter((each) => 'setAside' in each)[0].setAside.code, 'link')
  assert.deepEqual(json((await run()).lines).at(-1), objects.at(-1), 'from the journal the same')
  assert.equal(statSync(tree).mtimeMs, before)
  assert.deepEqual(readdirSync(folder).toSorted(), ['journal', 'list.txt', 'tree'])
})

test('a list in VICS and one in CSV are read as intake reads them', async (t) => {
  const folder = temporaryFolder(t)
  const [first] = readdirSync(vics).filter((name) => name.endsWith('.json'))
  assert.ok(first)
  const csv = join(folder, 'list.csv')
  writeFileSync(csv, `pdq,quality\n${bridgeHash},40\n`)
  const queries = join(folder, 'queries.txt')
  writeFileSync(queries, `${bridgeHash}\n`)
  const lists = ['--list', join(vics, first), '--list', csv]
  const { lines, says } = await tandem(['match', ...lists, queries])
  assert.match(says, /vics\/[12].*records?/)
  const [hit] = json(lines)
  assert.deepEqual([hit.entryQuality, hit.reliable], [40, false])
  assert.match(hit.words.join(' '), /Not reliable/)
})

test('a query of 64 digits is looked up as either kind where both are loaded', async (t) => {
  const folder = temporaryFolder(t)
  const digest = createHash('sha256').update('either').digest('hex')
  const [sha, likeness, queries] = ['sha.csv', 'pdq.csv', 'queries.txt'].map((name) => join(folder, name))
  assert.ok(sha && likeness && queries)
  writeFileSync(sha, `sha256\n${digest}\n`)
  writeFileSync(likeness, `pdq\n${bridgeHash}\n`)
  writeFileSync(queries, `${digest}\n${bridgeHash}\n`)
  const { lines } = await tandem(['match', '--list', sha, '--list', likeness, queries])
  assert.deepEqual(
    json(lines.slice(0, -1)).map(({ query, by }) => [query, by]),
    [
      [0, 'exact'],
      [1, 'pdq'],
    ],
  )
})

test('what is left out on demand is left out, and nothing of somebody else is written over', async (t) => {
  const folder = temporaryFolder(t)
  const list = join(folder, 'list.txt')
  writeFileSync(list, `pdq: ${bridgeHash}\n`)
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  writeFileSync(join(tree, 'bridge.jpg'), readFileSync(bridge))
  const sift = (...more: string[]) => tandem(['sift', tree, '--list', list, ...more])
  assert.equal(json((await sift()).lines).at(-1).summary.hits, 1)
  assert.deepEqual(json((await sift('--no-pictures')).lines).at(-1).summary.pictures, 0)
  const before = readFileSync(list, 'utf8')
  assert.equal((await sift('--journal', list)).code, 1)
  assert.equal((await tandem(['index', 'build', '--list', list, list])).code, 1)
  assert.equal(readFileSync(list, 'utf8'), before)
})

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
const padded = join(pdq, 'video/test-padded-dimensions.mp4')

test('sift compares pictures in archives by likeness, in the dialect that is nearest', async (t) => {
  const folder = temporaryFolder(t)
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  const turned = join(pdq, 'images/dih/bridge-3-rotate-180.jpg')
  assert.equal(spawnSync('tar', ['-czf', join(tree, 'all.tar.gz'), '-C', dirname(turned), basename(turned)]).status, 0)
  writeFileSync(join(tree, 'film.mp4'), readFileSync(padded))
  const cli512 = 'd8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22'
  const list = join(folder, 'list.txt')
  writeFileSync(list, `pdq: ${cli512}\n`)
  writeFileSync(join(tree, 'bridge.jpg'), readFileSync(bridge))
  // A bare machine has no ffmpeg: the video is told, the rest found.
  const { code, lines } = await tandem(['sift', tree, '--list', list], {
    environment: { PATH: dirname(process.execPath) },
  })
  const objects = json(lines)
  const hits = objects.filter((each) => 'hit' in each)
  assert.deepEqual(
    hits.map(({ path, members, hit }) => [basename(path), members?.length ?? 0, hit.variant, hit.dialect]).toSorted(),
    [
      ['all.tar.gz', 2, 'rotate180', hits.find(({ members }) => members !== undefined)?.hit.dialect],
      ['bridge.jpg', 0, 'original', 'cli512'],
    ],
  )
  assert.equal(hits.find(({ members }) => members === undefined)?.hit.distance, 0)
  assert.equal(objects.find((each) => 'notDecoded' in each)?.notDecoded.code, 'no-ffmpeg')
  assert.deepEqual([code, objects.at(-1).summary.pictures, objects.at(-1).summary.notDecoded], [5, 2, 1])
})

test('frame lists of two videos are matched with percentages both ways', async () => {
  const [one, other] = ['chair-19-sd-bar', 'chair-22-with-large-logo-bar'].map((name) =>
    join(pdq, 'vpdq', `${name}.txt`),
  )
  assert.ok(one && other)
  const { lines } = await tandem(['match', '--list', other, one])
  const videos = json(lines).flatMap((each) => ('video' in each ? [each.video] : []))
  assert.equal(videos.length, 1)
  const [{ query, listed, radius, comparable }] = videos
  assert.deepEqual([radius, comparable], [31, true])
  const sides = [await gathered(one), await gathered(other)]
  const expected = matchFrameLists(sides[0] ?? [], sides[1] ?? [])
  assert.deepEqual([query, listed], [expected.query, expected.target])
  assert.ok(query.percent > 0 && query.percent !== listed.percent)
  // The form without frame numbers says the same.
  const short = (sides[0] ?? []).map(({ hash, quality, timestamp }) => `${hash},${quality},${timestamp.toFixed(3)}`)
  const again = await tandem(['match', '--list', other, '-'], { input: short.join('\n') })
  assert.deepEqual(
    json(again.lines).flatMap((each) => ('video' in each ? [each.video] : [])),
    videos,
  )
})

const gathered = async (file: string) => (await gatherFrameList([readFileSync(file)])).frames

test('the frames of two videos never become one list', async () => {
  const { code, says } = await tandem(['pdq', padded, padded])
  assert.equal(code, 2)
  assert.match(says, /a frame list is of one video alone/)
})

test('frames of a video are hashed where ffmpeg is, and found on its published list', {
  skip: !hasFfmpeg,
}, async (t) => {
  const folder = temporaryFolder(t)
  const printed = await tandem(['pdq', padded])
  assert.equal(printed.code, 0)
  assert.equal(printed.lines.length, 5)
  const queries = join(folder, 'frames.txt')
  writeFileSync(queries, printed.out)
  const list = join(pdq, 'vpdq/test-padded-dimensions.txt')
  const matched = json((await tandem(['match', '--list', list, queries])).lines).find((each) => 'video' in each)
  assert.equal(matched?.video.query.percent, 100)
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  writeFileSync(join(tree, 'renamed.bin'), readFileSync(padded))
  const { code, lines } = await tandem(['sift', tree, '--list', list])
  const [hit, last] = json(lines)
  assert.equal(code, 0)
  assert.deepEqual([hit.video.frames, hit.video.framesMatched, hit.video.query.percent], [5, 5, 100])
  assert.ok(hit.hit.distance <= 4)
  assert.deepEqual([last.summary.videos, last.summary.hits], [1, 1])
})

test('an index is of one build, and a path that cannot be opened is no fault of ours', async (t) => {
  const folder = temporaryFolder(t)
  const list = join(folder, 'list.txt')
  const index = join(folder, 'lists.index')
  const build = ['index', 'build', '--list', list, '--sixty-four', 'pdq', index]
  writeFileSync(list, `${bridgeHash}\n`)
  assert.equal((await tandem(build)).code, 0)
  const earlier = readFileSync(`${index}.pdq`)
  writeFileSync(list, `${'f0'.repeat(32)}\n`)
  assert.equal((await tandem(build)).code, 0)
  assert.equal((await tandem(['index', 'check', index])).code, 0)
  assert.deepEqual(readdirSync(folder).toSorted(), ['list.txt', 'lists.index', 'lists.index.pdq'])
  writeFileSync(`${index}.pdq`, earlier)
  const mixed = await tandem(['match', '--index', index, list])
  assert.equal(mixed.code, 1)
  assert.match(mixed.says, /of another build/)
  const socket = join(folder, 'socket')
  const server = createServer().listen(socket)
  t.after(() => server.close())
  await once(server, 'listening')
  for (const words of [
    ['index', 'info', socket],
    [...build.slice(0, -1), socket],
    ['match', '--index', socket, list],
  ]) {
    const refused = await tandem(words)
    assert.equal(refused.code, 1)
    assert.match(refused.says, /readable for you|you can read/)
  }
})

test('a build that finds no room leaves the index that was there as it was', async (t) => {
  const folder = temporaryFolder(t)
  const [list, index] = [join(folder, 'list.txt'), join(folder, 'lists.index')]
  const build = ['index', 'build', '--list', list, '--sixty-four', 'pdq', index]
  writeFileSync(list, `${bridgeHash}\n`)
  assert.equal((await tandem(build)).code, 0)
  const before = [index, `${index}.pdq`].map((path) => readFileSync(path))
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  const digests = Array.from({ length: 3000 }, (_, at) => md5(String(at)))
  writeFileSync(list, ['f0'.repeat(32), ...digests].join('\n'))
  // The perceptual part fits into 8 blocks of 512 bytes, the digests of the other part do not.
  const tight = ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, launcher, ...build]
  const full = spawnSync('sh', tight, { encoding: 'utf8' })
  assert.equal(full.status, 1, full.stderr)
  assert.match(full.stderr, /cannot be written/)
  assert.deepEqual(
    [index, `${index}.pdq`].map((path) => readFileSync(path)),
    before,
  )
  assert.deepEqual(readdirSync(folder).toSorted(), ['list.txt', 'lists.index', 'lists.index.pdq'])
})

test('a hash that stands on a list thousands of times fills no memory, however often it is asked for', async (t) => {
  const folder = temporaryFolder(t)
  const [list, queries] = [join(folder, 'list.txt'), join(folder, 'queries.txt')]
  writeFileSync(list, `${bridgeHash}\n`.repeat(2000))
  writeFileSync(queries, `${bridgeHash}\n`.repeat(60))
  const environment = { NODE_OPTIONS: '--max-old-space-size=80' }
  const child = begin(['match', '--list', list, '--sixty-four', 'pdq', queries], { environment })
  const { code, lines } = await ended(child)
  assert.equal(code, 0)
  assert.equal(lines.length, 120_001)
  assert.equal(json(lines.slice(-1))[0].summary.hits, 120_000)
})

test('a journal that was altered hides no file, and one that cannot be written is told', async (t) => {
  const folder = temporaryFolder(t)
  const [tree, list, journal] = [join(folder, 'tree'), join(folder, 'list.txt'), join(folder, 'journal')]
  mkdirSync(tree)
  writeFileSync(join(tree, 'a'), 'listed text')
  writeFileSync(list, `${createHash('md5').update('listed text').digest('hex')}\n`)
  const sift = ['sift', tree, '--list', list, '--journal', journal]
  const run = async (words = sift) => json((await tandem(words)).lines).at(-1).summary
  const whole = await run()
  assert.equal(whole.hits, 1)
  const line = readFileSync(journal, 'utf8')
  const entry = JSON.parse(line)
  const [outcome] = entry.outcomes
  const elsewhere = { path: { text: '/elsewhere', bytes: null }, members: [] }
  const worthless = [
    [],
    [null],
    [{ outcome: 'hashed' }],
    [{ ...outcome, digests: {} }],
    [{ ...outcome, place: elsewhere }],
    [{ ...outcome, likeness: { kind: 'picture' } }],
    [outcome, outcome],
  ]
  for (const outcomes of worthless) {
    // A sound line of another file beside it: otherwise it would be no journal at all.
    const other = {
      ...entry,
      path: '2f',
      outcomes: [{ ...outcome, place: { path: { text: '/', bytes: null }, members: [] } }],
    }
    writeFileSync(journal, `${JSON.stringify(other)}\n${JSON.stringify({ ...entry, outcomes })}\n`)
    assert.deepEqual(await run(), whole, JSON.stringify(outcomes))
  }
  writeFileSync(journal, `${line}{"path":"cut o`)
  writeFileSync(join(tree, 'b'), 'later')
  assert.equal((await run()).found, 2)
  assert.equal(
    readFileSync(journal, 'utf8')
      .split('\n')
      .filter((each) => each.includes('"outcomes"')).length,
    2,
  )
  assert.match((await tandem([...sift.slice(0, -1), folder])).says, /is no file/)
  const unwritable = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, launcher, ...sift.slice(0, -1)]
  const full = spawnSync('sh', [...unwritable, join(folder, 'second')], { encoding: 'utf8' })
  assert.equal(full.status, 5, full.stderr)
  assert.equal(JSON.parse(full.stdout.trim().split('\n').at(-1) ?? '').summary.hits, 1)
  assert.match(full.stdout, /"journalFailure":"[^"]*EFBIG/)
})

test('a picture of which only a part could be compared is told, also where that part is on no list', async (t) => {
  const folder = temporaryFolder(t)
  const [tree, list] = [join(folder, 'tree'), join(folder, 'list.txt')]
  mkdirSync(tree)
  writeFileSync(list, `pdq: ${'f0'.repeat(32)}\n`)
  // One dot, twice: two frames.
  const frame = '2c0000000001000100000202440100'
  writeFileSync(
    join(tree, 'moving.gif'),
    Buffer.from(`47494638396101000100800000000000ffffff${frame}${frame}3b`, 'hex'),
  )
  writeFileSync(join(tree, 'cut.jpg'), readFileSync(bridge).subarray(0, 40_000))
  writeFileSync(join(tree, 'whole.jpg'), readFileSync(bridge))
  const { code, lines } = await tandem(['sift', tree, '--list', list])
  const objects = json(lines)
  const partly = objects.flatMap(({ path, partlyCompared }) =>
    partlyCompared === undefined ? [] : [`${basename(path)}: ${partlyCompared.says}`],
  )
  assert.equal(partly.length, 2)
  assert.match(partly.toSorted().join(' '), /^cut\.jpg: .*breaks off.* moving\.gif: Only the first of 2 frames/)
  assert.deepEqual([code, objects.at(-1).summary.partlyCompared, objects.at(-1).summary.hits], [5, 2, 0])
})

test('a hit names the bytes of its list, and lists are read however an editor left them', async (t) => {
  const folder = temporaryFolder(t)
  const [list, queries] = [join(folder, 'list.txt'), join(folder, 'queries.txt')]
  writeFileSync(queries, bridgeHash.toUpperCase())
  const match = () => tandem(['match', '--list', list, '--sixty-four', 'pdq', queries])
  const comments = '# a comment\r\n'.repeat(60)
  for (const text of [`${bridgeHash}\n`, `\ufeff${bridgeHash}\r\n`, `\ufeff${comments}${bridgeHash}`]) {
    writeFileSync(list, text)
    const { code, lines } = await match()
    assert.equal(code, 0)
    const [hit] = json(lines)
    const version = `SHA-256 ${createHash('sha256').update(text).digest('hex')}`
    assert.deepEqual([hit.list, hit.version, hit.distance], ['list.txt', version, 0])
    assert.ok(hit.words[0].includes(version))
  }
  writeFileSync(list, `\ufeff${bridgeHash}\r\n`, 'utf16le')
  const { code, says } = await match()
  assert.deepEqual([code, /UTF-16/.test(says)], [1, true])
})
