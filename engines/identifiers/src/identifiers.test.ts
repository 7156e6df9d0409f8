import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Result } from '@tandem/core'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import {
  type Identifier,
  type IdentifierRefusal,
  platformKey,
  readAccount,
  readEmail,
  readIp,
  readPhone,
  readPort,
  readUrl,
} from './index.ts'

type Reading = Result<{ readonly identifier: Identifier }, IdentifierRefusal>
const normal = (reading: Reading): string | null => (reading.ok ? reading.value.identifier.normal : null)
const refusal = (reading: Reading): string | null => (reading.ok ? null : reading.error.code)

const badInputs = join(import.meta.dirname, '../../../fixtures/bad-inputs')
const lines = (file: string): string[] =>
  readFileSync(join(badInputs, file), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')

describe('IP addresses', () => {
  it('are written as RFC 5952 section 4 says', () => {
    const vectors = [
      // 4.1 leading zeros, 4.2.1 shorten as much as possible, 4.2.2 not one group, 4.2.3 the longest, else the first
      ['2001:0db8::0001', '2001:db8::1'],
      ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
      ['2001:db8::0:1', '2001:db8::1'],
      ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
      ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
      ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
      ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
      // 4.3 lower case, and the forms of section 1 that all name one address
      ['2001:DB8::AAAA:BBBB', '2001:db8::aaaa:bbbb'],
      ['2001:db8:aaaa:bbbb:cccc:dddd:eeee:AaAa', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
      ['2001:db8:0:0:1::1', '2001:db8::1:0:0:1'],
      ['2001:DB8:0:0:1::1', '2001:db8::1:0:0:1'],
      // 5 embedded IPv4
      ['0:0:0:0:0:ffff:192.0.2.1', '::ffff:192.0.2.1'],
      ['::', '::'],
      ['1::', '1::'],
      ['::1', '::1'],
    ]
    for (const [written = '', expected] of vectors) assert.equal(normal(readIp(written)), expected, written)
  })

  it('agree with two other writers of RFC 5952, and reading the normal form again changes nothing', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const reading = readIp(text)
        assert.ok(reading.ok, text)
        const { address, mappedIpv4 } = reading.value
        assert.equal(normal(readIp(address)), address)
        // The host parser of URLs is an independent writer of RFC 5952, but writes mapped addresses in hex.
        assert.equal(new URL(`http://[${address}]`).hostname, new URL(`http://[${text}]`).hostname)
        if (mappedIpv4 === null) assert.equal(`[${address}]`, new URL(`http://[${text}]`).hostname)
        // It reads the dotted form after `::` as v4-mapped, which RFC 4291 does not say.
        if (!text.includes('.')) assert.equal(address, ipaddr.IPv6.parse(text).toRFC5952String())
      }),
    )
    fc.assert(fc.property(fc.ipV4(), (text) => assert.equal(normal(readIp(text)), text)))
  })

  it('refuse forms that programs read differently', () => {
    for (const text of ['203.0.113.007', '0300.1.2.3', '00.0.0.0'])
      assert.equal(refusal(readIp(text)), 'ip-leading-zero', text)
    for (const text of [
      '127.1',
      '2130706433',
      '0x7f000001',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '1.2.3.-4',
      '',
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      'g::',
      '[::1',
      '::1]',
      '1.2.3.4/24',
      '::1.2.3',
      '1:2:3:4:5:6:7::8:9',
      '١.٢.٣.٤',
    ]) {
      assert.equal(refusal(readIp(text)), 'ip-invalid', text)
    }
  })

  it('take a port in the usual places', () => {
    const port = (text: string): number | null | string => {
      const reading = readIp(text)
      return reading.ok ? reading.value.port : reading.error.code
    }
    assert.equal(port('203.0.113.7:443'), 443)
    assert.equal(port('[2001:db8::1]:443'), 443)
    assert.equal(port('[2001:db8::1]'), null)
    assert.equal(port('2001:db8::1:443'), null)
    assert.equal(port('203.0.113.7:0'), 'port-invalid')
    assert.equal(port('203.0.113.7:65536'), 'port-invalid')
    assert.equal(port('203.0.113.7:'), 'port-invalid')
    assert.deepEqual(readPort(65535), { ok: true, value: 65535 })
    assert.ok(!readPort('1e3').ok && !readPort(-1).ok && !readPort(1.5).ok)
  })

  it('keep both names of a v4-mapped address, and the zone apart', () => {
    const reading = readIp('::FFFF:c000:0201')
    assert.ok(reading.ok)
    assert.equal(reading.value.mappedIpv4, '192.0.2.1')
    assert.deepEqual(reading.value.identifier.also, ['192.0.2.1'])
    const local = readIp('fe80::1%eth0')
    assert.ok(local.ok)
    assert.deepEqual([local.value.address, local.value.zone, local.value.scope], ['fe80::1', 'eth0', 'linkLocal'])
  })

  it('say when an address names no subscriber', () => {
    const scope = (text: string): string => {
      const reading = readIp(text)
      return reading.ok ? reading.value.scope : ''
    }
    assert.deepEqual(['10.0.0.1', '100.64.0.1', '127.0.0.1', '8.8.8.8', '::ffff:10.0.0.1'].map(scope), [
      'private',
      'carrierGradeNat',
      'loopback',
      'public',
      'private',
    ])
  })
})

