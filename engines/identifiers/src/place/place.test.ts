import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readCoordinates, readDate } from '../index.ts'

const normal = (text: string): string | null => {
  const reading = readCoordinates(text)
  return reading.ok ? reading.value.identifier.normal : null
}
const code = (text: string): string | null => {
  const reading = readCoordinates(text)
  return reading.ok ? null : reading.error.code
}

describe('coordinates', () => {
  it('are read as decimals and with compass letters', () => {
    assert.equal(normal('51.50740, -0.12780'), '51.5074,-0.1278')
    assert.equal(normal('geo:51.5074,-0.1278;u=35'), '51.5074,-0.1278')
    assert.equal(normal('51°30\'26"N 0°7\'39"W'), '51.507222,-0.1275')
    assert.equal(normal('0°7\'39"W, 51°30\'26"N'), '51.507222,-0.1275')
    assert.equal(normal('N 51.5, E 10'), '51.5,10')
  })

  it('need letters of the compass, numbers in range, and a place', () => {
    assert.equal(code('51°30\'26"Q 0°7\'39"W'), 'coordinates-form')
    assert.equal(code('51°30\'26"N 0°7\'39"S'), 'coordinates-letters')
    assert.equal(code('51°61\'26"N 0°7\'39"W'), 'coordinates-form')
    assert.equal(code('91.0, 0.1'), 'coordinates-range')
    assert.equal(code('0.0, 0.0'), 'coordinates-zero')
  })

  it('of any place keep their normal form when read again', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (a, b) => {
          const once = normal(`${a.toFixed(5)}, ${b.toFixed(5)}`)
          if (once !== null) assert.equal(normal(once), once)
        },
      ),
    )
  })
})

describe('dates', () => {
  it('keep both readings when the order of day and month is not clear', () => {
    const unclear = readDate('04/05/2026 09:12')
    assert.ok(unclear.ok && unclear.value.identifier.strength === 'weak')
    assert.deepEqual(unclear.value.days, ['2026-05-04', '2026-04-05'])
    assert.deepEqual(unclear.value.identifier.also, ['2026-04-05 09:12'])
    const clear = readDate('25/12/2026')
    assert.ok(clear.ok && clear.value.identifier.normal === '2026-12-25' && clear.value.identifier.strength === 'form')
    const same = readDate('05.05.2026')
    assert.ok(same.ok && same.value.days.length === 1)
  })

  it('are read as people, mails and servers write them', () => {
    const expected = [
      ['2026-05-04T09:12:33Z', '2026-05-04 09:12:33Z'],
      ['Mon, 4 May 2026 09:12:33 +0000', '2026-05-04 09:12:33 +0000'],
      ['04/May/2026:09:12:33 +0000', '2026-05-04 09:12:33 +0000'],
      ['May 4th, 2026', '2026-05-04'],
      ['4 May 2026 9:12 PM', '2026-05-04 9:12 PM'],
    ]
    for (const [text = '', normal] of expected) {
      const reading = readDate(text)
      assert.ok(reading.ok, text)
      assert.equal(reading.value.identifier.normal, normal)
    }
    for (const text of ['2026-02-30', '31/11/2026', '2026-05-04 25:00', 'May 2026', '99/99/2026', '4 Mayhem 2026'])
      assert.ok(!readDate(text).ok, text)
  })
})
