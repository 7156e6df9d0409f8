import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPossibleIdentifiers } from './understand.ts'

const kindsOf = (text: string) =>
  readPossibleIdentifiers(text).identifiers.map(({ kind, normal }) => `${kind} ${normal}`)

test('every kind that a report can mention can be searched for', () => {
  const wanted: readonly (readonly [text: string, finds: string])[] = [
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'wallet bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['DE89 3704 0044 0532 0130 00', 'iban DE89370400440532013000'],
    ['49-015420-323751-8', 'imei 490154203237518'],
    ['00-1A-2B-3C-4D-5E', 'mac 00:1a:2b:3c:4d:5e'],
    ['site.example', 'domain site.example'],
    ['hxxps://site[.]example/x', 'url https://site.example/x'],
    ['test.person@mail.example', 'email test.person@mail.example'],
    ['203.0.113.7', 'ip 203.0.113.7'],
  ]
  for (const [text, finds] of wanted) assert.ok(kindsOf(text).includes(finds), `${text}: ${kindsOf(text).join('; ')}`)
})

test('a sentence with an identifier in it is not taken for that identifier', () => {
  assert.deepEqual(kindsOf('pay to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 now'), [])
})
