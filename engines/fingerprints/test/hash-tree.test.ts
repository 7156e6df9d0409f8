import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type HashTreeOptions, hashFile, hashTree } from '../src/files/disk/index.ts'
import { accountOf, type FileOutcome, LineJournal, usualLimits } from '../src/files/index.ts'
import { type TarMember, tarOf, type ZipMember, zipOf } from './archives.ts'

const root = mkdtempSync(join(tmpdir(), 'hash-tree-'))
after(() => rmSync(root, { recursive: true, force: true }))
let folders = 0
const folder = () => {
  const path = join(root, `f${++folders}`)
  mkdirSync(path)
  return path
}

const all = { kinds: ['md5', 'sha1', 'sha256'] } as const
const sha1 = (bytes: string | Uint8Array) => createHash('sha1').update(bytes).digest('hex')

async function hash(path: string, options: Partial<HashTreeOptions> = {}): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = []
  let account = null
  const onProgress: HashTreeOptions['onProgress'] = (progress) => {
    account = progress.account
    options.onProgress?.(progress)
  }
  for await (const outcome of hashTree([path], { ...all, ...options, onProgress })) outcomes.push(outcome)
  const counted = accountOf(outcomes)
  assert.equal(counted.found, counted.hashed + counted.remarked + counted.setAside)
  if (outcomes.length > 0) assert.deepEqual(account, counted)
  return outcomes
}

const nameOf = ({ place }: FileOutcome) =>
  [place.path.text.slice(root.length).replace(/^\/f\d+\/?/, ''), ...place.members.map(({ text }) => text)].join(' > ')

/** `name: sha1` or `name: reason`, with remarks. */
const told = (outcomes: readonly FileOutcome[]) =>
  Object.fromEntries(
    outcomes.map((outcome) => {
      if (outcome.outcome === 'set-aside') return [nameOf(outcome), outcome.reason.code]
      const remarks = outcome.outcome === 'remarked' ? outcome.remarks.map(({ code }) => ` (${code})`) : []
      return [nameOf(outcome), `${outcome.digests.sha1}${remarks.join('')}`]
    }),
  )

function archive(name: string, bytes: Uint8Array): string {
  const path = join(folder(), name)
  writeFileSync(path, bytes)
  return path
}

/** Members only, without the archive itself. */
const members = async (bytes: Uint8Array, options: Partial<HashTreeOptions> = {}) => {
  const outcomes = await hash(archive('a', bytes), options)
  return told(outcomes.filter(({ place }) => place.members.length > 0).map(withoutPath))
}
const withoutPath = (outcome: FileOutcome): FileOutcome => ({
  ...outcome,
  place: { ...outcome.place, path: { text: root, bytes: null } },
})
const named = (found: { [name: string]: string }) =>
  Object.fromEntries(Object.entries(found).map(([name, value]) => [name.replace(/^ > /, ''), value]))

