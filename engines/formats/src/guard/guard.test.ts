import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { noise, planted, plantedOther } from '../../test/planted.ts'
import { type GuardPassed, guard, guardBytes } from './index.ts'

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const entries = Object.entries(planted)
const jpeg = planted['image/jpeg'] ?? Buffer.alloc(0)

function passed(text: string | Uint8Array): GuardPassed & { text: string } {
  const outcome = guardBytes(typeof text === 'string' ? bytesOf(text) : text)
  assert.equal(outcome.refusal, null)
  assert.ok(outcome.guarded !== null)
  return { ...outcome, text: new TextDecoder().decode(outcome.guarded) }
}

/** The picture is gone: no stretch of 32 encoded characters of it is left. */
function assertGone(text: string, encoded: string): void {
  const compact = text.replace(/[\s"',]/g, '')
  for (let at = 0; at + 32 <= encoded.length; at += 16) {
    assert.ok(!compact.includes(encoded.slice(at, at + 32)), `characters ${at}-${at + 32} are left`)
  }
}

describe('guard on whole files', () => {
  for (const [type, bytes] of [...entries, ...Object.entries(plantedOther)]) {
    it(`refuses ${type} under any name, keeping digest and reason`, () => {
      const outcome = guardBytes(bytes)
      assert.equal(outcome.refusal?.type, type)
      assert.ok((outcome.refusal?.says.length ?? 0) > 20)
      assert.equal(outcome.guarded, null)
      assert.equal(outcome.originalSha256, digest(bytes))
      assert.equal(outcome.originalLength, bytes.length)
    })
  }

  it('refuses media behind white space, behind text, and binary data of no known type', () => {
    assert.equal(guardBytes(Buffer.concat([Buffer.from('\n\n  '), jpeg])).refusal?.code, 'media-file')
    assert.equal(
      guardBytes(Buffer.concat([Buffer.from('{"a":"'), jpeg, Buffer.from('"}')])).refusal?.code,
      'media-inside',
    )
    assert.equal(guardBytes(noise(5000)).refusal?.code, 'binary')
    assert.equal(guardBytes(Buffer.concat([Buffer.alloc(9000, 'text '), noise(4096)])).refusal?.code, 'binary')
  })

  it('refuses what is too large, from bytes and from a stream, with the digest of all of it', async () => {
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 10; at += 1) yield Buffer.alloc(100, 'a')
    }
    const all = Buffer.alloc(1000, 'a')
    assert.equal(guardBytes(all, { maxBytes: 999 }).refusal?.code, 'too-large')
    const outcome = await guard(stream(), { maxBytes: 999 })
    assert.equal(outcome.refusal?.code, 'too-large')
    assert.equal(outcome.originalSha256, digest(all))
    const fine = await guard(stream(), { maxBytes: 1000 })
    assert.deepEqual(fine.guarded, all)
  })
})

