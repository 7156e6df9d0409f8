import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { readAll } from '../read.ts'
import type { ReferralRecord } from '../record.ts'
import { chaserOf, completenessOf } from './index.ts'

const examples = new URL('../../../../examples/operation-first-light/', import.meta.url)

const referralsOf = (name: string): ReferralRecord[] =>
  readAll(readFileSync(new URL(name, examples))).entries.flatMap((entry) =>
    entry.outcome !== 'set-aside' && entry.record.kind === 'referral' ? [entry.record] : [],
  )

function first(name: string): ReferralRecord {
  const [record] = referralsOf(name)
  assert.ok(record !== undefined)
  return record
}

const stateOf = (record: ReferralRecord, id: string) =>
  completenessOf(record)?.answers.find((answer) => answer.id === id)?.state

const whole = first('synthetic-known-file-only-lists.json')

describe('completeness', () => {
  it('is between 0 and 100 for every report of the example, and its answers are what the score counts', () => {
    let met = 0
    for (const name of readdirSync(examples).filter((each) => /\.(json|xml)$/.test(each) && !each.includes('-list-'))) {
      if (name === 'manifest.json') continue
      for (const record of referralsOf(name)) {
        const found = completenessOf(record)
        assert.ok(found !== null)
        met += 1
        const weights = found.answers.map(({ essential, state }) => ({
          weight: essential ? 3 : 1,
          share: { given: 1, 'in part': 0.5, 'not held': 1, missing: 0 }[state],
        }))
        const asked = weights.reduce((sum, { weight }) => sum + weight, 0)
        const got = weights.reduce((sum, { weight, share }) => sum + weight * share, 0)
        assert.equal(found.score, Math.round((100 * got) / asked))
      }
    }
    assert.ok(met > 20, `${met} reports`)
  })

  it('asks what its kind needs: hashes of material, words of a contact', () => {
    assert.equal(stateOf({ ...whole, incidentKind: 'imagery' }, 'conversation'), undefined)
    assert.equal(stateOf({ ...whole, incidentKind: 'imagery' }, 'hashes'), 'given')
    const contact: ReferralRecord = {
      ...whole,
      incidentKind: 'online-enticement',
      narratives: [],
      allAvailableGiven: 'not said',
    }
    assert.equal(stateOf(contact, 'conversation'), 'missing')
    assert.equal(completenessOf(contact)?.offence, 'contact with a child online')
  })

  it('tells an address without port or zone from one that can be used', () => {
    const [person] = whole.people
    assert.ok(person !== undefined)
    const at = { original: '2026-03-01 10:00:00', instant: null, zone: { kind: 'unknown' as const }, candidates: [] }
    const event = {
      address: '192.0.2.7',
      port: null,
      time: at,
      event: null,
      possibleProxy: 'not said' as const,
      place: '$',
    }
    const having = (ipEvents: (typeof person)['ipEvents']): ReferralRecord => ({
      ...whole,
      allAvailableGiven: 'not said',
      people: [{ ...person, role: 'reported', ipEvents }],
    })
    const answer = (record: ReferralRecord) => {
      const found = completenessOf(record)?.answers.find(({ id }) => id === 'address-and-time')
      return [found?.state, found?.lacks]
    }
    assert.deepEqual(answer(having([])), ['missing', null])
    assert.deepEqual(answer(having([event])), ['in part', 'the port and the time zone'])
    const zoned = { ...at, instant: '2026-03-01T10:00:00Z', zone: { kind: 'stated' as const, offset: 'Z' } }
    assert.deepEqual(answer(having([{ ...event, time: zoned }])), ['in part', 'the port'])
    assert.deepEqual(answer(having([{ ...event, time: zoned, port: 4711 }])), ['given', null])
    assert.deepEqual(answer(having([{ ...event, time: zoned, address: '2001:db8::7' }])), ['given', null])
  })

  it('takes an empty field for "not held" only when the sender declares that all is given', () => {
    const bare: ReferralRecord = { ...whole, people: [], mentions: [], allAvailableGiven: 'not said' }
    assert.equal(stateOf(bare, 'account'), 'missing')
    assert.equal(stateOf({ ...bare, allAvailableGiven: 'no' }, 'account'), 'missing')
    assert.equal(stateOf({ ...bare, allAvailableGiven: 'yes' }, 'account'), 'not held')
  })

  it('is not asked of a chat or an archive', () => {
    assert.equal(completenessOf({ ...whole, format: 'telegram-json' }), null)
  })

  it('asks for everything that the schedule of S.I. 2026/268 lists, each once', () => {
    const bare: ReferralRecord = {
      ...whole,
      incidentKind: 'imagery',
      originalFormat: 'not said',
      reportedToLocalPolice: 'not said',
      allAvailableGiven: 'not said',
      people: [],
      mentions: [],
      details: [],
      files: whole.files.map((file) => ({ ...file, url: null })),
    }
    const law = [
      'where',
      'capture',
      'original-format',
      'compromised',
      'former-names',
      'payment',
      'connections',
      'police',
    ]
    for (const id of law) assert.equal(stateOf(bare, id), 'missing', id)
    const ids = completenessOf(bare)?.answers.map(({ id }) => id) ?? []
    assert.equal(new Set(ids).size, ids.length)
    const told = { ...bare, reportedToLocalPolice: 'yes', localPoliceReference: null } as const
    assert.equal(stateOf(told, 'police'), 'in part')
    assert.equal(stateOf({ ...told, localPoliceReference: 'TEST-1' }, 'police'), 'given')
    assert.equal(stateOf({ ...told, reportedToLocalPolice: 'no' }, 'police'), 'given')
    const inGroup = bare.files.map((_, file) => ({ kind: 'group id', value: 'g', place: '$', person: null, file }))
    assert.equal(stateOf({ ...bare, details: inGroup }, 'where'), 'given')
  })
})

describe('the message to a sender', () => {
  const about = { reference: 'TEST-1', number: 7, received: '2026-03-02' }

  it('lists what is missing, essentials first, and repeats nothing of the report but its reference', () => {
    const bare: ReferralRecord = { ...whole, people: [], mentions: [], incidentAt: null, allAvailableGiven: 'not said' }
    const found = completenessOf(bare)
    assert.ok(found !== null)
    const text = chaserOf(found, about) ?? ''
    assert.match(text, /Re: your report TEST-1, received 2026-03-02, our number 7/)
    assert.match(text, /1\. the account identifiers/)
    for (const { original } of whole.mentions) assert.ok(!text.includes(original))
    const open = found.answers.filter(({ state }) => state === 'missing' || state === 'in part')
    assert.equal(text.match(/^\d+\. /gm)?.length, open.length)
    const order = open.map(({ essential }) => essential)
    assert.ok(order.includes(true) && order.includes(false))
    const lastEssential = order.filter(Boolean).length
    assert.ok(text.includes(`${lastEssential + 1}. ${open.find(({ essential }) => !essential)?.request}`))
  })

  it('is not written when nothing is missing', () => {
    const found = completenessOf({ ...whole, allAvailableGiven: 'yes' })
    assert.ok(found !== null)
    assert.equal(chaserOf(found, about), null)
  })
})
