import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { survives } from '../../test/hardships.ts'
import { detect } from '../detect.ts'
import { readAll } from '../read.ts'
import { readSignalList } from './list.ts'
import { threatExchangeReader } from './reader.ts'

const md5 = 'facefacefacefacefacefacefaceface'
const row = (more: object) => ({ id: '1', indicator: md5, type: 'HASH_MD5', last_updated: 1_700_000_000, ...more })
const descriptor = (status: string, more: object = {}) => ({
  owner: { id: '9', name: 'Example Member' },
  status,
  ...more,
})
const bytesOf = (...data: object[]): Uint8Array => new TextEncoder().encode(JSON.stringify({ data, paging: {} }))
const first = (...data: object[]) => {
  const [entry] = readAll(bytesOf(...data), { format: 'threat-exchange' }).entries
  assert.ok(entry !== undefined)
  return entry
}
const flags = (...data: object[]) => {
  const entry = first(...data)
  return entry.outcome === 'set-aside' || entry.record.kind === 'referral' ? null : entry.record.flags
}

describe('signals of partners', () => {
  it('are known by their content', () => {
    assert.deepEqual(detect(bytesOf(row({ should_delete: false, descriptors: { data: [descriptor('MALICIOUS')] } }))), {
      kind: 'known',
      format: 'threat-exchange',
      certain: true,
    })
    assert.notEqual(detect(new TextEncoder().encode('{"data":[{"type":"a","indicator":"b"}]}')).kind, 'known')
  })

  it('are withdrawn when they say so, and when nobody says them any more', () => {
    const held = { descriptors: { data: [descriptor('MALICIOUS')] } }
    assert.deepEqual(flags(row({ ...held, should_delete: false })), {})
    assert.deepEqual(flags(row({ ...held, should_delete: true })), { withdrawn: 'yes' })
    for (const gone of [{}, { descriptors: null }, { descriptors: { data: [] } }]) {
      assert.deepEqual(flags(row({ ...gone, should_delete: false })), { withdrawn: 'yes' }, JSON.stringify(gone))
    }
    assert.deepEqual(flags(row({ descriptors: { data: [descriptor('NON_MALICIOUS')] } })), { withdrawn: 'yes' })
  })

  it('keep every opinion, dispute and form of a tag', () => {
    const entry = first(
      row({
        descriptors: {
          data: [
            descriptor('MALICIOUS', { tags: ['a'], reactions: [{ key: 'DISAGREE_WITH_TAGS', value: '3' }] }),
            descriptor('NON_MALICIOUS', { tags: { data: [{ id: '1', text: 'b' }] } }),
            descriptor('MALICIOUS', { tags: null }),
          ],
        },
      }),
    )
    assert.ok(entry.outcome === 'remarked' && entry.record.kind === 'list-entry')
    assert.deepEqual(
      entry.remarks.map(({ code }) => code),
      ['two-opinions'],
    )
    assert.deepEqual(entry.record.category, { scheme: 'threat-exchange/status', value: 'MALICIOUS, NON_MALICIOUS' })
    assert.deepEqual(entry.record.flags, { disputed: 'yes' })
    assert.match(JSON.stringify(entry.record.details), /tags a.*tags b/)
  })

  it('that are no hashes are items with their identifier, and no part of a list', async () => {
    const mail = {
      id: '2',
      raw_indicator: 'bob@mail.example',
      type: 'EMAIL_ADDRESS',
      ...descriptor('MALICIOUS'),
      added_on: '2026-05-04T09:00:00+0000',
    }
    const entry = first(mail)
    assert.ok(entry.outcome === 'accepted' && entry.record.kind === 'item')
    assert.deepEqual(
      entry.record.mentions.map(({ identifier }) => identifier.normal),
      ['bob@mail.example'],
    )
    assert.equal(entry.record.at?.instant, '2026-05-04T09:00:00.000Z')
    const list = readSignalList(
      (async function* () {
        yield bytesOf(mail, row({ descriptors: { data: [descriptor('MALICIOUS')] } }))
      })(),
    )
    const outcomes: string[] = []
    let step = await list.next()
    while (step.done !== true) {
      outcomes.push(step.value.outcome === 'set-aside' ? step.value.reason.code : step.value.outcome)
      step = await list.next()
    }
    assert.deepEqual(outcomes, ['no-fingerprint', 'accepted'])
    assert.deepEqual([step.value.complete, step.value.account.setAside], [true, 1])
  })

  it('fail as a page when two programs could read it differently', () => {
    const text = `{"data":[{"id":"1","indicator":"${md5}","type":"HASH_MD5","should_delete":false,"should_delete":true}]}`
    const [entry] = readAll(new TextEncoder().encode(text), { format: 'threat-exchange' }).entries
    assert.equal(entry?.outcome === 'set-aside' ? entry.reason.code : null, 'json-duplicate-key')
  })

  it('survive every damage', () => {
    survives(
      threatExchangeReader,
      bytesOf(row({ descriptors: { data: [descriptor('MALICIOUS')] } }), {
        id: '2',
        raw_indicator: 'a@b.example',
        type: 'EMAIL_ADDRESS',
      }),
      { every: 5 },
    )
  })
})