describe('files and folders', () => {
  test('every file is hashed in one pass, with the digests of OpenSSL', async () => {
    const path = folder()
    const contents = { empty: '', small: 'x', 'exactly a step': 'y'.repeat(2 ** 20), larger: 'z'.repeat(2 ** 20 + 1) }
    for (const [name, text] of Object.entries(contents)) writeFileSync(join(path, name), text)
    const outcomes = await hash(path)
    assert.equal(outcomes.length, 4)
    for (const outcome of outcomes) {
      const text = Object.entries(contents).find(([name]) => name === nameOf(outcome))?.[1] ?? ''
      assert.equal(outcome.outcome, 'hashed')
      assert.equal(outcome.size, text.length)
      for (const kind of all.kinds) {
        assert.equal(outcome.digests[kind], createHash(kind).update(text).digest('hex'))
      }
    }
  })

  test('hashes that no list needs are not computed', async () => {
    const path = archive('one', Buffer.from('text'))
    const [outcome] = await hash(path, { kinds: ['sha256'] })
    assert.ok(outcome?.outcome === 'hashed')
    assert.deepEqual(Object.keys(outcome.digests), ['sha256'])
  })

  test('links, loops of links, pipes and sockets are told and not entered', async () => {
    const path = folder()
    mkdirSync(join(path, 'deep'))
    writeFileSync(join(path, 'deep', 'file'), 'here')
    symlinkSync('..', join(path, 'deep', 'up'))
    symlinkSync('deep/file', join(path, 'alias'))
    symlinkSync('nowhere', join(path, 'dangling'))
    execFileSync('mkfifo', [join(path, 'pipe')])
    const server = createServer().listen(join(path, 's'))
    try {
      assert.deepEqual(told(await hash(path)), {
        'deep/file': sha1('here'),
        'deep/up': 'link',
        alias: 'link',
        dangling: 'link',
        pipe: 'special',
        s: 'special',
      })
    } finally {
      server.close()
    }
  })

  test('what is not there or may not be read is set aside with the reason', async () => {
    const path = folder()
    assert.deepEqual(Object.values(told(await hash(join(path, 'none')))), ['unreadable'])
    if (process.getuid?.() === 0) return
    writeFileSync(join(path, 'secret'), 'x')
    mkdirSync(join(path, 'closed'))
    chmodSync(join(path, 'secret'), 0)
    chmodSync(join(path, 'closed'), 0)
    assert.deepEqual(told(await hash(path)), { secret: 'unreadable', closed: 'unreadable' })
    chmodSync(join(path, 'closed'), 0o700)
  })

  test('an archive that is not opened here says so, on disk and within another one', async () => {
    const path = folder()
    const heads = { rar: 'Rar!\x1a\x07', 'seven-zip': '7z\xbc\xaf\x27\x1c', bzip2: 'BZh91AY&SY', xz: '\xfd7zXZ\0' }
    const files = Object.entries(heads).map(([name, head]) => ({
      name,
      data: Buffer.from(`${head} and more`, 'latin1'),
    }))
    for (const { name, data } of files) writeFileSync(join(path, name), data)
    writeFileSync(join(path, 'all.tar'), tarOf(files))
    writeFileSync(join(path, 'text'), 'BZh9 is no archive')
    const remarks = (outcomes: readonly FileOutcome[]) =>
      outcomes.flatMap((outcome) => (outcome.outcome === 'remarked' ? outcome.remarks.map(({ code }) => code) : []))
    assert.deepEqual(remarks(await hash(path)), Array(8).fill('not-opened'))
    assert.deepEqual(remarks(await hash(path, { archives: false })), [])
  })

  test('what became a link or a pipe since it was listed is not read', async () => {
    const path = folder()
    writeFileSync(join(path, 'target'), 'x')
    symlinkSync('target', join(path, 'link'))
    execFileSync('mkfifo', [join(path, 'pipe')])
    const settings = { kinds: all.kinds, pictures: [], archives: true, limits: usualLimits }
    for (const [name, code] of [
      ['link', 'unreadable'],
      ['pipe', 'special'],
      ['gone', 'unreadable'],
    ]) {
      for await (const outcome of hashFile(Buffer.from(join(path, `${name}`)), settings, {
        mayBlock: true,
        onBytes() {},
      })) {
        assert.equal(outcome.outcome === 'set-aside' && outcome.reason.code, code)
      }
    }
  })

  test('names that are no UTF-8 keep their bytes', async () => {
    const path = folder()
    const odd = Buffer.concat([Buffer.from(`${path}/caf`), Buffer.from([0xe9, 0x0a]), Buffer.from('.bin')])
    writeFileSync(odd, 'latin')
    writeFileSync(join(path, 'ünï\n'), 'utf-8')
    const outcomes = await hash(path)
    const latin = outcomes.find(({ place }) => place.path.bytes !== null)
    assert.equal(latin?.place.path.bytes, odd.toString('hex'))
    assert.equal(nameOf(latin ?? assert.fail()), 'caf\\xe9\n.bin')
    assert.equal(told(outcomes)['ünï\n'], sha1('utf-8'))
    for await (const again of hashTree([odd], all)) assert.equal(again.outcome, 'hashed')
  })

  test('a file that changes while it is read is remarked', async () => {
    const path = archive('log', Buffer.alloc(40 * 2 ** 20, 1))
    let changed = false
    const outcomes: FileOutcome[] = []
    const reading = hashTree([path], { ...all, workers: 0 })
    const first = reading.next()
    const grow = setInterval(() => {
      appendFileSync(path, 'more')
      changed = true
    }, 2)
    try {
      const { value } = await first
      if (value !== undefined) outcomes.push(value)
    } finally {
      clearInterval(grow)
    }
    assert.equal(changed, true)
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.outcome === 'remarked' ? outcome.remarks[0]?.code : outcome.outcome)),
      ['changed-while-read'],
    )
  })

  test('a file that says it is empty and is not', { skip: process.platform !== 'linux' }, async () => {
    const [outcome] = await hash('/proc/self/status')
    assert.equal(outcome?.outcome, 'remarked')
  })

  test('a folder deeper than a path may be is told', async () => {
    const path = folder()
    const name = 'd'.repeat(250)
    execFileSync('sh', [
      '-c',
      `cd "$0"; i=0; while [ $i -lt 20 ]; do mkdir ${name} 2>/dev/null; cd ${name} 2>/dev/null || exit 0; i=$((i+1)); done 2>/dev/null`,
      path,
    ])
    const outcomes = await hash(path)
    assert.equal(outcomes.length, 1)
    assert.equal(outcomes[0]?.outcome, 'set-aside')
    execFileSync('rm', ['-rf', path])
  })
})

