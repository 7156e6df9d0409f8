import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readDeviceId, readHash, readIccid, readImei, readImsi, readMac, readUuid } from '../index.ts'

describe('devices', () => {
  it('an IMEI has one normal form however it is written', () => {
    const forms = [
      ['490154203237518', 'imei', 'checksum'],
      ['IMEI: 49-015420-323751-8', 'imei', 'checksum'],
      ['49015420323751', 'without-check-digit', 'form'],
      ['490154203237510', 'spare-digit', 'weak'],
      ['4901542032375177', 'imeisv', 'form'],
      ['="490154203237518"', 'imei', 'checksum'],
    ]
    for (const [text = '', form, strength] of forms) {
      const reading = readImei(text)
      assert.ok(reading.ok, text)
      const { identifier } = reading.value
      assert.deepEqual(
        [identifier.normal, reading.value.form, identifier.strength],
        ['490154203237518', form, strength],
      )
    }
    const damaged = readImei('4.90154E+14')
    assert.ok(!damaged.ok && damaged.error.code === 'imei-spreadsheet')
    for (const text of ['490154203237517', '000000000000000', '12345', 'x'.repeat(100)])
      assert.ok(!readImei(text).ok, text)
  })

  it('an IMSI names a country by its code, and a SIM card holds its check digit', () => {
    const imsi = readImsi('234150999999999')
    assert.ok(imsi.ok && imsi.value.country === 'GB')
    assert.ok(!readImsi('999150999999990').ok)
    assert.ok(!readImsi('001010123456789').ok)
    const made = readIccid('8944 1000 0000 0000 000')
    assert.ok(made.ok && made.value.identifier.strength === 'checksum' && made.value.callingCode === '44')
    const short = readIccid('894410000000000000')
    assert.ok(short.ok && short.value.identifier.normal === made.value.identifier.normal)
  })

  it('a network address made up by software is no device', () => {
    const real = readMac('00-1A-2B-3C-4D-5E')
    assert.ok(real.ok && real.value.identifier.normal === '00:1a:2b:3c:4d:5e' && real.value.maker === '001a2b')
    const random = readMac('da:a1:19:00:00:01')
    assert.ok(random.ok && random.value.locallyAdministered && random.value.identifier.strength === 'weak')
    for (const text of ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:01', '00:1A-2B:3C:4D:5E'])
      assert.ok(!readMac(text).ok, text)
    assert.ok(readMac('001a.2b3c.4d5e').ok)
  })

  it('ids of software say what they are worth', () => {
    const uuid = readUuid('{123E4567-E89B-42D3-A456-426614174000}')
    assert.ok(uuid.ok && uuid.value.version === 4 && uuid.value.identifier.strength === 'weak')
    assert.ok(!readUuid('00000000-0000-0000-0000-000000000000').ok)
    const off = readDeviceId('00000000-0000-0000-0000-000000000000', 'advertising')
    assert.ok(!off.ok && off.error.code === 'device-id-zero')
    assert.ok(!readDeviceId('9774d56d682e549c', 'android').ok)
    assert.ok(readDeviceId('00008030-001A2B3C4D5E6F70', 'apple').ok)
  })
})

describe('hashes', () => {
  it('are weak until named; that of an empty file names nothing', () => {
    const weak = readHash('9E107D9D372BB6826BD81D3542A419D6')
    assert.ok(weak.ok && weak.value.identifier.normal === 'md5/9e107d9d372bb6826bd81d3542a419d6')
    assert.equal(weak.value.identifier.strength, 'weak')
    const named = readHash('2fd4e1c67a2d28fced849ee1bb76e7391b93eb12', 'SHA-1')
    assert.ok(named.ok && named.value.identifier.strength === 'form')
    assert.ok(!readHash('2fd4e1c67a2d28fced849ee1bb76e7391b93eb12', 'md5').ok)
    for (const text of ['d41d8cd98f00b204e9800998ecf8427e', 'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709', 'f'.repeat(64)])
      assert.ok(!readHash(text).ok, text)
    // A digest of digits alone stays as written: nothing makes a number of it.
    const digits = readHash('0012345678901234567890123456789012345678')
    assert.ok(digits.ok && digits.value.identifier.normal === 'sha1/0012345678901234567890123456789012345678')
  })
})