describe('guard inside texts', () => {
  const encodings: readonly [string, (bytes: Buffer) => string][] = [
    ['base64', (bytes) => bytes.toString('base64')],
    ['base64url', (bytes) => bytes.toString('base64url')],
    ['hex', (bytes) => bytes.toString('hex')],
    ['HEX', (bytes) => bytes.toString('hex').toUpperCase()],
    ['hex with colons', (bytes) => bytes.toString('hex').replace(/..(?=.)/g, '$&:')],
    ['base64 in lines', (bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\\r\\n')],
    ['base64 in pieces of four', (bytes) => bytes.toString('base64').replace(/.{4}/g, '$& ')],
    ['base64 with escaped slashes', (bytes) => bytes.toString('base64').replace(/\//g, '\\/')],
    [
      'base64 with unicode escapes',
      (bytes) => bytes.toString('base64').replace(/[+/=]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    ],
    [
      'base64, every letter escaped',
      (bytes) => bytes.toString('base64').replace(/./g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    ],
    ['double base64', (bytes) => Buffer.from(bytes.toString('base64')).toString('base64')],
    ['hex of base64', (bytes) => Buffer.from(bytes.toString('base64')).toString('hex')],
    ['data URL', (bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`],
    ['prose before and after', (bytes) => `here is it ${bytes.toString('base64')} so much`],
    ['letters glued before', (bytes) => `XYZ${bytes.toString('base64')}`],
  ]
  for (const [name, encode] of encodings) {
    it(`strips every medium as ${name} from JSON and leaves it valid`, () => {
      for (const [type, bytes] of entries) {
        // Two fixed bytes, or many zeros, are no proof in the middle of a text.
        if (name === 'letters glued before' && /bmp|icon/.test(type)) continue
        const source = `{"a":"kept before","b":"${encode(bytes)}","c":["kept after"]}`
        const { text, stripped } = passed(source)
        const parsed: unknown = JSON.parse(text)
        assert.ok(typeof parsed === 'object' && parsed !== null && 'a' in parsed && 'b' in parsed && 'c' in parsed)
        assert.equal(parsed.a, 'kept before', type)
        assert.deepEqual(parsed.c, ['kept after'], type)
        assert.equal(stripped.length, 1, `${type} as ${name}: ${text.slice(0, 200)}`)
        assert.equal(stripped[0]?.type, type)
        assert.match(String(parsed.b), /\[stripped media sha256=[0-9a-f]{64} length=\d+ type=/)
        if (!name.startsWith('prose')) assert.equal(stripped[0]?.sha256, digest(bytes), `${type} as ${name}`)
        assertGone(text, bytes.toString('base64'))
        assertGone(text, bytes.toString('hex'))
      }
    })
  }

  it('keeps the words around a picture in prose', () => {
    const { text } = passed(`{"a":"look here ${jpeg.toString('base64')} and tell me"}`)
    assert.match(text, /^\{"a":"look here \[stripped media [^\]]*\] and tell me"\}$/)
  })

  it('strips from XML text, attributes and character references', () => {
    const code = jpeg.toString('base64')
    const referenced = code.replace(/[+/]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    const { text, stripped } = passed(
      `<r a="${code}">\n<b>${code.replace(/.{60}/g, '$&\n')}</b><c>${referenced}</c><d>kept</d></r>`,
    )
    assert.equal(stripped.length, 3)
    assert.match(
      text,
      /^<r a="\[stripped [^"<>]*\]">\n<b>\[stripped [^"<>]*\]<\/b><c>\[stripped [^"<>]*\]<\/c><d>kept<\/d><\/r>$/,
    )
  })

  it('strips from CSV cells and keeps rows and columns', () => {
    const code = jpeg.toString('base64')
    const sha = digest(jpeg)
    const { text, stripped } = passed(
      `md5,thumb,sha256\nx,${code},${sha}\ny,"data:image/png;base64,${code}",${sha}\nz,data:image/png;base64,${code},${sha}\n`,
    )
    assert.equal(stripped.length, 3)
    const rows = text
      .trimEnd()
      .split('\n')
      .map((row) => row.split(','))
    assert.deepEqual(
      rows.map((row) => row.length),
      [3, 3, 4, 4],
    )
    assert.ok(rows.slice(1).every((row) => row.at(-1) === sha))
  })

  it('strips a picture cut into a list of texts, and byte lists', () => {
    const code = jpeg.toString('base64')
    const pieces = code.match(/.{1,76}/g) ?? []
    const { text } = passed(JSON.stringify({ a: pieces, b: { type: 'Buffer', data: [...jpeg] }, c: 'kept' }))
    const parsed: unknown = JSON.parse(text)
    assert.ok(typeof parsed === 'object' && parsed !== null && 'c' in parsed && parsed.c === 'kept')
    assertGone(text, code.slice(0, Math.floor(code.length / 76) * 76))
    assert.ok(!text.includes('255,216'))
  })

  it('keeps the hashes that stand right beside a picture in a row', () => {
    const photodna = noise(144, 5).toString('base64')
    const row = `${jpeg.toString('base64')},${photodna},${digest(jpeg)},${noise(16, 3).toString('base64')}`
    const { text } = passed(`thumb,photodna,sha256,md5\n${row}\n`)
    assert.ok(text.endsWith(`],${row.split(',').slice(1).join(',')}\n`), text)
  })

  it('refuses a file with more beginnings of media than can be searched', () => {
    const outcome = guardBytes(Buffer.alloc(6e6, '/9j/ '))
    assert.equal(outcome.refusal?.code, 'media-inside')
  })

  it('strips raw bytes written as characters', () => {
    const { text, stripped } = passed(JSON.stringify({ a: jpeg.toString('latin1'), b: 'kept' }))
    assert.equal(stripped.length, 1)
    assert.match(text, /"b":"kept"/)
    assert.equal(stripped[0]?.sha256, digest(jpeg))
  })

  it('strips what stands in pieces behind keys, row numbers or the marks of an answered mail', () => {
    const code = jpeg.toString('base64')
    const pieces = code.match(/.{1,76}/g) ?? []
    assert.ok(pieces.length > 3)
    const texts = [
      `Subject: Re\n\n${pieces.map((line) => `> ${line}\n`).join('')}> kept\n`,
      JSON.stringify([...pieces.map((data, n) => ({ n, data })), 'kept']),
      JSON.stringify({ ...Object.fromEntries(pieces.map((line, n) => [`part${n}`, line])), note: 'kept' }),
      `n,data\n${pieces.map((line, n) => `${n},${line}\n`).join('')}kept\n`,
      `<p>${pieces.join('<br/>\n')}</p><p>kept</p>`,
    ]
    for (const text of texts) {
      const outcome = passed(text)
      for (const piece of pieces.filter(({ length }) => length >= 40)) assert.ok(!outcome.text.includes(piece), text)
      assert.match(outcome.text, /kept/)
    }
  })

  it('leaves tokens of one length alone, and the address that stands near a picture', () => {
    const rows = Array.from({ length: 200 }, (_, at) => `${at},${noise(57, at + 1).toString('base64')}\n`).join('')
    assert.equal(passed(`n,token\n${rows}`).stripped.length, 0)
    const address = 'cdn/attachments/112233445566/998877/abcdef/name'
    assert.match(passed(JSON.stringify({ a: jpeg.toString('base64'), b: address })).text, new RegExp(address))
  })

  it('strips bytes printed as numbers: signed, hexadecimal, with their place as key', () => {
    const values = [...jpeg]
    for (const text of [
      JSON.stringify({ a: values.map((value) => (value > 127 ? value - 256 : value)), b: 'kept' }),
      JSON.stringify({ a: { ...values }, b: 'kept' }),
      JSON.stringify({ a: values.map((value) => `0x${value.toString(16)}`), b: 'kept' }),
    ]) {
      const outcome = passed(text)
      assert.equal(outcome.stripped[0]?.sha256, digest(jpeg), text.slice(0, 60))
      assert.match(outcome.text, /"b":"kept"/)
      assert.ok(outcome.text.length < 200)
      JSON.parse(outcome.text)
    }
    assert.equal(passed(`{${values.map((value) => `0x${value.toString(16)}`).join(', ')}}`).stripped.length, 1)
    assert.equal(passed(`VALUES (0x${jpeg.toString('hex')});`).stripped[0]?.sha256, digest(jpeg))
  })

  it('strips raw bytes of any medium, to their end, in every way of writing them', () => {
    const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0')
    const isPlain = (value: number): boolean =>
      value > 0x20 && value < 0x7f && !'=%\\"\'<&'.includes(String.fromCharCode(value))
    const written = (bytes: Uint8Array, mark: string): string =>
      [...bytes].map((value) => (isPlain(value) ? String.fromCharCode(value) : mark + hex(value))).join('')
    const pixels = Buffer.concat([Buffer.from('</</<a<"'), noise(600, 9)])
    const media = [jpeg, Buffer.concat([Buffer.from('GIF89a\x10\0\x10\0\xf7\0\0', 'latin1'), pixels])]
    media.push(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', 'latin1'), pixels]))
    for (const medium of media) {
      const texts = [
        JSON.stringify({ a: medium.toString('latin1'), b: 'kept' }),
        JSON.stringify({ a: new TextDecoder('windows-1252').decode(medium), b: 'kept' }),
        `a = b'${written(medium, '\\x')}' # kept`,
        JSON.stringify({ a: written(medium, '%'), b: 'kept' }),
      ]
      for (const text of texts) {
        const outcome = passed(text)
        assert.equal(outcome.stripped[0]?.sha256, digest(medium), text.slice(0, 60))
        assert.match(outcome.text, /kept/)
        assert.ok(outcome.text.length < 200, text.slice(0, 60))
      }
      const lines = written(medium, '=').replace(/.{1,72}(?<!=.?)/g, '$&=\r\n')
      const mail = passed(`Content-Transfer-Encoding: quoted-printable\r\n\r\n${lines}\r\n--b--\r\nkept`)
      assert.match(mail.text, /kept/)
      assert.ok(mail.text.length < 250, mail.text.slice(0, 400))
    }
    assert.equal(passed('\\u003cspan\\u003e%3Cs'.repeat(140_000)).stripped.length, 0)
    assert.equal(passed('{"a":"GIF89a is a format of pictures, RIFF too, and so is II* for TIFF"}').stripped.length, 0)
  })

  it('strips uuencoded pictures and keeps what is around them', () => {
    const line = (bytes: Uint8Array): string => {
      let text = String.fromCharCode(32 + bytes.length)
      for (let at = 0; at < bytes.length; at += 3) {
        const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
        for (const shift of [18, 12, 6, 0]) text += String.fromCharCode(32 + ((three >> shift) & 63))
      }
      return text
    }
    const lines = Array.from({ length: Math.ceil(jpeg.length / 45) }, (_, at) =>
      line(jpeg.subarray(at * 45, at * 45 + 45)),
    )
    const { text, stripped } = passed(`Hello\n\nbegin 644 a.txt\n${lines.join('\n')}\n\`\nend\nkept\n`)
    assert.equal(stripped[0]?.sha256, digest(jpeg))
    assert.match(text, /^Hello\n\nbegin 644 a.txt\n\[stripped media [^\n]*\]\n`\nend\nkept\n$/)
    assert.equal(passed('begin 644 a.txt\n#0V%T\n`\nend\n').stripped.length, 0)
  })

  it('strips in UTF-16 and gives UTF-16 back', () => {
    const source = Buffer.from(`\ufeff{"a":"${jpeg.toString('base64')}","b":"kept"}`, 'utf16le')
    const outcome = passed(source)
    assert.equal(outcome.stripped.length, 1)
    assert.match(Buffer.from(outcome.guarded).toString('utf16le'), /^\ufeff\{"a":"\[stripped [^"]*","b":"kept"\}$/)
  })

  it('strips percent-encoded drawings in data URLs', () => {
    const { text } = passed('{"a":"data:image/svg+xml,%3Csvg%20xmlns%3D%27x%27%3E%3C/svg%3E","b":1}')
    assert.match(text, /^\{"a":"data:image\/svg\+xml,\[stripped media [^"]*","b":1\}$/)
  })

  it('strips long encoded bytes of no known type, plain and wrapped, and keeps short ones', () => {
    const long = noise(5000).toString('base64')
    assert.equal(passed(`{"a":"${long}"}`).stripped[0]?.type, 'application/octet-stream')
    assert.equal(passed(`Content:\n\n${long.replace(/.{76}/g, '$&\r\n')}\n--end`).stripped.length, 1)
    assert.equal(passed(`{"a":"${noise(5000).toString('hex')}"}`).stripped.length, 1)
    assert.equal(passed(`{"a":"${noise(3000).toString('base64')}"}`).stripped.length, 0)
  })

  it('never takes a hash for a picture, alone or in long lists', () => {
    const lines: string[] = []
    for (let at = 1; at < 3000; at += 1) {
      const bytes = noise(144, at * 7919)
      lines.push(
        bytes.toString('base64'),
        bytes.toString('hex'),
        digest(bytes),
        digest(bytes).toUpperCase(),
        digest(bytes).slice(0, 40),
      )
      lines.push(
        bytes.subarray(0, 32).toString('base64'),
        bytes.subarray(0, 16).toString('base64'),
        bytes.subarray(0, 20).toString('base64'),
      )
    }
    // A hash may begin with the bytes of a signature by accident.
    lines.push(
      `ffd8ffe0${lines[2]?.slice(8)}`,
      `ffd8ffc2${'0123456789abcdef'.repeat(2)}`.slice(0, 32),
      `49492a00${lines[2]?.slice(8)}`,
      `/9j/${lines[0]?.slice(4)}`,
    )
    // Many hashes of one kind follow it, one a line: together they are long.
    for (const start of ['ffd8ffe0', '49492a00']) {
      lines.push(`${start}${digest(noise(8)).slice(8)}`)
      for (let at = 0; at < 20; at += 1) lines.push(digest(noise(9, at + 1)))
    }
    for (let at = 0; at < 20; at += 1)
      lines.push(`${at === 0 ? '/9j/' : 'Ab1+'}${noise(141, at + 1).toString('base64')}`)
    for (const source of [lines.join('\n'), lines.join(','), JSON.stringify(lines), lines.join(' ')]) {
      const { stripped } = passed(source)
      assert.deepEqual(
        stripped.slice(0, 2).map(({ why, place }) => ({ why, place })),
        [],
      )
    }
  })

  it('leaves ordinary text byte for byte', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.lorem(), fc.string(), fc.emailAddress(), fc.webUrl(), fc.uuid(), fc.ipV6())),
        (parts) => {
          const bytes = bytesOf(JSON.stringify(parts))
          const outcome = guardBytes(bytes)
          assert.equal(outcome.refusal, null)
          assert.deepEqual(outcome.guarded, bytes)
        },
      ),
    )
  })

  it('finds nothing more in what it has cleaned', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...entries),
        fc.constantFrom(...encodings),
        fc.lorem(),
        ([, bytes], [, encode], words) => {
          const { guarded } = passed(`{"a":"${words}","b":"${encode(bytes)}"}`)
          assert.equal(passed(guarded).stripped.length, 0)
        },
      ),
    )
  })

  it('takes time in proportion to the length, whatever the shape', () => {
    const size = 4e6
    const shapes = [
      '/9j/ '.repeat(size / 5),
      'iVBORw0KGgo '.repeat(size / 12),
      'data:image/png;base64,'.repeat(size / 22),
      `${'a'.repeat(76)}\n`.repeat(size / 77),
      `${noise(57).toString('base64')}\n\n`.repeat(size / 78),
      '\\u00ff\\u00d8'.repeat(size / 12),
      '[255,216,'.repeat(size / 9),
      'Ab1 '.repeat(size / 4),
      '\\'.repeat(size),
      'RIFF'.repeat(size / 4),
      'II*'.repeat(size / 3),
      'II*\\0'.repeat(size / 5),
      '\\x89P'.repeat(size / 5),
      'begin 644 a\n'.repeat(size / 12),
      `${'LzlqL'.repeat(20)} `.repeat(size / 101),
      noise(size * 0.75).toString('base64'),
      `${digest(jpeg)}\n`.repeat(size / 65),
    ]
    for (const [at, shape] of shapes.entries()) {
      // Processor time: a busy machine is not the guard's fault.
      const before = process.cpuUsage()
      guardBytes(Buffer.from(shape))
      const { user, system } = process.cpuUsage(before)
      const took = Math.round((user + system) / 1000)
      assert.ok(took < 5000, `shape ${at} took ${took} ms`)
    }
  })
})
