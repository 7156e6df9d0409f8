import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { extract, extractText, type Found } from '../index.ts'
import { Extractor } from './extractor.ts'

const vectors = join(import.meta.dirname, '../../../../fixtures/identifiers')
const file = (name: string): Buffer => readFileSync(join(vectors, name))
const all = (bytes: Uint8Array): readonly Found[] => [...extract([bytes])]
const of = (text: string): readonly string[] =>
  [...extractText(text)].map(({ identifier }) => `${identifier.kind} ${identifier.normal} ${identifier.strength}`)

/** Pieces from which hostile and ordinary texts are put together. */
const pieces = [
  'bob.test@mail.example',
  'bob [at] mail [dot] example',
  'hxxps://evil[.]example/a.b?x=1',
  'host[.]example',
  '+44 20 7946 0018',
  '(202) 555-0143',
  'tel 555 0143',
  '203.0.113.7:443',
  '[2001:db8::1]:443',
  '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH',
  'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  'GB82 WEST 1234 5698 7654 32',
  'DE89370400440532013000',
  '4111 1111 1111 1111',
  'IMEI: 490154203237518',
  '00:1A:2B:3C:4D:5E',
  '00-1a-2b-3c-4d-5e',
  '123e4567-e89b-42d3-a456-426614174000',
  'snap: test_user',
  '@somebody',
  'name#1234',
  'u/test_user',
  't.me/test_user',
  'https://instagram.com/test.user/?x=1&u=https://b.example/',
  'md5 9e107d9d372bb6826bd81d3542a419d6',
  '51.50740, -0.12780',
  '51°30\'26"N 0°7\'39"W',
  '"latitude": 51.5, "longitude": -0.12',
  '4 May 2026 9:12 PM',
  '2026-05-04T09:12:33Z',
  'May 4, 2026',
  'bob at mail dot example',
  '@user:server.example',
  '?email=bob%40x.example&a=1',
  'müller@bücher.example',
  'xmpp: a@b.example',
  'http://[2001:db8::2]:80/x',
  'photo.jpg',
  '12:34:56',
  'привет',
  '😀',
  '日本語',
  '\ud800',
]
const noise = [
  ' ',
  '\n',
  ', ',
  '"',
  '.',
  ':',
  '@',
  '-',
  '/',
  '(',
  '[',
  '#',
  '+',
  '0',
  '7',
  'a',
  'x',
  '%40',
  '_',
  '::',
  '://',
  '\0',
  '\u00a0',
]
const texts = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, { weight: 4, arbitrary: fc.constantFrom(...noise) }),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''))

