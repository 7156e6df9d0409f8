import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { attributionGiven, routes } from '@tandem/contract'
import { ContextFileReader, IpContextBuilder, writeUkCseaIrp } from '@tandem/formats'
import { type Caller, handlers, ipContextOf } from '@tandem/work'
import { report } from './reports.ts'
import { type Desk, desk, openWork, refusal, streamOf, type TestWork } from './support.ts'

const fixture = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../fixtures/ip-context/${name}`, import.meta.url)))
const consensus = 'tor/consensus-2016-09-20-13-00-00.gz'
const exitList = 'tor/exit-list-2016-09-20-13-02-00.gz'

/** The IP context of that day, with more files where a test says so. */
function contextWith(more: readonly { name: string; told: 'vpn' | 'carrier NAT'; bytes: Buffer }[] = []) {
  const builder = new IpContextBuilder()
  const add = (reader: ContextFileReader, bytes: Buffer) => {
    reader.push(bytes)
    const read = reader.end()
    assert.ok(read.ok)
    builder.add(read.value)
  }
  for (const name of [consensus, exitList]) add(new ContextFileReader({ name, told: null }), fixture(name))
  for (const { name, told, bytes } of more)
    add(new ContextFileReader({ name, told: { kind: told, name, asOf: null } }), bytes)
  const context = builder.build()
  return ipContextOf(
    () => context,
    () => Date.parse('2017-01-01T00:00:00Z'),
  )
}

const ours = '81.2.69.142'
const theirs = '81.2.69.160'
const at = '2016-09-20T13:30:00Z'
const heads = 'Customer,Name,Address,IP,Port,Start (UTC),End (UTC)'
type Body = Parameters<Desk['judgeAttribution']>[0]
const checks: Body['checks'] = { sharedPremises: 'no', otherUsers: 'no', addressTranslation: 'no', anonymiser: 'no' }

describe('the wrong-door guard', () => {
  let work: TestWork
  let proposer: Desk
  let second: Desk
  let told = 0

  before(async () => {
    work = await openWork()
    await withContext(contextWith())
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  /** The desks see addresses with these files. */
  async function withContext(ipContext: ReturnType<typeof contextWith>): Promise<void> {
    const { national } = work.founded
    const given = { cell: { ...work.cell, ipContext } }
    proposer = desk(given, await work.as(national.triageAnalyst))
    second = desk(given, await work.as(national.dutyManager))
  }
  async function arrived(bytes: Uint8Array | string, sender: string): Promise<{ id: string; number: number }> {
    const { delivery } = await work.deliver(work.founded.national, Buffer.from(bytes), { name: 'given.csv', sender })
    const { referrals } = await proposer.delivery(delivery)
    const id = referrals[0]?.id ?? assert.fail(`nothing was read of ${String(bytes).slice(0, 80)}`)
    return { id, number: (await proposer.show(id)).item.number }
  }
  async function reported(use: { address: string; port?: number | null; at?: string }) {
    const { port = 4711, at: when = at, address } = use
    const base = report({ account: `user.${++told}` })
    const ipHistory = [{ address, ...(port === null ? {} : { port }), at: when, event: 'login' }]
    return arrived(
      writeUkCseaIrp([{ ...base, contentSender: { role: 'reported', username: `user.${told}`, ipHistory } }]),
      'Test Platform',
    )
  }
  const row = (
    address: string,
    from = '2016-09-20 13:00:00',
    to = '2016-09-20 13:59:59',
    more = '4711',
    customer = '',
  ) => `C${customer || ++told},Test Person ${customer || 'A'},1 Test Road,${address},${more},${from},${to}`
  const answered = (...rows: string[]) => arrived([heads, ...rows].join('\n'), 'Test ISP')
  /** A second line that is one: another provider, another address, the same name. */
  const elsewhere = () => arrived([heads, row(theirs)].join('\n'), 'Other ISP')
  async function given(use: { id: string }, answer: { id: string } | null, line: { id: string } | null): Promise<Body> {
    return {
      use: { referral: use.id, person: 0, event: 0 },
      answer: answer === null ? null : { referral: answer.id, person: 0, name: 0, address: 0 },
      lines: line === null ? [] : [{ kind: 'other answer' as const, referral: line.id, person: 0 }],
      checks,
    }
  }
  async function whole() {
    const use = await reported({ address: ours })
    const [answer, line] = [await answered(row(ours)), await elsewhere()]
    return { use, answer, line, body: await given(use, answer, line) }
  }
  const codes = async (body: Body): Promise<string[]> =>
    (await proposer.judgeAttribution(body)).doubts.map(({ code }) => code)

  test('with everything there two people clear it, from copied values, and the ledger tells who', async () => {
    const { use, answer, body } = await whole()
    const judged = await proposer.judgeAttribution(body)
    assert.deepEqual(judged.doubts, [])
    assert.deepEqual(
      [judged.use.address, judged.use.port, judged.use.time?.instant],
      [ours, 4711, '2016-09-20T13:30:00.000Z'],
    )
    assert.deepEqual([judged.attributed?.name, judged.attributed?.address], ['Test Person A', '1 Test Road'])
    const { attribution } = await proposer.proposeAttribution(body)
    assert.equal(await refusal(proposer.proposeAttribution(body)), 'TANDEM-STATE-001', 'one waits already')
    assert.equal(
      (await second.attributions()).attributions.some(({ id }) => id === attribution),
      true,
    )
    const settled = await second.settleAttribution(attribution, use.number)
    assert.deepEqual([settled.state, settled.doubts], ['cleared', []])
    const shown = await proposer.attribution(attribution)
    assert.deepEqual([shown.state, shown.inError, shown.attributed?.name], ['cleared', false, 'Test Person A'])
    assert.equal(shown.answer?.number, answer.number)
    assert.equal(shown.settled?.reason, 'read the records myself')
    assert.match(shown.inWords, /^Cleared by two people/)
    const verbs = (await second.ledger({ referral: use.id })).entries.map(({ verb }) => verb)
    for (const verb of ['attribution.judge', 'attribution.propose', 'attribution.clear', 'attribution.read'])
      assert.ok(verbs.includes(verb), verb)
  })

  test('no address, time or name can be typed: the routes have no field for it', async () => {
    const { body } = await whole()
    for (const extra of [
      { use: { ...body.use, address: ours } },
      { use: { ...body.use, at } },
      { answer: { ...body.answer, name: 'Somebody Else' } },
      { answer: { ...body.answer, typed: 'Somebody Else' } },
      { attributed: { name: 'Somebody Else' } },
      { lines: [{ ...body.lines[0], name: 'Somebody Else' }] },
    ]) {
      assert.equal(attributionGiven.safeParse({ ...body, ...extra }).success, false, JSON.stringify(extra))
      const whole = { ...body, ...extra, reason: 'because', override: null }
      assert.equal(routes.proposeAttribution.body.safeParse(whole).success, false)
    }
    assert.equal(attributionGiven.safeParse(body).success, true)
    // Places that hold nothing are refused.
    assert.equal(
      await refusal(proposer.judgeAttribution({ ...body, use: { ...body.use, event: 7 } })),
      'TANDEM-INPUT-001',
    )
    const none = { ...body, answer: body.answer === null ? null : { ...body.answer, name: 3 } }
    assert.equal(await refusal(proposer.judgeAttribution(none)), 'TANDEM-INPUT-001')
  })

  test('nobody settles what they proposed, with the wrong number, or twice; the database says so too', async () => {
    const { use, body } = await whole()
    const { attribution } = await proposer.proposeAttribution(body)
    assert.equal(await refusal(proposer.settleAttribution(attribution, use.number)), 'TANDEM-STATE-004')
    assert.equal(await refusal(second.settleAttribution(attribution, use.number + 1)), 'TANDEM-INPUT-001')
    const { superuser } = work
    const set = (values: string) =>
      superuser.query(`UPDATE tandem.attribution SET ${values} WHERE attribution_id = $1`, [attribution])
    const signed = (who: string, more: string) =>
      `state = 'cleared', settled_at = now(), settled_reason_sealed = '', settled_by = ${who}, settled_on = ${more}`
    const other = `'${work.founded.national.dutyManager.person}'`
    await superuser.query('ALTER TABLE tandem.attribution DISABLE TRIGGER sign_own_name')
    await assert.rejects(set(signed('proposed_by', 'sha256(basis_sealed)')), /check constraint/, 'the same person')
    await assert.rejects(set(signed(other, "sha256('')")), /another basis/)
    await superuser.query('ALTER TABLE tandem.attribution ENABLE TRIGGER sign_own_name')
    await second.settleAttribution(attribution, use.number)
    assert.equal(await refusal(second.settleAttribution(attribution, use.number, false)), 'TANDEM-STATE-002')
    await assert.rejects(set("state = 'refused'"), /settled once/)
  })

  test('an answer that is not in the cell as a record: nothing can be cleared, and it says so', async () => {
    const use = await reported({ address: ours })
    const body = await given(use, null, await elsewhere())
    const { attribution, says, doubts } = await proposer.proposeAttribution(body, 'the provider said it by telephone')
    assert.equal(doubts[0]?.code, 'no-answer')
    assert.match(says, /cannot be cleared/)
    assert.equal(await refusal(second.settleAttribution(attribution, use.number)), 'TANDEM-STATE-002')
    // Nor past the programs: without a copied value the database clears nothing.
    await work.superuser.query('ALTER TABLE tandem.attribution DISABLE TRIGGER USER')
    await assert.rejects(
      work.superuser.query(
        `UPDATE tandem.attribution SET state = 'cleared with doubts', settled_at = now(), settled_by = $2,
                settled_reason_sealed = '', settled_on = sha256(basis_sealed) WHERE attribution_id = $1`,
        [attribution, work.founded.national.dutyManager.person],
      ),
      /check constraint/,
    )
    await work.superuser.query('ALTER TABLE tandem.attribution ENABLE TRIGGER USER')
    assert.equal((await second.settleAttribution(attribution, use.number, false)).state, 'refused')
  })

  test('an answer for another hour, another address, another zone or several customers is named as that', async () => {
    const use = await reported({ address: ours })
    const line = await elsewhere()
    const doubtsOf = async (...rows: string[]) => codes(await given(use, await answered(...rows), line))
    const hourOff = await doubtsOf(row(ours, '2016-09-20 14:00:00', '2016-09-20 14:59:59'))
    assert.ok(hourOff.includes('one-hour-off') && hourOff.includes('time-wrong'), hourOff.join(', '))
    assert.ok(hourOff.includes('not-from-the-fitting-row') && hourOff.includes('no-customer'))
    const zone = await doubtsOf(row(ours, '2016-09-20 08:00:00', '2016-09-20 08:59:59'))
    assert.ok(zone.includes('zone-mistaken'), zone.join(', '))
    assert.ok((await doubtsOf(row('81.2.69.124'))).includes('digits-swapped'))
    assert.ok((await doubtsOf(row('203.0.113.9'))).includes('other-address'))
    const two = await doubtsOf(row(ours, undefined, undefined, ''), row(ours, undefined, undefined, ''))
    assert.ok(two.includes('several-customers'), two.join(', '))
    // Two ports tell the customers of one address apart.
    assert.deepEqual(await doubtsOf(row(ours), row(ours, undefined, undefined, '4712')), [])
    assert.deepEqual(await doubtsOf(row(ours, undefined, undefined, '4712')), ['other-port'])
    const noZone = await arrived(`${heads.replaceAll(' (UTC)', '')}\n${row(ours)}`, 'Test ISP')
    const open = await codes(await given(use, noZone, line))
    assert.ok(open.includes('answer-zone-unknown') && open.includes('time-depends'), open.join(', '))
  })

  test('around the end of summer time an hour that comes twice is no instant, and an answer an hour off is named', async () => {
    const use = await reported({ address: ours, at: '2016-10-30T00:30:00Z' })
    const line = await elsewhere()
    const local = `${heads.replaceAll(' (UTC)', '')},Zone`
    const inLondon = async (from: string, to: string) =>
      codes(await given(use, await arrived(`${local}\n${row(ours, from, to)},Europe/London`, 'Test ISP'), line))
    // 01:10 to 01:50 in London is in both the hour before and the hour after the clock is put back.
    const twice = await inLondon('2016-10-30 01:10:00', '2016-10-30 01:50:00')
    assert.ok(twice.includes('hour-twice'), twice.join(', '))
    // 00:40 to 01:30 UTC covers it in local words only an hour off.
    const off = await codes(
      await given(use, await answered(row(ours, '2016-10-30 01:00:00', '2016-10-30 01:59:59')), line),
    )
    assert.ok(off.includes('one-hour-off'), off.join(', '))
    const unsaid = await reported({ address: ours, at: '2016-10-30T01:30:00' })
    const open = await codes(await given(unsaid, await answered(row(ours)), line))
    assert.ok(open.includes('zone-unknown') && open.includes('instant-open'), open.join(', '))
  })

  test('carrier NAT without a port, a Tor exit, a VPN: each a doubt by name', async () => {
    const line = await elsewhere()
    const nat = { name: 'nat.txt', told: 'carrier NAT' as const, bytes: Buffer.from('81.2.69.0/24\n') }
    const vpn = { name: 'vpn.txt', told: 'vpn' as const, bytes: Buffer.from('81.2.69.0/24\n') }
    const use = await reported({ address: ours, port: null })
    const body = await given(use, await answered(row(ours)), line)
    assert.ok((await codes(body)).includes('port-missing'))
    await withContext(contextWith([nat]))
    assert.ok((await codes(body)).includes('port-missing-behind-nat'))
    await withContext(contextWith([vpn]))
    assert.ok((await codes(body)).includes('vpn'))
    await withContext(contextWith())
    const exit = /ExitAddress (\S+)/.exec(fixture(exitList).toString())?.[1] ?? assert.fail('no exit')
    const tor = await reported({ address: exit })
    const found = await codes(await given(tor, await answered(row(exit)), line))
    assert.ok(found.includes('tor-exit') || found.includes('tor-exit-near'), found.join(', '))
    // Without any file nobody knows, and that is a doubt too.
    const bare = desk(work, await work.as(work.founded.national.triageAnalyst))
    const { doubts } = await bare.judgeAttribution((await whole()).body)
    assert.deepEqual(
      doubts.map(({ code }) => code),
      ['tor-not-checked'],
    )
  })

  test('one line, two lines on one address, checks that nobody made: nothing is cleared alone', async () => {
    const { body, use } = await whole()
    assert.deepEqual(await codes({ ...body, lines: [] }), ['only-one-line'])
    const sameAddress = await arrived([heads, row(ours)].join('\n'), 'Other ISP')
    const weak = await codes({ ...body, lines: [{ kind: 'other answer', referral: sameAddress.id, person: 0 }] })
    assert.deepEqual(weak, ['only-one-line', 'line-same-address'])
    const sameProvider = await answered(row(theirs))
    assert.deepEqual(
      await codes({ ...body, lines: [{ kind: 'other answer', referral: sameProvider.id, person: 0 }] }),
      ['only-one-line', 'line-same-provider'],
    )
    const renamed = await codes({
      ...body,
      lines: [{ kind: 'account in the name', referral: sameProvider.id, person: 0 }],
    })
    assert.deepEqual(renamed, ['only-one-line', 'line-not-of-its-kind', 'line-same-provider'])
    const twice = [heads, row(ours), row(theirs)].join('\n')
    const [answer, again] = [await arrived(twice, 'Test ISP'), await arrived(twice, 'Other ISP')]
    const copied = await given(use, answer, null)
    assert.deepEqual(
      await codes({ ...copied, lines: [{ kind: 'other answer', referral: again.id, person: 1 }] }),
      ['only-one-line', 'line-same-record'],
      'the same bytes under another sender are no second source',
    )
    const another = await arrived([heads, row(theirs, undefined, undefined, undefined, 'B')].join('\n'), 'Other ISP')
    const against = await codes({
      ...body,
      lines: [...body.lines, { kind: 'other answer', referral: another.id, person: 0 }],
    })
    assert.deepEqual(against, ['line-names-another'])
    const open = await codes({ ...body, checks: { ...checks, sharedPremises: 'not said', otherUsers: 'yes' } })
    assert.deepEqual(open, ['shared-premises-not-checked', 'other-users'])
    const { attribution } = await proposer.proposeAttribution({ ...body, lines: [] })
    assert.equal(
      await refusal(second.settleAttribution(attribution, use.number)),
      'TANDEM-STATE-002',
      'no reason given',
    )
  })

  test('doubts are passed over only with a reason and a second person, and travel by name', async () => {
    const { body, use } = await whole()
    const { attribution, doubts } = await proposer.proposeAttribution(
      { ...body, lines: [], checks: { ...checks, sharedPremises: 'not said' } },
      'a child is in danger tonight',
    )
    assert.equal(await refusal(proposer.settleAttribution(attribution, use.number)), 'TANDEM-STATE-004')
    const settled = await second.settleAttribution(attribution, use.number)
    assert.equal(settled.state, 'cleared with doubts')
    assert.deepEqual(settled.doubts, ['shared-premises-not-checked', 'only-one-line'])
    const shown = await proposer.attribution(attribution)
    assert.deepEqual(shown.doubts, doubts)
    assert.equal(shown.override, 'a child is in danger tonight')
    for (const { code, says } of doubts) assert.ok(shown.inWords.includes(code) && shown.inWords.includes(says))
    const { rows } = await work.superuser.query('SELECT doubts FROM tandem.attribution WHERE attribution_id = $1', [
      attribution,
    ])
    assert.deepEqual(rows, [{ doubts: settled.doubts }])
  })

  test('what changed since it was proposed makes it stale: it is not cleared, and must be proposed anew', async () => {
    const { body, use } = await whole()
    const { attribution } = await proposer.proposeAttribution(body)
    assert.equal((await second.attribution(attribution)).stale, false)
    await withContext(contextWith([{ name: 'vpn.txt', told: 'vpn', bytes: Buffer.from('81.2.69.0/24\n') }]))
    assert.equal((await second.attribution(attribution)).stale, true)
    assert.equal(await refusal(second.settleAttribution(attribution, use.number)), 'TANDEM-STATE-001')
    await second.settleAttribution(attribution, use.number, false)
    await withContext(contextWith())
  })

  test('a correction puts it in error everywhere, and deletes nothing', async () => {
    const { body, use } = await whole()
    const { attribution } = await proposer.proposeAttribution(body)
    await second.settleAttribution(attribution, use.number)
    await proposer.correctAttribution(attribution)
    await second.correctAttribution(attribution)
    for (const shown of [
      await proposer.attribution(attribution),
      ...(await second.attributions(use.id)).attributions.filter(({ id }) => id === attribution),
    ]) {
      assert.deepEqual([shown.inError, shown.state, shown.errors.length], [true, 'cleared', 2])
      assert.equal(shown.errors[0]?.grading, 'reportable')
      assert.deepEqual(shown.errors[0]?.told, ['the oversight body', 'the household'])
      assert.match(shown.inWords, /^IN ERROR/)
      assert.equal(shown.attributed?.name, 'Test Person A', 'what was wrong stays on record')
    }
  })

  test('whoever opened an error record before the second person came is not passed over', async () => {
    const { body, use } = await whole()
    const { attribution } = await proposer.proposeAttribution(body)
    await proposer.correctAttribution(attribution)
    assert.equal(await refusal(second.settleAttribution(attribution, use.number)), 'TANDEM-STATE-002')
    assert.equal((await second.settleAttribution(attribution, use.number, false)).state, 'refused')
  })

  test('erased by law, the copy goes with the answer; the names of the doubts and the error stay', async () => {
    const { body, use, answer } = await whole()
    const { attribution } = await proposer.proposeAttribution({ ...body, lines: [] })
    await proposer.correctAttribution(attribution)
    // Erased as the law asks it: an ended referral, by two duty managers.
    const { national } = work.founded
    await work.superuser.query(`UPDATE tandem.person SET role = 'duty manager' WHERE person_id = $1`, [
      national.secondAnalyst.person,
    ])
    const other: Caller = { credential: await work.founded.session(national.secondAnalyst) }
    const first = await work.as(national.dutyManager)
    const erase = async ({ id, number }: { id: string; number: number }) => {
      await second.close(id, (await second.show(id)).item.version)
      const { version } = (await second.show(id)).item
      const { proposal } = await handlers.erase(work.cell, first, {
        params: { id },
        query: undefined,
        body: { version, reason: 'the law asks it' },
        stream: streamOf(new Uint8Array()),
      })
      await desk(work, other).settle(proposal, number)
    }
    assert.equal((await second.attribution(attribution)).attributed?.name, 'Test Person A')
    await erase(answer)
    const without = await second.attribution(attribution)
    assert.deepEqual([without.attributed, without.stale, without.use?.address], [null, true, ours])
    assert.equal(await refusal(second.settleAttribution(attribution, use.number)), 'TANDEM-FIND-002')
    await erase(use)
    const gone = await second.attribution(attribution)
    assert.deepEqual([gone.use, gone.attributed, gone.reason, gone.inError], [null, null, '(erased by law)', true])
    assert.deepEqual(
      gone.doubts.map(({ code }) => code),
      ['only-one-line'],
    )
  })

  test('whoever may not, or belongs to another agency, sees and does nothing', async () => {
    const { body, use } = await whole()
    const { attribution } = await proposer.proposeAttribution(body)
    const given = { cell: work.cell }
    const { national, signals } = work.founded
    const foreign = desk(given, await work.as(signals.dutyManager))
    assert.equal(await refusal(foreign.attribution(attribution)), 'TANDEM-FIND-001')
    assert.equal(await refusal(foreign.settleAttribution(attribution, use.number)), 'TANDEM-FIND-001')
    assert.equal(await refusal(foreign.correctAttribution(attribution)), 'TANDEM-FIND-001')
    assert.equal(await refusal(foreign.judgeAttribution(body)), 'TANDEM-FIND-001')
    assert.deepEqual((await foreign.attributions(use.id)).attributions, [])
    const guard = desk(given, await work.as(national.safeguardingOfficer))
    assert.equal(await refusal(guard.proposeAttribution(body)), 'TANDEM-AUTH-002')
    assert.equal(await refusal(guard.settleAttribution(attribution, use.number)), 'TANDEM-AUTH-002')
  })

  test('no name, no address and no reason lies open in the database', async () => {
    const { body } = await whole()
    await proposer.proposeAttribution(body)
    const { rows } = await work.superuser.query<{ row: string }>(
      'SELECT row_to_json(a)::text AS row FROM tandem.attribution a',
    )
    for (const word of ['Test Person', '1 Test Road', ours, 'the line of the suspect'])
      for (const { row } of rows) {
        assert.equal(row.includes(word), false)
        assert.equal(row.includes(Buffer.from(word).toString('hex')), false)
      }
  })
})
