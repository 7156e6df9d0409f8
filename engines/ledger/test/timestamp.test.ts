import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCertificate, type TimestampTrust, verifyTimestamp } from '../src/index.ts'
import { testAuthority } from './timestamp-authority.ts'

const authority = testAuthority()
const trust: TimestampTrust = { anchors: [readCertificate(authority.root)], others: [] }
const data = Buffer.from('log.example\n1\nroot\n')
const at = '2026-01-02T03:04:05Z'

describe('a timestamp', () => {
  test('of a pinned authority holds for its own bytes', () => {
    const read = verifyTimestamp(authority.issue(data, at), data, trust)
    assert.deepEqual(read, { ok: true, value: { at, authority: 'CN=Test Timestamp Authority', serial: '09' } })
  })

  const why = (token: Buffer, bytes: Buffer = data, believed: TimestampTrust = trust): string => {
    const read = verifyTimestamp(token, bytes, believed)
    return read.ok ? 'accepted' : read.error.says
  }

  test('is refused with the reason', () => {
    const good = authority.issue(data, at)
    const others: TimestampTrust = { anchors: [readCertificate(testAuthority().root)], others: [] }
    assert.match(why(good, Buffer.from('something else')), /for something else/)
    assert.match(why(good, data, others), /lead to a trusted authority/)
    assert.match(why(good, data, { anchors: [], others: trust.anchors }), /lead to a trusted authority/)
    assert.match(why(authority.issue(data, '2031-01-01T00:00:00Z')), /valid at that time/)
    assert.match(why(authority.issue(data, '2024-12-31T23:59:59Z')), /valid at that time/)
    assert.match(why(authority.issue(data, at, { usage: 'not critical' })), /not made for timestamps alone/)
    assert.match(why(authority.issue(data, at, { usage: 'code signing' })), /not made for timestamps alone/)
    assert.match(why(authority.issue(data, at, { namesAnotherCertificate: true })), /does not name the certificate/)
    assert.match(why(authority.issue(data, at, { digest: 'sha1' })), /for something else/)
    assert.match(why(authority.issue(data, '2026-13-02T03:04:05Z')), /cannot be read/)
    assert.match(why(Buffer.alloc(0)), /cannot be read/)
  })

  test('with any bit turned is refused, or is the same timestamp still', () => {
    const good = authority.issue(data, at)
    let still = 0
    for (let bit = 0; bit < 8 * good.length; bit += 3) {
      const changed = Buffer.from(good)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const read = verifyTimestamp(changed, data, trust)
      if (!read.ok) continue
      assert.deepEqual(read.value.at, at, `bit ${bit}`)
      still++
    }
    // The status, version and algorithm fields around the signed part are not signed by anybody (RFC 5652).
    assert.ok(still < good.length / 8, String(still))
    for (let cut = 0; cut < good.length; cut += 7) assert.ok(!verifyTimestamp(good.subarray(0, cut), data, trust).ok)
  })
})
