import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { FieldKind } from '../table/field.ts'
import { normalForm } from '../table/normal.ts'
import { lettersOf } from '../text/letters.ts'
import { formsWith, type NameForms } from '../text/name-forms.ts'
import { slips } from '../text/slips.ts'
import { soundOf } from '../text/sound.ts'
import { levelsOf, notSaid } from './levels.ts'

function levelOf(kind: FieldKind, one: string, other: string, forms?: NameForms): string {
  const texts = [one, other].map((text) => normalForm(kind, text))
  const levels = levelsOf(kind, lettersOf(texts), forms)
  return texts[0] === texts[1] ? 'the same' : (levels.names[levels.of(0, 1)] ?? '')
}

describe('whole names', () => {
  const name = (one: string, other: string, forms?: NameForms): string => levelOf('full name', one, other, forms)
  const inOrder = 'the same names, in another order or more of them'

  it('are known in another order, with more names, and where the family name was taken for the given one', () => {
    assert.equal(name('Anna Probe', 'Probe, Anna'), inOrder)
    assert.equal(name('Probe, Anna', 'Anna, Probe'), inOrder)
    assert.equal(name('Probe, Anna Maria', 'Anna Probe'), inOrder)
    assert.equal(name('Muster Probe, Anna', 'Probe, Anna'), inOrder)
    assert.equal(name('Zhang, Xiu Ying', 'Zhang, Xiuying'), inOrder)
  })

  it('are known in short forms, and in those that somebody loads', () => {
    assert.equal(name('Probe, Robert', 'Probe, Bob'), 'a known form of the given name')
    assert.equal(name('Peggy Probe', 'Probe, Margaret'), 'a known form of the given name')
    // One short form of two names does not make the two one.
    assert.equal(name('Probe, Patrick', 'Probe, Patricia'), 'the same family name, another given name')
    assert.equal(name('Probe, Wilhelm', 'Probe, Helmi'), 'the same family name, another given name')
    const forms = formsWith(['wilhelm: willi, helmi\nno form\n:,:'])
    assert.equal(name('Probe, Wilhelm', 'Probe, Helmi', forms), 'a known form of the given name')
  })

  it('are alike by a slip or by sound, and not by a common beginning', () => {
    assert.equal(name('Thompson, Sarah', 'Tompson, Sahra'), 'spelled alike')
    assert.equal(name("D'Example, Ellie", 'Dexample, Elly'), 'spelled alike')
    for (const [one, other] of [
      ['Anna', 'Annabelle'],
      ['Mark', 'Marsha'],
      ['Darla', 'Darlene'],
    ])
      assert.equal(name(`Probe, ${one}`, `Probe, ${other}`), 'the same family name, another given name')
  })

  it('tell initials, single names, marriages and strangers apart', () => {
    assert.equal(name('Probe, R', 'Probe, Robert'), 'an initial that fits')
    assert.equal(name('Probe, B', 'Probe, Robert'), 'an initial that fits')
    assert.equal(name('Probe, X', 'Probe, Robert'), 'the same family name, another given name')
    assert.equal(name('Robert', 'Probe, Robert'), 'only one of the names is said, and it is the same')
    assert.equal(name('Muster, Anna', 'Probe, Anna'), 'the same given name, another family name')
    assert.equal(name('Muster, Hugo', 'Probe, Anna'), 'different')
  })

  it('tell a father from his son', () => {
    assert.equal(name('Probe Jr, David', 'Probe Senior, David'), 'of another generation')
    assert.equal(name('Probe, David I', 'Probe, David II'), 'of another generation')
    assert.equal(name('Probe Jr, David', 'Probe, Dave II'), 'a known form of the given name')
    assert.equal(name('Probe Sr, David', 'Probe, David'), 'names that fit, and only one of them says a generation')
  })

  it('are read across scripts where that is defined, and say nothing where it is not', () => {
    assert.equal(name('王杰', 'Wang, Jie'), 'the same')
    assert.equal(name('ВАСИЛЬЕВ, Александр', 'Alexander Vasiliev'), 'spelled alike')
    assert.equal(name('محمد صديقي', 'Siddiqui, Muhammad'), 'spelled alike')
    assert.equal(name('គឹម តារា', 'Kim, Dara'), 'not said')
    assert.equal(name('שרה כהן', 'Cohen, Sarah'), 'not said')
  })
})