describe('ZIP archives', () => {
  const zip = (...given: ZipMember[]) => zipOf(given)

  test('members stored and packed, in folders, empty, with data descriptors', async () => {
    const long = Buffer.alloc(300_000, 'abc')
    const found = await members(
      zip(
        { name: 'a/', data: '' },
        { name: 'a/stored', data: 'one', method: 0 },
        { name: 'a/packed', data: long },
        { name: 'empty', data: '' },
        { name: 'later', data: 'two', descriptor: true },
      ),
    )
    assert.deepEqual(named(found), {
      'a/stored': sha1('one'),
      'a/packed': sha1(long),
      empty: sha1(''),
      later: sha1('two'),
    })
  })

  test('names are only names: they lead nowhere', async () => {
    const found = await members(
      zip(
        { name: '../../escape', data: '1' },
        { name: '/etc/absolute', data: '2' },
        { name: 'C:\\windows\\x', data: '3' },
        { name: Buffer.from([0x66, 0xfc]), data: '4' },
        { name: 'hidden/', data: 'in a folder name' },
        { name: 'twice', data: '5' },
      ),
    )
    assert.deepEqual(named(found), {
      '../../escape': sha1('1'),
      '/etc/absolute': sha1('2'),
      'C:\\windows\\x': sha1('3'),
      'f\\xfc': sha1('4'),
      'hidden/': sha1('in a folder name'),
      twice: sha1('5'),
    })
  })

  test('encrypted, unknown, damaged and lying members are told, the others hashed', async () => {
    const found = await members(
      zip(
        { name: 'locked', data: 'x', encrypted: true },
        { name: 'odd', data: 'x', method: 99 },
        { name: 'broken', data: 'x'.repeat(1000), damage: true },
        { name: 'sum', data: 'true', crc: 7 },
        { name: 'size', data: 'true', size: 99 },
        { name: 'fine', data: 'fine' },
      ),
    )
    assert.deepEqual(named(found), {
      locked: 'encrypted',
      odd: 'unsupported',
      broken: 'damaged',
      sum: `${sha1('true')} (checksum-differs)`,
      size: `${sha1('true')} (size-differs)`,
      fine: sha1('fine'),
    })
  })

  test('ZIP64 sizes are understood', async () => {
    assert.deepEqual(named(await members(zip({ name: 'large', data: 'said in 64 bits', zip64: true }))), {
      large: sha1('said in 64 bits'),
    })
  })

  test('a cut archive is hashed itself and says that the rest was not read', async () => {
    const whole = zip({ name: 'a', data: 'x' })
    assert.deepEqual(named(await members(whole.subarray(0, -10))), { '(the rest of the archive)': 'damaged' })
    assert.deepEqual(await members(whole, { archives: false }), {})
  })

  test('archives in archives are opened, up to a depth', async () => {
    let bytes: Uint8Array = Buffer.from('the core')
    for (let level = 0; level < 4; level++) bytes = zip({ name: `level ${level}`, data: bytes })
    const found = await members(bytes)
    assert.equal(Object.keys(found).length, 4)
    assert.equal(found[' > level 3 > level 2 > level 1 > level 0'], sha1('the core'))
    const shallow = await members(bytes, { limits: { nesting: 2 } })
    assert.deepEqual(
      Object.values(shallow).map((value) => value.slice(40)),
      ['', ' (not-opened)'],
    )
  })

  test('bombs are stopped by ratio, total, count and room, and say so', async () => {
    const zeros = Buffer.alloc(20 * 2 ** 20)
    const bomb = zip({ name: 'first', data: 'fine' }, { name: 'zeros', data: zeros }, { name: 'after', data: 'x' })
    const stopped = { first: sha1('fine'), zeros: 'limit', '(the rest of the archive)': 'limit' }
    assert.deepEqual(named(await members(bomb, { limits: { freeBytes: 2 ** 20 } })), stopped)
    assert.deepEqual(named(await members(bomb, { limits: { bytes: 2 ** 20 } })), stopped)
    assert.equal(named(await members(bomb))['zeros'], sha1(zeros))
    const many = zip(...Array.from({ length: 50 }, (_, number) => ({ name: `${number}`, data: 'x' })))
    const few = named(await members(many, { limits: { members: 10 } }))
    assert.equal(Object.keys(few).length, 11)
    assert.equal(few['(the rest of the archive)'], 'limit')
    const nested = zip({ name: 'inner', data: many, method: 0 }, { name: 'after', data: 'y' })
    assert.deepEqual(named(await members(nested, { limits: { heldBytes: 1000 } })), {
      inner: `${sha1(many)} (not-opened)`,
      after: sha1('y'),
    })
  })
})

