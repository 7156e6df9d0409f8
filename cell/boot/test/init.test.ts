import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { receiveFromSender } from '@tandem/work'
import { dataFolder } from '../src/folders.ts'
import { initLive } from '../src/init.ts'
import { faultsOf, type LivePlan, planShape, planTemplate } from '../src/init-plan.ts'
import { openCell } from '../src/open-cell.ts'
import { start } from '../src/start.ts'
import { temporaryFolder, twoRecords } from './training-folder.ts'

const now = new Date('2026-06-01T12:00:00Z')
type Plan = LivePlan & { name: string; origin: string }

function plan(change: (plan: ReturnType<typeof planTemplate>) => object = (each) => each): Plan {
  const parsed = planShape.parse(change(planTemplate(new Date())))
  const providers = parsed.providers.map(({ clientSecretFile: _, ...provider }) => provider)
  return { ...parsed, providers, name: parsed.name ?? 'Test cell', origin: parsed.origin ?? 'https://cell.example' }
}

test('a plan is checked for what its form cannot tell', () => {
  const faults = (change: Parameters<typeof plan>[0]) => faultsOf(plan(change), now).join('; ')
  assert.equal(
    faults((each) => each),
    '',
  )
  assert.match(
    faults((each) => ({ ...each, origin: 'http://cell.example' })),
    /must be https/,
  )
  assert.match(
    faults((each) => ({ ...each, origin: 'https://cell.example/desk' })),
    /write https:\/\/cell\.example$/,
  )
  assert.match(
    faults((each) => ({ ...each, origin: 'https://192.0.2.1' })),
    /passkeys need a host name/,
  )
  assert.match(
    faults((each) => ({ ...each, providers: [] })),
    /nobody could sign in/,
  )
  assert.match(
    faults((each) => ({ ...each, providers: [{ name: 'Test', issuer: 'https://other.example', clientId: 'x' }] })),
    /an issuer that no provider of this plan has/,
  )
  const [agency, ...others] = planTemplate(new Date()).agencies
  assert.ok(agency?.desk !== undefined)
  const { desk } = agency
  const only = (changed: object) => faults((each) => ({ ...each, agencies: [{ ...agency, ...changed }, ...others] }))
  assert.match(only({ people: agency.people.slice(0, 1) }), /needs two duty managers/)
  assert.match(only({ desk: undefined }), /has no intake desk/)
  assert.match(only({ people: [...agency.people, ...agency.people] }), /two people have the subject/)
  const alike = { ...agency, shortName: 'crime, agency', people: [] }
  assert.match(
    faults((each) => ({ ...each, agencies: [...each.agencies, alike] })),
    /share the watched folder "crime-agency"/,
  )
  assert.match(only({ shortName: 'Служба' }), /its watched folder needs one/)
  const expired = { ...desk, authority: { ...desk.authority, expiresAt: '2026-05-31T00:00:00Z' } }
  assert.match(only({ desk: expired }), /has expired already/)
})

test('a live cell', async (t) => {
  const data = join(temporaryFolder(t), 'live')
  const made = await initLive({ data, plan: plan(), now })
  assert.ok(made.ok, made.ok ? '' : made.error)
  const folder = dataFolder(data, 'live')

  await t.test('has keys and settings for one user alone, and no sign-ins', () => {
    assert.equal(statSync(folder.settings).mode & 0o777, 0o600)
    assert.equal(existsSync(join(folder.keys, 'training-login.json')), false)
    assert.equal(existsSync(join(folder.root, 'example-played')), false)
  })

  await t.test('takes a delivery with the API key that was told once, and keeps the key nowhere', async () => {
    const [first] = made.value.apiKeys
    assert.match(first?.key ?? '', /^[\w-]{43}$/)
    const opened = await openCell({ folder, birth: null })
    assert.ok(opened.ok, opened.ok ? '' : opened.error)
    const { cell, close, keys } = opened.value
    const officers = keys.holder('Crime Agency')
    assert.ok(officers.ok)
    for (const { share } of made.value.shares.slice(0, 2)) assert.ok((await officers.value.give(share)).ok)
    const key = Buffer.from(first?.key ?? '', 'base64url')
    const send = (number: number) =>
      receiveFromSender(
        cell,
        key,
        { idempotencyKey: `test-key-000${number}`, name: 'test.json' },
        bytesOf(`TEST-${number}`),
      )
    const receipts = await Promise.all([send(1), send(2)])
    await close()
    assert.deepEqual(
      receipts.map(({ state }) => state),
      ['received', 'received'],
    )
    assert.equal(readFileSync(folder.settings, 'utf8').includes(first?.key ?? ''), false)
  })

  await t.test('is made in a new folder only', async () => {
    const again = await initLive({ data, plan: plan(), now })
    assert.ok(!again.ok)
    assert.match(again.error, /is not empty/)
  })

  await t.test('cannot be turned into a training cell by its settings', async () => {
    const settings: { mode: string } = JSON.parse(readFileSync(folder.settings, 'utf8'))
    writeFileSync(folder.settings, JSON.stringify({ ...settings, mode: 'training' }))
    const started = await start({ data, port: 7399, withoutExample: true })
    assert.ok(!started.ok)
    assert.match(started.error, /never converted/)
    writeFileSync(folder.settings, JSON.stringify(settings))
  })
})

test('an init that fails leaves no folder behind', async (t) => {
  const data = join(temporaryFolder(t), 'live')
  const made = await initLive({ data, plan: { ...plan(), origin: 'http://cell.example' }, now })
  assert.equal(made.ok, false)
  assert.equal(existsSync(data), false)
})

async function* bytesOf(reference: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(twoRecords(reference))
}
