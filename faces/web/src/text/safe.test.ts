import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { revealed, segments } from './safe.ts'

test('a right-to-left override is shown by its code, not obeyed', () => {
  assert.deepEqual(segments('photo\u202egpj.exe'), [
    { kind: 'text', text: 'photo' },
    { kind: 'hidden', code: 'U+202E', name: 'right-to-left override' },
    { kind: 'text', text: 'gpj.exe' },
  ])
})

test('zero-width and control characters are shown', () => {
  assert.equal(revealed('a\u200bb\u0000c\u001b[31m'), 'a⟨U+200B⟩b⟨U+0000⟩c⟨U+001B⟩[31m')
})

test('line feeds stay in blocks and are shown in single lines', () => {
  assert.equal(segments('a\nb', true).length, 1)
  assert.equal(revealed('a\nb'), 'a⟨U+000A⟩b')
})

test('letters of any script stay as they are, right-to-left ones too', () => {
  for (const text of ['Ωmega', 'שלום', 'مرحبا', 'ไทย', '日本', 'e\u0301']) assert.equal(revealed(text), text)
})

test('a family emoji keeps its joiners, the same joiner between letters is shown', () => {
  assert.equal(revealed('👩\u200d👧'), '👩\u200d👧')
  assert.equal(revealed('ad\u200dmin'), 'ad⟨U+200D⟩min')
})

test('accents beyond four on one letter are shown as codes', () => {
  assert.equal(segments(`a${'\u0301'.repeat(6)}`).filter((part) => part.kind === 'hidden').length, 2)
})

test('no output ever holds a bidirectional control, and nothing visible is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = revealed(text)
      assert.doesNotMatch(shown, /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
      const plain = segments(text).reduce((sum, part) => sum + (part.kind === 'text' ? [...part.text].length : 1), 0)
      assert.equal(plain, [...text].length)
    }),
  )
})