describe('TAR and gzip', () => {
  const tar = (...given: TarMember[]) => tarOf(given)
  const three = () =>
    tar(
      { name: 'a/one', data: 'one' },
      { name: 'a/', type: '5' },
      { name: 'empty', data: '' },
      { name: 'two', data: 'x'.repeat(70_000) },
    )
  const expected = { 'a/one': sha1('one'), empty: sha1(''), two: sha1('x'.repeat(70_000)) }

  test('members of a TAR, plain and packed', async () => {
    assert.deepEqual(named(await members(three())), expected)
    const packed = named(await members(gzipSync(three())))
    assert.equal(packed['a'], sha1(three()))
    assert.equal(packed['a > a/one'], sha1('one'))
    assert.equal(Object.keys(packed).length, 4)
  })

  test('a TAR in a ZIP, a ZIP in a packed TAR, a file that is only packed', async () => {
    const inZip = named(await members(zipOf([{ name: 't.tar', data: three() }])))
    assert.equal(inZip['t.tar > two'], expected.two)
    assert.equal(inZip['t.tar'], sha1(three()))
    const inTar = named(
      await members(gzipSync(tar({ name: 'z', data: zipOf([{ name: 'core', data: 'c' }]) }, { name: 'y', data: 'y' }))),
    )
    assert.equal(inTar['a > z > core'], sha1('c'))
    assert.equal(inTar['a > y'], sha1('y'))
    assert.deepEqual(named(await members(gzipSync('text'))), { a: sha1('text') })
    const twice = gzipSync(gzipSync(three()))
    assert.equal(named(await members(twice))['a > a > two'], expected.two)
  })

  test('links and devices in a TAR are told; names keep their bytes', async () => {
    const found = await members(
      tar(
        { name: 'link', type: '2' },
        { name: 'hard', type: '1' },
        { name: 'device', type: '3' },
        { name: Buffer.from([0x66, 0xfc]), data: '4' },
        { name: '../../up', data: '5' },
      ),
    )
    assert.deepEqual(named(found), {
      link: 'link',
      hard: 'link',
      device: 'special',
      'f\\xfc': sha1('4'),
      '../../up': sha1('5'),
    })
  })

  test('cut and damaged archives give what can be read and say what cannot', async () => {
    const whole = three()
    const cut = named(await members(whole.subarray(0, 20_000)))
    assert.equal(cut['a/one'], sha1('one'))
    assert.equal(cut['two'], 'damaged')
    assert.equal(cut['(the rest of the archive)'], 'damaged')
    const packed = gzipSync(whole, { level: 0 })
    const cutPacked = named(await members(packed.subarray(0, 20_000)))
    assert.equal(cutPacked['a'], 'damaged')
    assert.equal(cutPacked['a > a/one'], sha1('one'))
    const trailing = async (bytes: Buffer) => named(await members(Buffer.concat([gzipSync('text'), bytes])))
    assert.deepEqual(await trailing(Buffer.alloc(3_000_000)), { a: sha1('text') })
    assert.deepEqual(await trailing(gzipSync(' goes on')), { a: sha1('text goes on') })
    assert.deepEqual(await trailing(Buffer.alloc(3_000_000, 7)), { a: 'damaged' })
    const inner = Buffer.from(whole)
    inner.fill(0xff, 1024, 1536)
    const inZip = named(
      await members(
        zipOf([
          { name: 't', data: inner },
          { name: 'after', data: 'x' },
        ]),
      ),
    )
    assert.equal(inZip['t'], sha1(inner), 'the hash is of the whole member all the same')
    assert.equal(inZip['t > (the rest of the archive)'], 'damaged')
    assert.equal(inZip['after'], sha1('x'))
  })

  test('a packed bomb is stopped', async () => {
    const found = named(await members(gzipSync(Buffer.alloc(50 * 2 ** 20)), { limits: { freeBytes: 2 ** 20 } }))
    assert.deepEqual(found, { a: 'limit' })
  })
})