describe('whole addresses', () => {
  const address = (one: string, other: string): string => levelOf('postal address', one, other)

  it('are one house however they are written', () => {
    for (const [one, other] of [
      ['1304 Poppy Hills Dr, Blacklick, OH, 43004', '1304 Poppy Hills Drive, Blacklick, OHIO'],
      ['18 Danver Place, Loughborough, Leicestershire, LE11 1UU', '18 Danver Pl, Loughborough, LE111UU'],
      ['Ansbacher Strasse 23, 56422 Dusseldorf', '23 Ansbacher Street, Dusseldorf, 56244, Germany'],
      ['Hardenbergstraße 87, 66879', 'Hardenbergstrasse 87, 66879, Germany'],
      ['Skyline Apartments, 705 Sheppard Ave, Toronto, M1S 1T4', '705 Sheppard Ave, Toronto, M1S 1T4, CAN'],
      ['No 321, Street 128 Phnom Penh Cambodia', '#321, Street 128, Phnom Penh, Cambodia'],
      ['PO BOX 12987, Chicago, IL, 60611', 'P.O. Box 12987, Andersonville, IL, 60611'],
    ])
      assert.equal(address(one ?? '', other ?? ''), 'the same house', `${one} and ${other}`)
  })

  it('are compared part by part: the same street with another number is another house', () => {
    assert.equal(address('12 Main St, Testtown', '98 Main Street, Testtown'), 'the same street, another number')
    assert.equal(
      address('12 Main St Apt 3, Testtown', '12 Main Street Flat 4, Testtown'),
      'the same house, another unit',
    )
    assert.equal(
      address('12 Main St, Testtown, 12345', '12 Main St, Otherville, 99999'),
      'the same street and number, elsewhere',
    )
    assert.equal(
      address('Main St, Testtown', '12 Main Street, Testtown'),
      'the same street, and a number not said or one slip apart',
    )
    assert.equal(
      address('1602 Brenville Pl, Testtown', '160 Brenville Pl, Testtown'),
      'the same street, and a number not said or one slip apart',
    )
    assert.equal(
      address('12 Main St, Testtown, 12345', '5 Oak Rd, Testtown, 12345'),
      'only the town or postcode the same',
    )
    assert.equal(address('12 Main St, Testtown', '5 Oak Rd, Otherville'), 'different')
  })
})

describe('numbers, mailboxes and dates', () => {
  it('a telephone is the same without the prefix of its country', () => {
    const prefix = 'the same but for the prefix of the country'
    assert.equal(levelOf('phone', '+39 0352 6553537', '0352 6553537'), prefix)
    assert.equal(levelOf('phone', '+44 20 7946 0018', '020 7946 0018'), prefix)
    assert.equal(levelOf('phone', '321-3212', '202-321-3212'), 'the same last seven')
    assert.equal(levelOf('phone', '+1 202 321 3212', '+44 202 321 3213'), 'different')
  })
  it('a mailbox may have a name before it', () => {
    assert.equal(levelOf('email', '"Anna Probe" <a.probe@mail.example>', 'a.probe+shop@mail.example'), 'the same')
  })
  it('a year alone is the same year', () => {
    assert.equal(levelOf('date', '1978', '1978-11-12'), 'the same year')
  })
})

describe('every comparison of whole values', () => {
  const kinds: readonly FieldKind[] = ['full name', 'postal address', 'organisation', 'phone', 'email', 'date']
  const words = fc
    .array(
      fc.constantFrom(
        ...'anna bob robert jr sr ii i j , probe smith main st street 12 12a apt 3 # box po 12345 le11 1uu 王 杰 محمد គឹម Ёлка ß - no'.split(
          ' ',
        ),
      ),
      { maxLength: 7 },
    )
    .map((parts) => parts.join(' '))
  const text = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 30 }))

  it('is the same both ways, has a name, and never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), text, text, (kind, one, other) => {
        const texts = [one, other].map((each) => normalForm(kind, each))
        const levels = levelsOf(kind, lettersOf(texts))
        const level = levels.of(0, 1)
        assert.ok(level >= notSaid && level < levels.names.length)
        // A fresh comparer, so that nothing is remembered.
        const turned = levelsOf(kind, lettersOf([...texts].reverse()))
        assert.equal(turned.of(0, 1), level, `${texts[0]} | ${texts[1]}`)
        assert.equal(levels.names[levels.of(0, 0)], 'the same')
      }),
      { numRuns: 3000 },
    )
  })

  it('slips are those of the book up to their bound, and a sound is of letters', () => {
    assert.deepEqual([slips('smith', 'smtih', 3), slips('smith', 'smythe', 3), slips('a', 'abcdef', 3)], [1, 2, 4])
    const word = fc.string({ unit: fc.constantFrom(...'abcé'), maxLength: 12 })
    fc.assert(
      fc.property(word, word, fc.nat(4), (one, other, most) => {
        const apart = slips(one, other, most)
        assert.equal(apart, slips(other, one, most))
        assert.equal(apart === 0, one === other)
        assert.ok(apart <= most + 1 && apart >= Math.min(most + 1, Math.abs(one.length - other.length)))
        assert.equal(soundOf(one), soundOf(one))
      }),
    )
    assert.equal(soundOf('keeley'), soundOf('kaylee'))
    assert.notEqual(soundOf('darla'), soundOf('darlene'))
  })
})
