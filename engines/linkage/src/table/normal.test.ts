import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { levelsOf } from '../compare/levels.ts'
import { lettersOf } from '../text/letters.ts'
import { fieldKinds } from './field.ts'
import { isNormalBytes, normalByRules, normalForm } from './normal.ts'

describe('normal forms', () => {
  it('are their own normal forms, of any text and kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fieldKinds), fc.string({ unit: 'binary' }), (kind, text) => {
        const normal = normalForm(kind, text)
        assert.equal(normalForm(kind, normal), normal)
      }),
      { numRuns: 500 },
    )
  })

  it('are told by their bytes only where the text says the same, and where it is plain', () => {
    const text = fc.string({ unit: fc.constantFrom(...'agz09._-@A +é'), maxLength: 10 })
    fc.assert(
      fc.property(fc.constantFrom(...fieldKinds), text, (kind, written) => {
        const bytes = new TextEncoder().encode(`@${written}@`)
        const isSeen = isNormalBytes(kind, bytes, 1, bytes.length - 1)
        if (isSeen) assert.equal(normalByRules(kind, written), written)
        const isPlain = kind === 'date' || kind === 'phone' ? /^[0-9]+$/ : /^[a-z0-9]+$/
        if (kind !== 'email') assert.equal(isSeen, isPlain.test(written))
      }),
      { numRuns: 2000 },
    )
    const mail = new TextEncoder().encode('a.person_1@mail-1.example')
    assert.ok(isNormalBytes('email', mail, 0, mail.length))
  })

  it('are told at first sight only where the rules say the same', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab09.-_+@ A', 'gmail.com', 'googlemail.com'), maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom(...fieldKinds), part, part, (kind, one, other) => {
        for (const text of [one, `${one}@${other}`, `${one}@gmail.com`])
          assert.equal(normalForm(kind, text), normalByRules(kind, text))
      }),
      { numRuns: 3000 },
    )
  })

  it('bring a name in two scripts together, and leave alone what cannot be told', () => {
    assert.equal(normalForm('name', 'Иванов'), 'ivanov')
    assert.equal(normalForm('full name', 'Юлия  Щукина'), 'iuliia shchukina')
    assert.equal(normalForm('name', 'Παπαδόπουλος'), 'papadopoylos')
    assert.equal(normalForm('name', 'Müller-Åse'), 'muller ase')
    assert.equal(normalForm('name', 'محمد'), 'محمد')
  })

  it('are a mailbox as its provider delivers it', () => {
    assert.equal(normalForm('email', 'A.Person+shop@GoogleMail.com'), 'aperson@gmail.com')
    assert.equal(normalForm('email', 'a.person+shop@mail.example'), 'a.person@mail.example')
    assert.equal(normalForm('email', '+only@mail.example'), '+only@mail.example')
    assert.equal(normalForm('email', 'no mail'), 'nomail')
    assert.equal(normalForm('username', ' @ @john'), 'john')
  })
})

describe('user names', () => {
  const level = (one: string, other: string): string => {
    const texts = [one, other].map((text) => normalForm('username', text))
    const levels = levelsOf('username', lettersOf(texts))
    return levels.names[levels.of(0, 1)] ?? ''
  }
  it('are known again with other dots and digits', () => {
    assert.equal(level('@dark.raven', 'dark_raven'), 'the same but for dots and dashes')
    assert.equal(level('darkraven88', 'dark-raven_1991'), 'the same with other digits')
    assert.equal(level('darkraven', 'darkravenn'), 'much alike')
    assert.equal(level('darkraven', 'sunflower'), 'different')
    // Three letters in common are too few to mean anything.
    assert.equal(level('abc1', 'abc2'), 'different')
    assert.equal(level('a1', 'b1'), 'different')
  })
  it('compare the same both ways', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '2', '.', '_'), minLength: 1, maxLength: 8 })
    fc.assert(fc.property(name, name, (one, other) => assert.equal(level(one, other), level(other, one))))
  })
})