describe('e-mail addresses', () => {
  it('are compared in lower case with an IDNA domain; tags and dots stay', () => {
    assert.equal(normal(readEmail('Bob.Test+Tag@Mail.EXAMPLE')), 'bob.test+tag@mail.example')
    assert.equal(normal(readEmail(' <a@bücher.example> ')), 'a@xn--bcher-kva.example')
    assert.equal(normal(readEmail('mailto:a@b.example')), 'a@b.example')
    const reading = readEmail('Bob@Mail.example')
    assert.ok(reading.ok && reading.value.localPart === 'Bob' && reading.value.domain === 'mail.example')
  })

  it('of the published list of valid ones are read, outside quoted names and address literals', () => {
    const refused = lines('fuzzdb/valid-email-addresses.txt').filter((line) => !readEmail(line).ok)
    const outside = (line: string): boolean => /"|\[|@\d+\.\d+|\\|@[^.]+$/.test(line)
    // This label has 64 characters: one more than RFC 1035 section 2.3.4 allows.
    const overlong = (line: string): boolean => /@[^.]{64,}/.test(line)
    assert.deepEqual(
      refused.filter((line) => !outside(line) && !overlong(line)),
      [],
    )
    assert.ok(refused.length < 16)
  })

  it('of the published list of invalid ones are refused, but for what RFC 6531 and the practical subset allow', () => {
    const accepted = lines('fuzzdb/invalid-email-addresses.txt').filter((line) => readEmail(line).ok)
    assert.deepEqual(
      accepted.map((line) => line.trim()),
      ['うえあいお@address.com', "sql'or'1'='1'or'test@email.com", 'notallowed@example.com', 'notallowed@example.com'],
    )
  })

  it('of any usual form keep their normal form when read again', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const once = normal(readEmail(text))
        assert.ok(once !== null, text)
        assert.equal(normal(readEmail(once)), once)
      }),
    )
  })

  it('hold the length limits of RFC 5321', () => {
    assert.ok(readEmail(`${'a'.repeat(64)}@b.example`).ok)
    assert.ok(!readEmail(`${'a'.repeat(65)}@b.example`).ok)
    assert.ok(!readEmail(`a@${'b'.repeat(64)}.example`).ok)
    assert.equal(refusal(readEmail(`a@${'b.'.repeat(130)}example`)), 'email-too-long')
  })

  it('cost no time when they are hostile', () => {
    const before = performance.now()
    for (const file of ['redos-email', 'redos-url']) {
      const text = readFileSync(join(badInputs, `made-here/json/${file}.json`), 'utf8')
      for (const read of [readEmail, readUrl, readIp, readPhone]) assert.ok(!read(text).ok)
      const value = text.split('"')[3] ?? ''
      assert.ok(!readEmail(value).ok && !readUrl(value).ok)
    }
    for (const text of ['a.'.repeat(120), `${'a'.repeat(60)}@${'a-'.repeat(90)}`, '1 '.repeat(31), '('.repeat(64)]) {
      for (const read of [readEmail, readUrl, readIp, readPhone]) read(text)
    }
    assert.ok(performance.now() - before < 1000)
  })
})

describe('phone numbers', () => {
  it('with a calling code become E.164, proved by the numbering plan', () => {
    const reading = readPhone('+44 (0)20 7946 0018')
    assert.ok(reading.ok)
    assert.deepEqual([reading.value.e164, reading.value.country], ['+442079460018', 'GB'])
    assert.equal(normal(readPhone('tel:+44-20-7946-0018')), '+442079460018')
    assert.equal(normal(readPhone('+1 202-555-0143 ext. 12')), '+12025550143')
  })

  it('without a calling code are weak and kept as written: no country is guessed', () => {
    for (const text of ['020 7946 0018', '0044 20 7946 0018', '555-0143']) {
      const reading = readPhone(text)
      assert.ok(reading.ok)
      assert.deepEqual(
        [reading.value.identifier.strength, reading.value.identifier.normal, reading.value.e164],
        ['weak', text, null],
      )
    }
  })

  it('under an assumed country show the assumption and stay weak', () => {
    for (const text of ['020 7946 0018', '0044 20 7946 0018']) {
      const reading = readPhone(text, 'gb')
      assert.ok(reading.ok)
      assert.deepEqual(
        [reading.value.e164, reading.value.assumedCountry, reading.value.identifier.strength],
        ['+442079460018', 'GB', 'weak'],
      )
    }
    assert.equal(refusal(readPhone('020 7946 0018', 'XX')), 'phone-country')
    const stated = readPhone('+33 1 99 00 12 34', 'GB')
    assert.ok(stated.ok && stated.value.assumedCountry === null)
  })

  it('are not found in hashes, dates, coordinates and words', () => {
    for (const text of [
      'd41d8cd98f00b204e9800998ecf8427e',
      'call me',
      '',
      '1',
      '2026-05-04T09:12:33Z',
      '51.5, -0.1',
      '+',
      '+0000000',
      '0000 0000000',
      '12345678901234567890123456',
      '1;DROP TABLE',
    ]) {
      assert.ok(!readPhone(text).ok, text)
    }
  })
})