describe('a long run', () => {
  function tree(files: number): string {
    const path = folder()
    for (let number = 0; number < files; number++) {
      const below = join(path, `d${number % 7}`)
      mkdirSync(below, { recursive: true })
      writeFileSync(join(below, `${number}`), `content ${number}`)
    }
    writeFileSync(join(path, 'z.zip'), zipOf(Array.from({ length: 700 }, (_, n) => ({ name: `${n}`, data: `${n}` }))))
    return path
  }

  test('threads give what one thread gives', async () => {
    const path = tree(300)
    const alone = told(await hash(path, { workers: 0 }))
    assert.equal(Object.keys(alone).length, 1001)
    assert.deepEqual(told(await hash(path, { workers: 2 })), alone)
  })

  test('a journal spares unchanged files, and only those', async () => {
    const path = tree(100)
    // A whole second: tools can set it again exactly.
    utimesSync(join(path, 'd0', '0'), 1_700_000_000, 1_700_000_000)
    const lines: string[] = []
    const first = told(await hash(path, { journal: new LineJournal([], (line) => lines.push(line)) }))
    assert.equal(lines.length, 101)
    const stored = lines.map((line) => line.trimEnd())
    let spared = 0
    const onProgress: HashTreeOptions['onProgress'] = ({ fromJournal }) => {
      spared = fromJournal
    }
    const again = new LineJournal([...stored, '{"path":"cut o'])
    assert.equal(again.unread, 1)
    assert.deepEqual(told(await hash(path, { journal: again, onProgress })), first)
    assert.equal(spared, 801)

    const changed = join(path, 'd0', '0')
    writeFileSync(changed, 'CONTENT 0')
    utimesSync(changed, 1_700_000_000, 1_700_000_000)
    const third = told(await hash(path, { journal: again, onProgress }))
    assert.equal(spared, 800)
    assert.equal(third['d0/0'], sha1('CONTENT 0'))
    await hash(path, { journal: new LineJournal(stored), kinds: ['md5'], onProgress })
    assert.equal(spared, 800, 'fewer kinds are known too')
    const md5Lines: string[] = []
    await hash(path, { kinds: ['md5'], journal: new LineJournal([], (line) => md5Lines.push(line.trimEnd())) })
    await hash(path, { journal: new LineJournal(md5Lines), onProgress })
    assert.equal(spared, 0, 'more kinds are not')
  })

  test('an interrupted run is taken up where it stopped', async () => {
    const path = tree(200)
    const lines: string[] = []
    const stop = new AbortController()
    const journal = new LineJournal([], (line) => lines.push(line.trimEnd()))
    const run = hash(path, {
      workers: 1,
      journal,
      signal: stop.signal,
      onProgress: ({ account }) => {
        if (account.found > 800) stop.abort(new Error('stopped by hand'))
      },
    })
    await assert.rejects(run, /stopped by hand/)
    assert.ok(lines.length > 50 && lines.length < 201, `${lines.length} files were done`)
    let spared = 0
    const outcomes = await hash(path, {
      journal: new LineJournal(lines),
      onProgress: ({ fromJournal }) => {
        spared = fromJournal
      },
    })
    assert.equal(outcomes.length, 901)
    assert.ok(spared >= lines.length)
  })

  test('who leaves early leaves nothing running', async () => {
    for (const workers of [0, 2]) {
      for await (const outcome of hashTree([tree(150)], { ...all, workers })) {
        assert.equal(outcome.outcome, 'hashed')
        break
      }
    }
  })

  test('an empty folder is nothing found', async () => {
    assert.deepEqual(await hash(folder()), [])
  })
})
