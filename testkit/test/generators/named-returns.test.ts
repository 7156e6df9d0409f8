import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readAll } from '@tandem/formats'
import { makeNamedReturn, type NamedHabits, namedSenders } from '../../src/generators/named-returns.ts'

const switches = ['legend', 'repeatedHeader', 'footerTotal', 'emptyRows', 'noZone', 'mixedEpochs', 'mojibake'] as const

function* combinations(): Generator<NamedHabits> {
  // Each switch meets each other and each encoding; the four delimiters take turns.
  const delimiters = [',', ';', '\t', '|'] as const
  for (const [turn, encoding] of (['utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'] as const).entries())
    for (let bits = 0; bits < 1 << switches.length; bits += 1) {
      // Latin letters that stand for UTF-8 are no letters of Windows-1252.
      const on = switches.filter((_, at) => (bits & (1 << at)) !== 0)
      if (encoding === 'windows-1252' && on.includes('mojibake')) continue
      yield {
        delimiter: delimiters[(bits + turn) % 4] ?? ',',
        encoding,
        ...Object.fromEntries(on.map((name) => [name, true])),
      }
    }
}

describe('made answers of named senders', () => {
  for (const sender of namedSenders) {
    test(`${sender}: every row is given back, whatever habits meet`, () => {
      let tried = 0
      for (const habits of combinations()) {
        tried += 1
        const why = JSON.stringify(habits)
        const made = makeNamedReturn(sender, `seed ${tried % 7}`, 12, habits)
        const { entries, account, claimedRecords } = readAll(made.bytes, { format: 'provider-return' })
        assert.equal(account.setAside, 0, why)
        assert.equal(claimedRecords, habits.footerTotal === true ? made.rows.length : null, why)
        const rows = entries.map((entry) => {
          assert.ok(entry.outcome !== 'set-aside' && entry.record.kind === 'item', why)
          const { record } = entry
          assert.equal(record.whole.name?.includes(made.profile), true, why)
          const event = record.people[0]?.ipEvents[0]
          // The repaired text stands beside the one as written.
          const texts = record.narratives.map(({ text }) => text)
          return {
            address: event?.address ?? null,
            port: event?.port ?? null,
            instant: record.at?.instant ?? null,
            text: texts.at(-1) ?? null,
          }
        })
        assert.deepEqual(rows, made.rows, why)
      }
      assert.equal(tried, 3 * 128 + 64)
    })
  }
})
