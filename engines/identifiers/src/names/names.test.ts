import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readHandle, readMessengerId, readProfileUrl, revealConfusables } from '../index.ts'

describe('ids of messengers', () => {
  it('of Tox hold their checksum; of Session have their form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 36, maxLength: 36 }), fc.nat(75), (bytes, at) => {
        const sum = [0, 0]
        for (const [place, byte] of bytes.entries()) sum[place % 2] = (sum[place % 2] ?? 0) ^ byte
        const text = Buffer.from([...bytes, ...sum])
          .toString('hex')
          .toUpperCase()
        const reading = readMessengerId(text)
        if (/^(.)\1*$/.test(text)) return
        assert.ok(reading.ok && reading.value.identifier.strength === 'checksum')
        assert.deepEqual(reading.value.identifier.also, [`tox|id/${text.slice(0, 64).toLowerCase()}`])
        const changed = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1)
        assert.ok(!readMessengerId(changed).ok)
      }),
    )
    const session = readMessengerId(`05${'0123456789abcdef'.repeat(4)}`)
    assert.ok(session.ok && session.value.platform === 'session' && session.value.identifier.strength === 'form')
    assert.ok(!readMessengerId(`15${'0123456789abcdef'.repeat(4)}`).ok)
  })
})

describe('names in addresses of platforms', () => {
  it('are accounts; pages of the platform are not', () => {
    const expected = [
      ['t.me/Test_User', 'telegram|username/test_user'],
      ['https://www.instagram.com/test.user/?hl=en', 'instagram|username/test.user'],
      ['https://mobile.twitter.com/TestUser/status/1', 'x|username/testuser'],
      ['https://www.facebook.com/profile.php?id=100000000000001', 'facebook|id/100000000000001'],
      ['https://snapchat.com/add/test-user', 'snapchat|username/test-user'],
      ['https://www.tiktok.com/@test.user/video/1', 'tiktok|username/test.user'],
      ['reddit.com/u/test_user', 'reddit|username/test_user'],
      ['https://matrix.to/#/@test:server.example', 'matrix|username/test:server.example'],
      ['https://steamcommunity.com/profiles/76561190000000001', 'steam|id/76561190000000001'],
    ]
    for (const [text = '', normal] of expected) {
      const reading = readProfileUrl(text)
      assert.ok(reading.ok, text)
      assert.equal(reading.value.identifier.normal, normal)
    }
    for (const text of [
      'https://twitter.com/home',
      'https://t.me/joinchat/AAAA',
      'https://instagram.com/p/abc/',
      'https://x.example/test',
    ])
      assert.ok(!readProfileUrl(text).ok, text)
  })

  it('without a platform are leads of low weight', () => {
    const reading = readHandle('@Some.Body')
    assert.ok(
      reading.ok && reading.value.identifier.normal === 'some.body' && reading.value.identifier.strength === 'weak',
    )
    assert.ok(!readHandle('@a b').ok)
  })
})

describe('confusable names', () => {
  it('show letters of another script', () => {
    const found = revealConfusables('p\u0430ypal.example')
    assert.deepEqual([found.mixed, found.looksLike, found.scripts], [true, 'paypal.example', ['Latin', 'Cyrillic']])
    assert.deepEqual(found.odd, [
      { at: 1, character: '\u0430', codePoint: 'U+0430', script: 'Cyrillic', looksLike: 'a', why: 'lookalike' },
    ])
  })

  it('show a name that only looks Latin, and leave alone names that are wholly in one script', () => {
    assert.equal(revealConfusables('\u0441\u043e\u0440\u0443').looksLike, 'copy')
    assert.equal(revealConfusables('\u0441\u043e\u0440\u0443').odd.length, 4)
    for (const name of ['привет', 'Δοκιμή', 'テストさん漢字', 'plain_name', 'müller']) {
      assert.deepEqual(revealConfusables(name).odd, [], name)
    }
  })

  it('show what cannot be seen and what turns the writing round', () => {
    const found = revealConfusables('te\u200bst\u202egpj.exe')
    assert.deepEqual(
      found.odd.map(({ why, codePoint }) => `${why} ${codePoint}`),
      ['invisible U+200B', 'direction U+202E'],
    )
    assert.equal(found.looksLike, 'testgpj.exe')
    assert.equal(revealConfusables('\uff54\uff45st').odd[0]?.why, 'compatibility')
  })

  it('of any text give places that lie in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { at, character } of revealConfusables(text).odd) assert.ok(text.startsWith(character, at))
      }),
    )
  })
})
