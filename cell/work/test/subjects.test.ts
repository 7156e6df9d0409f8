import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { readCatalogue } from '@tandem/store'
import fc from 'fast-check'
import { isReviewDue } from '../src/linkage/arrive.ts'
import { arrive, oneReferral, type Told } from './reports.ts'
import { type Desk, deskOf, openWork, refusal, type TestWork } from './support.ts'

describe('who is who', () => {
  let work: TestWork
  let analyst: Desk
  let number = 0

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  const comes = (told: Told) => oneReferral(work, work.founded.national, told)
  /** The subject of whoever is reported in a referral. */
  const subjectOf = async (referral: string): Promise<string> => {
    const { rows } = await work.superuser.query<{ subject_id: string }>(
      `SELECT subject_id FROM tandem.appearance WHERE referral_id = $1 AND role = 'reported'`,
      [referral],
    )
    return rows[0]?.subject_id ?? ''
  }
  const see = async (referral: string) => analyst.subject(await subjectOf(referral))
  const fresh = (): { email: string; phone: string } => {
    number++
    return { email: `person.${number}@mail.example`, phone: `+44770090${String(1000 + number)}` }
  }
  /** What the record says of links, whatever the version. */
  const state = async (): Promise<unknown> => {
    const { rows } = await work.superuser.query(
      'SELECT appearance_id, component_id, subject_id FROM tandem.appearance ORDER BY appearance_id',
    )
    return rows
  }

  test('a person under two accounts is one subject, with every line of the link, that adds up', async () => {
    const { email } = fresh()
    const [one, other] = [await comes({ account: 'first.name', email }), await comes({ account: 'second.name', email })]
    const subject = await see(one.id)
    assert.equal(await subjectOf(other.id), subject.id)
    assert.equal(subject.label, `S-${one.number}.1`)
    assert.deepEqual(
      subject.appearances.map(({ label }) => label),
      [`R-${one.number} person 1`, `R-${other.number} person 1`],
    )
    assert.deepEqual(subject.personas.map(({ normal }) => normal.split('/').at(-1)).sort(), [
      'first.name',
      'second.name',
    ])
    assert.deepEqual(
      subject.observables.map(({ kind, normal, from }) => [kind, normal, from.length]),
      [['email', email, 2]],
    )
    const [held] = subject.held
    assert.ok(held?.by === 'evidence')
    const { prior, lines, weight } = held.link
    assert.equal(
      lines.reduce((sum, { counted }) => sum + counted, prior),
      weight,
    )
    assert.ok(lines.some(({ field, value }) => field === 'email' && value === email))
    assert.deepEqual(
      subject.flips.map(({ fact }) => fact),
      [`email ${email}`],
    )
    assert.match(subject.inWords, new RegExp(`R-${one.number} person 1`))
    assert.match(subject.inWords, /Measured error/)
    const sum = subject.rank.reasons.reduce((total, { hundredths }) => total + hundredths, 0)
    assert.equal(sum, subject.rank.hundredths)
  })

  test('one address of the internet or a handle alone links nobody; strangers stay strangers', async () => {
    const ip = '198.51.100.77'
    const [one, other] = [await comes({ ip, ...fresh() }), await comes({ ip, ...fresh() })]
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    const pair = await analyst.pair(await subjectOf(one.id), await subjectOf(other.id))
    assert.equal(pair.sameSubject, false)
    assert.ok((pair.link?.weight ?? 1) < 0)
  })

  test('the same referrals in one file or one after the other give the same subjects', async () => {
    const { email, phone } = fresh()
    const told: Told[] = [
      { account: 'chain.a', email },
      { account: 'chain.b', email, phone },
      { account: 'chain.c', phone },
    ]
    const { report } = await import('./reports.ts')
    const together = await arrive(work, work.founded.signals, ...told.map(report))
    const alone = [await comes(told[2] ?? {}), await comes(told[0] ?? {}), await comes(told[1] ?? {})]
    for (const all of [together, alone]) {
      const subjects = await Promise.all(all.map(({ id }) => subjectOf(id)))
      assert.equal(new Set(subjects).size, 1)
    }
    // Each agency has its own: nothing crosses.
    assert.notEqual(await subjectOf(together[0]?.id ?? ''), await subjectOf(alone[0]?.id ?? ''))
    const theirs = await deskOf(work, work.founded.signals.triageAnalyst)
    assert.equal(await refusal(theirs.subject(await subjectOf(alone[0]?.id ?? ''))), 'TANDEM-FIND-001')
  })

  test('an officer parts two brothers, and takes it back: the state is as it was', async () => {
    const { email } = fresh()
    const [one, other] = [await comes({ account: 'brother.a', email }), await comes({ account: 'brother.b', email })]
    const before = await state()
    const subject = await see(one.id)
    const apart = subject.appearances[1]?.id ?? ''
    const split = await analyst.splitSubject(subject.id, subject.version, [apart])
    assert.equal(split.subjects.length, 2)
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    const shown = await see(one.id)
    const [decision] = shown.decisions
    assert.deepEqual([decision?.verb, decision?.reason], ['cannot link', 'two brothers share the mailbox'])
    // A third report with the mailbox joins neither blindly: whatever it joins, the two stay apart.
    await comes({ account: 'brother.c', email })
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    assert.equal(await refusal(analyst.splitSubject(subject.id, subject.version, [apart])), 'TANDEM-STATE-001')
    await analyst.undoLink(split.decision)
    assert.equal(await subjectOf(one.id), await subjectOf(other.id))
    assert.equal(await refusal(analyst.undoLink(split.decision)), 'TANDEM-STATE-002')
    const { rows } = await work.superuser.query(
      'SELECT appearance_id, component_id, subject_id FROM tandem.appearance WHERE referral_id <> (SELECT referral_id FROM tandem.referral ORDER BY received_at DESC LIMIT 1) ORDER BY appearance_id',
    )
    assert.deepEqual(rows, before)
    const history = (await see(one.id)).versions
    assert.ok(history.length >= 3, 'every version that was shown is kept')
  })

  test('an officer joins two who share nothing; a contradicting decision is shown and keeps apart', async () => {
    const [one, other] = [await comes(fresh()), await comes(fresh())]
    const [a, b] = [await see(one.id), await see(other.id)]
    const merged = await analyst.mergeSubjects(a, b)
    assert.equal(merged.subjects.length, 1)
    assert.equal(await subjectOf(one.id), await subjectOf(other.id))
    const whole = await see(one.id)
    assert.ok(whole.held.some((hold) => hold.by === 'decision' && hold.says.includes('the same voice in both')))
    assert.match(
      whole.inWords,
      /exhibit TEST\/5f0c9a52-11b1-4c5e-9f0e-3a1b2c3d4e5f/,
      'what an officer wrote stays as written',
    )
    assert.equal(await refusal(analyst.subject(b.id)), 'TANDEM-STATE-002')
    const split = await analyst.splitSubject(whole.id, whole.version, [b.id])
    const contradicted = await see(one.id)
    assert.equal(contradicted.contradictions.length, 1)
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    await analyst.undoLink(split.decision)
    await analyst.undoLink(merged.decision)
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    assert.equal((await see(one.id)).contradictions.length, 0)
  })

  test('a decision holds until its end, and not a moment longer; a colleague does not take it back', async () => {
    const [one, other] = [await comes(fresh()), await comes(fresh())]
    const [a, b] = [await see(one.id), await see(other.id)]
    const over = new Date(Date.now() - 60_000).toISOString()
    assert.equal(await refusal(analyst.mergeSubjects(a, b, over)), 'TANDEM-INPUT-001', 'it would never count')
    const until = new Date(Date.now() + 2_500).toISOString()
    const merged = await analyst.mergeSubjects(a, b, until)
    assert.equal(await subjectOf(other.id), a.id)
    const colleague = await deskOf(work, work.founded.national.secondAnalyst)
    assert.equal(await refusal(colleague.undoLink(merged.decision)), 'TANDEM-STATE-002')
    await setTimeout(Math.max(0, Date.parse(until) - Date.now()) + 300)
    // Whoever looks first is told the truth; the job that waits for the end finds it done.
    assert.equal((await analyst.subject(a.id)).appearances.length, 1)
    assert.equal(await subjectOf(other.id), b.id)
    work.worker.nudge()
    await work.worker.idle()
    assert.deepEqual(work.problems, [])
  })

  test('a value set aside un-links what hung on it, also later arrivals, and is shown; taken back it links again', async () => {
    const { phone } = fresh()
    const [one, other] = [await comes({ phone, account: 'guest.a' }), await comes({ phone, account: 'guest.b' })]
    const subject = await see(one.id)
    const hostel = subject.observables.find(({ kind }) => kind === 'phone')
    assert.ok(hostel)
    const aside = await analyst.setAside(subject.id, subject.version, hostel.observable)
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    const third = await comes({ phone, account: 'guest.c' })
    assert.equal(new Set(await Promise.all([one, other, third].map(({ id }) => subjectOf(id)))).size, 3)
    const shown = (await see(one.id)).observables.find(({ kind }) => kind === 'phone')
    assert.deepEqual(
      shown?.aside.map(({ reason }) => reason),
      ['the telephone of a hostel'],
    )
    await analyst.undoLink(aside.decision)
    assert.equal(new Set(await Promise.all([one, other, third].map(({ id }) => subjectOf(id)))).size, 1)
  })

  test('a mailbox that twelve strangers name is found generic, and what it joined comes apart', async () => {
    const box = 'shared.box@mail.example'
    const all = []
    for (let at = 0; at < 14; at++)
      all.push(await comes({ email: box, account: `stranger.${at}`, phone: fresh().phone }))
    await work.worker.idle()
    const subjects = new Set(await Promise.all(all.map(({ id }) => subjectOf(id))))
    assert.equal(subjects.size, 14)
    const shown = (await see(all[0]?.id ?? '')).observables.find(({ normal }) => normal === box)
    assert.match(shown?.aside[0]?.because ?? '', /identities/)
  })

  test('the first stranger too many is seen when people come one by one', async () => {
    const box = 'seventh.box@mail.example'
    const all = []
    for (let at = 0; at < 7; at++) all.push(await comes({ email: box, account: `seventh.${at}`, phone: fresh().phone }))
    work.worker.nudge()
    await work.worker.idle()
    assert.equal(new Set(await Promise.all(all.map(({ id }) => subjectOf(id)))).size, 7)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 })), fc.integer({ min: 1, max: 20 }), (steps, most) => {
        let [now, seen] = [0, 0]
        for (const step of steps) {
          const before = now
          now += step
          if (isReviewDue(before, now, most)) seen = now
          // Never more than double what was last looked at, nor anything above the most that nobody looked at.
          assert.ok(now <= most || (seen > most && now < 2 * seen))
        }
      }),
    )
  })

  test('a value set aside and taken back leaves no trace: what the rules find later still counts', async () => {
    const box = 'traceless.box@mail.example'
    const all = []
    for (let at = 0; at < 2; at++) all.push(await comes({ email: box, account: `trace.${at}`, phone: fresh().phone }))
    const subject = await see(all[0]?.id ?? '')
    const value = subject.observables.find(({ normal }) => normal === box)?.observable ?? ''
    await analyst.undoLink((await analyst.setAside(subject.id, subject.version, value)).decision)
    for (let at = 2; at < 7; at++) all.push(await comes({ email: box, account: `trace.${at}`, phone: fresh().phone }))
    work.worker.nudge()
    await work.worker.idle()
    assert.equal(new Set(await Promise.all(all.map(({ id }) => subjectOf(id)))).size, 7)
    const [one, other] = [all[0]?.id ?? '', all[1]?.id ?? '']
    const pair = await analyst.pair(await subjectOf(one), await subjectOf(other))
    assert.doesNotMatch(pair.inWords, /share nothing/)
  })

  test('a merge that only brings earlier decisions to rest is not told as done', async () => {
    const [one, other, third] = [await comes(fresh()), await comes(fresh()), await comes(fresh())]
    const [a, b, c] = [await see(one.id), await see(other.id), await see(third.id)]
    await analyst.mergeSubjects(b, c)
    const together = await see(other.id)
    await analyst.splitSubject(together.id, together.version, [c.id])
    await analyst.mergeSubjects(a, await see(other.id))
    const said = await analyst.mergeSubjects(await see(one.id), await see(third.id))
    assert.notEqual(await subjectOf(one.id), await subjectOf(third.id))
    assert.match(said.says, /keeps the two apart/)
    assert.ok(said.subjects.length > 0, 'what a person joined before rests, and came apart')
  })

  test('people without values never end the look at everything', async () => {
    const ends = await work.superuser.query<{ least: string }>(
      'SELECT min(appearance_id::text) AS least FROM tandem.appearance_value',
    )
    assert.ok(ends.rows[0])
    const sql = readCatalogue().get('appearance/all_values')?.text ?? assert.fail('no such query')
    await work.superuser.query('BEGIN')
    await work.superuser.query('DELETE FROM tandem.appearance_value WHERE appearance_id::text = $1', [
      ends.rows[0].least,
    ])
    const page = await work.superuser.query(sql, ['00000000-0000-0000-0000-000000000000', 1])
    await work.superuser.query('ROLLBACK')
    assert.ok(page.rows.length > 0)
  })

  test('what is declined weighs less; the list is in its order and adds up; the mark tells what is new', async () => {
    const { email } = fresh()
    const one = await comes({ email, account: 'ranked.a', level: 'P2', annotations: ['liveStreaming'] })
    await comes({ email, account: 'ranked.b' })
    const list = await analyst.subjects('all')
    const keys = list.subjects.map(({ priority, rank }) => [priority, -rank] as const)
    assert.deepEqual(
      keys,
      [...keys].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])),
    )
    const id = await subjectOf(one.id)
    assert.equal(list.subjects.find((each) => each.id === id)?.unread, 'new')
    const seen = await analyst.subject(id)
    assert.equal((await analyst.subjects('all')).subjects.find((each) => each.id === id)?.unread, 'read')
    const item = (await analyst.show(one.id)).item
    await analyst.decline(one.id, item.version)
    work.worker.nudge()
    await work.worker.idle()
    assert.equal((await analyst.subjects('all')).subjects.find((each) => each.id === id)?.unread, 'changed')
    const again = await analyst.subject(id)
    assert.ok(again.rank.hundredths < seen.rank.hundredths)
    assert.ok(again.rank.changes.length > 0)
    const first = await analyst.subjects('all', 2)
    assert.equal(first.subjects.length, 2)
    const rest = await analyst.subjects('all', 500, first.next ?? '')
    assert.equal(first.subjects.length + rest.subjects.length, list.subjects.length)
    assert.equal(await refusal(analyst.subjects('all', 2, 'P1 9 nonsense')), 'TANDEM-INPUT-001')
  })

  test('who may only look cannot decide, and everything that was read or decided is in the ledger', async () => {
    const { email } = fresh()
    const one = await comes({ email, account: 'seen.a' })
    await comes({ email, account: 'seen.b' })
    const safeguarder = await deskOf(work, work.founded.national.safeguardingOfficer)
    const id = await subjectOf(one.id)
    const subject = await safeguarder.subject(id)
    assert.equal(
      await refusal(safeguarder.splitSubject(id, subject.version, [subject.appearances[1]?.id ?? ''])),
      'TANDEM-AUTH-002',
    )
    const { rows } = await work.superuser.query(
      `SELECT DISTINCT verb FROM ledger.opening WHERE verb LIKE 'subject.%' ORDER BY verb`,
    )
    assert.deepEqual(
      rows.map(({ verb }) => verb),
      [
        'subject.link',
        'subject.link.read',
        'subject.merge',
        'subject.rank',
        'subject.rank.read',
        'subject.read',
        'subject.review',
        'subject.setAside',
        'subject.split',
        'subject.undo',
      ],
    )
  })
})