describe('URLs', () => {
  it('take the WHATWG form; defanged ones are read and marked', () => {
    assert.equal(normal(readUrl('HTTP://Host.Example:80/a/../b?q#f')), 'http://host.example/b?q#f')
    const reading = readUrl('hxxps://host[.]example/a[.]b')
    assert.ok(reading.ok)
    assert.deepEqual([reading.value.identifier.normal, reading.value.defanged], ['https://host.example/a[.]b', true])
    assert.equal(normal(readUrl('http[:]//host(dot)example/')), 'http://host.example/')
  })

  it('are http and https only, with one possible host', () => {
    const accepted = lines('made-here/names/urls.txt').filter((line) => readUrl(line).ok)
    for (const line of accepted) assert.match(line, /^https?:\/\//i)
    for (const text of [
      'javascript:alert(1)',
      'file:///etc/hostname',
      'data:text/html,x',
      '//host.example/x',
      'host.example',
      'mailto:a@b.example',
    ]) {
      assert.equal(refusal(readUrl(text)), 'url-scheme', text)
    }
    assert.equal(refusal(readUrl('http://a.example\\@b.example/')), 'url-backslash')
    assert.equal(refusal(readUrl('http://a.example/ b')), 'url-control')
    assert.equal(refusal(readUrl('http://a.example:99999/')), 'url-form')
    const credentials = readUrl('https://bank.example@other.example/')
    assert.ok(credentials.ok && credentials.value.hasCredentials && credentials.value.host === 'other.example')
  })

  it('keep their normal form when read again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
        const once = normal(readUrl(text))
        assert.ok(once !== null)
        assert.equal(normal(readUrl(once)), once)
      }),
    )
  })
})

describe('platform accounts', () => {
  it('fold case only where the platform does', () => {
    assert.equal(normal(readAccount('Snapchat', 'username', '@Test_User')), 'snapchat|username/test_user')
    assert.equal(normal(readAccount('Testgram', 'username', 'Test_User')), 'testgram|username/Test_User')
    assert.equal(
      normal(readAccount('YouTube', 'id', 'UCabcdefghijklmnopqrstuv')),
      'youtube|id/UCabcdefghijklmnopqrstuv',
    )
  })

  it('know the other names of a platform', () => {
    assert.deepEqual(['Twitter', 'x.com', ' TWITTER.com ', 'Snap  Inc', 'FB', 'www.tiktok.com'].map(platformKey), [
      'x',
      'x',
      'x',
      'snapchat',
      'facebook',
      'tiktok',
    ])
  })

  it('keep id and user name apart, and ids as strings', () => {
    assert.equal(normal(readAccount('Discord', 'id', '9007199254740993')), 'discord|id/9007199254740993')
    assert.notEqual(
      normal(readAccount('telegram', 'id', '12345')),
      normal(readAccount('telegram', 'username', '12345')),
    )
  })

  it('are weak when the name cannot exist on the platform or the platform is unknown', () => {
    const strength = (platform: string, name: string): string => {
      const reading = readAccount(platform, 'username', name)
      return reading.ok ? reading.value.identifier.strength : reading.error.code
    }
    assert.equal(strength('snapchat', 'test_user'), 'form')
    assert.equal(strength('snapchat', 'has blanks in it'), 'weak')
    assert.equal(strength('unknown service', 'anyone'), 'weak')
    assert.equal(strength('', 'anyone'), 'account-platform')
    assert.equal(strength('x', ' '), 'account-empty')
    assert.equal(strength('x', 'a\u0000b'), 'account-control')
    assert.equal(strength('x', 'a\ud800'), 'account-control')
  })

  it('never collide: the platform ends at the first bar', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (platformA, nameA, platformB, nameB) => {
        const a = readAccount(platformA, 'id', nameA)
        const b = readAccount(platformB, 'id', nameB)
        if (!a.ok || !b.ok || a.value.identifier.normal !== b.value.identifier.normal) return
        assert.equal(a.value.platform, b.value.platform)
        assert.equal(nameA.trim().normalize('NFC'), nameB.trim().normalize('NFC'))
      }),
    )
  })

  it('of any text give a typed answer and a stable normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const read of [readEmail, readUrl, readIp, readPhone]) {
          const reading = read(text)
          if (!reading.ok) assert.match(reading.error.code, /^[a-z0-9-]+$/)
        }
        const once = readAccount('x', 'username', text)
        if (!once.ok) return
        const name = once.value.identifier.normal.slice('x|username/'.length)
        if (!name.startsWith('@') && name.trim() === name)
          assert.equal(normal(readAccount('x', 'username', name)), once.value.identifier.normal)
      }),
    )
  })
})
