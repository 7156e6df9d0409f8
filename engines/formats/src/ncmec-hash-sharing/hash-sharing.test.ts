import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { survives } from '../../test/hardships.ts'
import { detect } from '../detect.ts'
import { readAll } from '../read.ts'
import { defaultLimits } from '../reader.ts'
import type { ListEntryRecord } from '../record.ts'
import { readHashSharingPage } from './list.ts'
import { ncmecHashSharingReader } from './reader.ts'

const fixture = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../../../../fixtures/ncmec-hash-sharing', name))
const records = (name: string): ListEntryRecord[] =>
  readAll(fixture(name)).entries.flatMap((entry) =>
    entry.outcome !== 'set-aside' && entry.record.kind === 'list-entry' ? [entry.record] : [],
  )
const said = (record: ListEntryRecord | undefined, kind: string): string[] =>
  (record?.details ?? []).filter((detail) => detail.kind === kind).map(({ value }) => value)

describe('pages of NCMEC Hash Sharing', () => {
  it('are known by their content', () => {
    assert.deepEqual(detect(fixture('entries.xml')), { kind: 'known', format: 'ncmec-hash-sharing', certain: true })
  })

  it('give entries and tombstones under member, kind and id', () => {
    const { account, claimedRecords, remarks } = readAll(fixture('entries.xml'))
    assert.deepEqual(account, { records: 4, accepted: 3, remarked: 1, setAside: 0 })
    assert.equal(claimedRecords, 4)
    assert.match(remarks.find(({ code }) => code === 'more-pages')?.says ?? '', /start=2001&size=1000&max=3000$/)
    const [image, deletedImage, video, deletedVideo] = records('entries.xml')
    assert.deepEqual(
      [image, deletedImage, video, deletedVideo].map((record) => record?.entryId),
      ['42/image/image1', '43/image/image4', '42/video/video1', '42/video/video4'],
    )
    assert.deepEqual(deletedImage?.flags, { withdrawn: 'yes' })
    assert.deepEqual(deletedVideo?.flags, { withdrawn: 'yes' })
    assert.deepEqual(
      image?.hashes.map(({ kind, value }) => [kind, value]),
      [
        ['md5', 'a1'.repeat(16)],
        ['sha1', 'a1'.repeat(20)],
      ],
    )
    assert.equal(video?.category, null)
  })

  it('keep what others answered, and flag what somebody disputes', () => {
    const [image] = records('entries.xml')
    assert.deepEqual(image?.flags, { disputed: 'yes' })
    assert.deepEqual(said(image, 'confirmed (Md5)'), ['Example Member'])
    assert.deepEqual(said(image, 'disputed (Sha1)'), ['Example Reason 1: Example Member'])
    assert.deepEqual(records('entries2.xml')[0]?.flags, {})
  })

  it('leave out a PhotoDNA that is none, and say so', () => {
    const [entry] = readAll(fixture('entries2.xml')).entries
    assert.ok(entry?.outcome === 'remarked')
    assert.deepEqual(
      entry.remarks.map(({ code }) => code),
      ['hash-alphabet'],
    )
  })

  it('name large fingerprints and follow no link', () => {
    const [video] = records('entries-large-fingerprints.xml')
    assert.deepEqual(said(video, 'fingerprint only linked, not read'), ['tmk-pdqf', 'videntifier'])
    assert.ok(!JSON.stringify(video).includes('/v2/entries'))
    assert.deepEqual(readAll(fixture('entries-large-fingerprints.xml')).remarks, [])
  })

  it('may be empty, and what is no page says what it is', () => {
    const empty = readAll(fixture('entries-no-data.xml'))
    assert.deepEqual([empty.account.records, empty.claimedRecords], [0, 0])
    for (const name of ['status.xml', 'feedback-reasons.xml', 'affirmative-feedback.xml', 'negative-feedback.xml']) {
      const [entry] = readAll(fixture(name)).entries
      assert.equal(entry?.outcome === 'set-aside' ? entry.reason.code : null, 'not-a-page', name)
    }
  })

  it('carry their environment in the scheme of the class', () => {
    const page = readHashSharingPage(fixture('entries2.xml'), { environment: 'exploitative', limits: defaultLimits })
    const step = page.next()
    assert.ok(step.done !== true && step.value.outcome === 'remarked')
    assert.deepEqual(step.value.record.category, { scheme: 'ncmec-hash-sharing/exploitative', value: 'A1' })
  })

  it('need a key, and count what nobody described', () => {
    const page = (inner: string) =>
      readAll(
        Buffer.from(
          `<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images count="2">${inner}</images></queryResult>`,
        ),
      )
    const noKey = page(
      '<image><id>1</id><fingerprints><md5>facefacefacefacefacefacefaceface</md5></fingerprints></image>',
    )
    assert.equal(noKey.entries[0]?.outcome === 'set-aside' ? noKey.entries[0].reason.code : null, 'no-key')
    assert.ok(noKey.remarks.some(({ code }) => code === 'count-differs'))
    const odd = page(
      '<image><member id="1"/><id>1</id><fingerprints><md5>facefacefacefacefacefacefaceface</md5></fingerprints><later/></image><film/>',
    )
    assert.deepEqual(
      odd.remarks.filter(({ code }) => code === 'unknown-field').map(({ place }) => place),
      ['later', 'film'],
    )
    assert.equal(odd.account.setAside, 1)
  })

  it('survive every damage', () => {
    for (const name of ['entries.xml', 'entries4.xml']) survives(ncmecHashSharingReader, fixture(name), { every: 16 })
  })
})