describe('extraction', () => {
  it('finds every kind in running text, with its strength', () => {
    assert.deepEqual(of('Mail bob.test@mail.example, (or bob [at] mail [dot] example).'), [
      'email bob.test@mail.example form',
      'email bob@mail.example weak',
    ])
    assert.deepEqual(
      of('see hxxps://evil[.]example/a.b?x=1 and host[.]example, www.shop.example.co.uk; photo.jpg setup.py'),
      [
        'url https://evil.example/a.b?x=1 form',
        'domain evil.example form',
        'domain host.example form',
        'domain www.shop.example.co.uk form',
        'domain setup.py weak',
      ],
    )
    assert.deepEqual(
      of('203.0.113.7:443 [2001:db8::1]:443 at 12:34:56, std::vector, Firefox/1.2.3.4, 256.1.1.1 01.2.3.4'),
      ['ip 203.0.113.7 form', 'ip 2001:db8::1 form', 'ip 1.2.3.4 weak'],
    )
    assert.deepEqual(of('IBAN GB82 WEST 1234 5698 7654 32 or DE89370400440532013000, GB82 WEST 1234 5698 7654 33'), [
      'iban GB82WEST12345698765432 checksum',
      'iban DE89370400440532013000 checksum',
    ])
    assert.deepEqual(of('mac 00:1A:2B:3C:4D:5E 00-1a-2b-3c-4d-5e 001a.2b3c.4d5e'), [
      'mac 00:1a:2b:3c:4d:5e form',
      'mac 00:1a:2b:3c:4d:5e form',
      'mac 00:1a:2b:3c:4d:5e form',
    ])
    assert.deepEqual(of('51.50740, -0.12780 51°30\'26"N 0°7\'39"W "latitude": 51.5, "longitude": -0.12'), [
      'coordinates 51.5074,-0.1278 form',
      'coordinates 51.507222,-0.1275 form',
      'coordinates 51.5,-0.12 form',
    ])
    assert.deepEqual(
      of('4 May 2026 9:12 PM; 04/05/2026; 2026-05-04T09:12:33Z; [04/May/2026:09:12:33 +0000] May 4, 2026'),
      [
        'date 2026-05-04 9:12 PM form',
        'date 2026-05-04 weak',
        'date 2026-05-04 09:12:33Z form',
        'date 2026-05-04 09:12:33 +0000 form',
        'date 2026-05-04 form',
      ],
    )
  })

  it('takes digits for a device, a SIM, a number or a card only with what makes them one', () => {
    assert.deepEqual(of('IMEI: 490154203237518'), ['imei 490154203237518 checksum'])
    assert.deepEqual(of('imei 49-015420-323751-8 and imsi=234150999999999; "iccid":"8944100000000000000"'), [
      'imei 490154203237518 checksum',
      'imsi 234150999999999 form',
      'iccid 8944100000000000000 checksum',
    ])
    assert.deepEqual(of('490154203237518 234150999999999 12345678 2024 5551234567'), [])
    assert.deepEqual(of('+44 20 7946 0018 2026-05-04; (202) 555-0143, phone 5550143; 0161 496 0000'), [
      'phone +442079460018 checksum',
      'date 2026-05-04 form',
      'phone (202) 555-0143 weak',
      'phone 5550143 weak',
      'phone 0161 496 0000 weak',
    ])
    const [named] = extractText('her IMEI is 490154203237518')
    assert.deepEqual(named?.context, ['IMEI'])
  })

  it('reads numbers without calling code once for each country of the case, as an assumption', () => {
    const found = [
      ...extractText('ring 0049 30 123456 or 020 7946 0018', { countries: ['GB', 'DE'], kinds: ['phone'] }),
    ]
    assert.deepEqual(
      found.map(({ identifier }) => `${identifier.normal} ${identifier.strength}`),
      ['+4930123456 weak', '+442079460018 weak'],
    )
    assert.match(found[1]?.identifier.because ?? '', /country GB is an assumption/)
  })

  it('never lets a card number out', () => {
    for (const text of [
      'card 4111111111111111',
      '4111 1111 1111 1111',
      '4111-1111-1111-1111',
      '3782 822463 10005',
      '4111111111111111 exp',
    ]) {
      const found = [...extractText(text)]
      assert.equal(found.length, 1, text)
      assert.equal(found[0]?.identifier.kind, 'card')
      assert.doesNotMatch(JSON.stringify(found).replace(/"(?:start|end)":\d+/g, ''), /\d{5}|\d{4}[ -]\d/)
    }
    assert.equal([...extractText('4111 1111 1111 1111')][0]?.original, '**** **** **** 1111')
  })

  it('finds wallets, invoices, transactions and hashes by checksum and context', () => {
    const tx = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
    assert.deepEqual(
      of(`1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH 1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMI BC1SW50QGDZ25J tx ${tx} file ${tx}`),
      [
        'wallet bitcoin:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH checksum',
        'wallet bitcoin:bc1sw50qgdz25j checksum',
        `transaction ${tx} form`,
        `hash sha256/${tx} weak`,
      ],
    )
    assert.deepEqual(of('md5: 9e107d9d372bb6826bd81d3542a419d6, d41d8cd98f00b204e9800998ecf8427e'), [
      'hash md5/9e107d9d372bb6826bd81d3542a419d6 form',
    ])
  })

  it('finds names on platforms, and bare names only as leads', () => {
    assert.deepEqual(
      of('snap: Test_User, kik test_user12, add my telegram @Other_User; discord name#1234, t.me/third_user'),
      [
        'account snapchat|username/test_user form',
        'account kik|username/test_user12 weak',
        'account telegram|username/other_user form',
        'account discord|username/name#1234 form',
        'domain t.me weak',
        'account telegram|username/third_user form',
      ],
    )
    assert.deepEqual(of('snap is great, kik me, telegram group; hello @somebody'), ['handle somebody weak'])
    assert.deepEqual(of(`session 05${'0123456789abcdef'.repeat(4)}`), [
      `account session|id/05${'0123456789abcdef'.repeat(4)} form`,
    ])
  })

  it('finds obfuscated mails only as weak, and mails inside the queries of addresses', () => {
    assert.deepEqual(of('bob at mail dot example'), ['email bob@mail.example weak'])
    // A user and password of an address are no mail box; its query may name one.
    const inAddress = (text: string): readonly string[] => of(text).filter((line) => line.startsWith('email'))
    assert.deepEqual(inAddress('http://user:pass@mail.example:8080/x'), ['email pass@mail.example weak'])
    assert.deepEqual(inAddress('ftp://bob@mail.example/'), ['email bob@mail.example weak'])
    assert.deepEqual(inAddress('https://x.example/a?to=bob@mail.example'), ['email bob@mail.example form'])
    assert.deepEqual(inAddress('//bob@mail.example mailto:eve@mail.example'), [
      'email bob@mail.example form',
      'email eve@mail.example form',
    ])
    // The end of what is too long for a name is nobody's address; behind an escape a name begins.
    assert.deepEqual(inAddress(`${'a'.repeat(65)}@mail.example ${'b'.repeat(64)}@mail.example`), [
      `email ${'b'.repeat(64)}@mail.example form`,
    ])
    assert.deepEqual(inAddress(`q=${'a'.repeat(70)}%3Dbob@mail.example`), ['email bob@mail.example form'])
    assert.deepEqual(of('look at this dot on the map'), [])
    assert.deepEqual(of("https://a.example/?to=bob%40x.example&cc=o'brien@y.example"), [
      'url https://a.example/?to=bob%40x.example&cc=o%27brien@y.example form',
      'domain a.example form',
      'email bob@x.example form',
      "email o'brien@y.example form",
    ])
  })

  it('reads a key block once, with the addresses it claims, and nothing inside its base64', () => {
    const text = Buffer.concat([
      Buffer.from('my key:\n'),
      file('rsa-public.asc'),
      Buffer.from('\ncall +44 20 7946 0018\n'),
    ])
    const found = all(text)
    assert.deepEqual(
      found.map(({ identifier }) => `${identifier.kind} ${identifier.normal}`),
      [
        'email test.person@mail.example',
        'pgp-key 02ba284df6b3698ca8f2c423f356b9e40aac1596',
        'pgp-key 7e00cb9d0361334ef3e63ac9d376005b6a217694',
        'phone +442079460018',
      ],
    )
    const [, key] = found
    assert.equal(text.toString('latin1', key?.start, key?.end), key?.original)
    const hidden = all(file('ed25519-private.asc'))
    assert.ok(hidden.length === 2 && hidden.every(({ original }) => original.includes('contents not kept')))
    // A beginning without an end swallows nothing.
    assert.deepEqual(of('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nhello bob@mail.example\n'), [
      'email bob@mail.example form',
    ])
  })

  it('reads UTF-16 by its byte order mark, with places in the bytes as they came', () => {
    const text = 'é😀 bob@mail.example 日本 müller@bücher.example'
    const little = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')])
    const big = Buffer.from(little).swap16()
    for (const bytes of [little, big]) {
      const found = all(bytes)
      assert.deepEqual(
        found.map(({ identifier }) => identifier.normal),
        ['bob@mail.example', 'müller@xn--bcher-kva.example'],
      )
      for (const { start, end, original } of found) {
        const cut = Buffer.from(bytes.subarray(start, end))
        assert.equal((bytes === big ? cut.swap16() : cut).toString('utf16le'), original)
      }
    }
  })

  it('gives the same whatever the pieces the text comes in', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(400), { maxLength: 12 }), (text, cuts) => {
        const bytes = Buffer.from(text)
        const sorted = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
        const chunks = [0, ...sorted].map((from, at) => bytes.subarray(from, sorted[at] ?? bytes.length))
        assert.deepEqual([...extract(chunks)], all(bytes))
      }),
    )
  })

  it('gives the same wherever its own stretches end', () => {
    const filler = 'x '.repeat(9000)
    fc.assert(
      fc.property(texts, fc.nat(1000), (text, shift) => {
        const bytes = Buffer.from(filler + text + filler.slice(0, shift) + text + filler + text)
        const small = new Extractor({}, 512)
        assert.deepEqual([...small.push(bytes), ...small.finish()], all(bytes))
      }),
      { numRuns: 40 },
    )
  })

  it('by the kernel finds what the plain scan finds', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const bytes = Buffer.from(text)
        const [plain, kernel] = [true, false].map((plainly) => {
          const extractor = new Extractor({}, 4096, plainly)
          return [...extractor.push(bytes), ...extractor.finish()]
        })
        assert.deepEqual(kernel, plain)
      }),
      { numRuns: 300 },
    )
  })

  it('gives places that hold what it says was there', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.from(text)
        let before = 0
        for (const { start, end, original, identifier } of all(bytes)) {
          assert.ok(start >= before && end > start && end <= bytes.length)
          before = start
          if (identifier.kind !== 'card') assert.equal(bytes.toString('utf8', start, end), original)
        }
        for (const { start, end, original, identifier } of extractText(text)) {
          if (identifier.kind !== 'card') assert.equal(text.slice(start, end).toWellFormed(), original)
        }
      }),
    )
  })

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void all(bytes)))
    assert.deepEqual(all(new Uint8Array()), [])
    assert.deepEqual(all(Uint8Array.of(0xff)), [])
  })
})
