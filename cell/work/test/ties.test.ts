import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { mostTied } from '@tandem/linkage'
import { type Caller, handlers } from '@tandem/work'
import { chat, mailbox } from './exchanged.ts'
import { sha256 } from './reports.ts'
import { type Desk, desk, deskOf, openWork, refusal, streamOf, type TestWork } from './support.ts'
import { type TiesScene, tiesScene } from './ties-scene.ts'

const iban = 'GB33BUKB20201555555555'

describe('ties between subjects', () => {
  let work: TestWork
  let analyst: Desk
  let scene: TiesScene

  before(async () => {
    work = await openWork()
    analyst = await deskOf(work, work.founded.national.triageAnalyst)
    scene = tiesScene(work, analyst)
  })
  after(async () => {
    assert.deepEqual(work.problems, [])
    await work.close()
  })

  const comes = (...about: Parameters<TiesScene['comes']>) => scene.comes(...about)
  const subjectOf = (referral: string, person = 0) => scene.subjectOf(referral, person)
  const tiesOf = (referral: string, person = 0) => scene.tiesOf(referral, person)
  const told = (referral: string, person = 0) => scene.told(referral, person)
  const around = (...node: Parameters<TiesScene['around']>) => scene.around(...node)
  const ranks = async () => {
    const { rows } = await work.superuser.query(
      'SELECT subject_id, version, score_number, priority, rank, appearances FROM tandem.subject ORDER BY subject_id',
    )
    return rows
  }

  test('the same file in two hands ties them once, by its best digest, with referrals and times', async () => {
    const digest = sha256('a file that is traded')
    const sha1 = 'a9993e364706816aba3e25717850c26c9cd0d89d'
    const content = (at: string) => [
      {
        type: 'imagery' as const,
        uploadedAt: at,
        files: [
          {
            hashes: [
              { algorithm: 'sha1' as const, value: sha1 },
              { algorithm: 'sha256' as const, value: digest },
            ],
          },
        ],
      },
    ]
    const one = await comes({}, {}, { content: content('2026-05-01T08:00:00Z') })
    const other = await comes({}, {}, { content: content('2026-05-03T08:00:00Z') })
    const [tie, ...none] = (await tiesOf(one.id)).ties
    assert.deepEqual(none, [])
    assert.deepEqual(
      [tie?.relation, tie?.other.label, tie?.other.id],
      ['shared file', `S-${other.number}.1`, await subjectOf(other.id)],
    )
    const [reason, ...rest] = tie?.reasons ?? []
    assert.deepEqual(rest, [], 'two digests of one file are one reason')
    assert.match(reason?.says ?? '', new RegExp(`SHA-256 ${digest}: R-${one.number} person 1, and R-${other.number}`))
    assert.deepEqual(
      [reason?.referrals.map((each) => each.number), reason?.from, reason?.to],
      [[one.number, other.number], '2026-05-01T08:00:00Z', '2026-05-03T08:00:00Z'],
    )
    assert.notEqual(await subjectOf(one.id), await subjectOf(other.id))
    const back = (await tiesOf(other.id)).ties
    assert.deepEqual(
      back.map(({ other: who }) => who.label),
      [`S-${one.number}.1`],
    )
    // Set aside by one digest, the file does not tie by another.
    const { id, version } = await analyst.subject(await subjectOf(one.id))
    const { decision } = await analyst.setAside(id, version, reason?.value?.observable ?? '')
    assert.deepEqual((await tiesOf(other.id)).ties, [])
    await analyst.undoLink(decision)
    assert.equal((await tiesOf(other.id)).ties.length, 1)
  })

  test('what the sender calls viral, what is nothing and what looks alike tie nobody; the number is told', async () => {
    const file = (labels: string[], hashes: { algorithm: 'sha256' | 'md5' | 'pdq'; value: string }[]) => ({
      content: [{ type: 'imagery' as const, files: [{ labels, hashes }] }],
    })
    const viral = file(['viral'], [{ algorithm: 'sha256', value: sha256('everybody has it') }])
    const empty = file([], [{ algorithm: 'md5', value: 'd41d8cd98f00b204e9800998ecf8427e' }])
    const alike = file(
      [],
      [{ algorithm: 'pdq', value: 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22' }],
    )
    for (const each of [viral, empty, alike]) {
      const [one, other] = [await comes({}, {}, each), await comes({}, {}, each)]
      assert.deepEqual((await tiesOf(one.id)).ties, [])
      assert.deepEqual(
        (await tiesOf(other.id)).leftOut,
        each === viral ? ['1 of its files, which the sender calls viral or a meme, tie nobody'] : [],
      )
    }
  })

  test('a payment says who paid whom, and what is not said; it merges nobody and changes no rank', async () => {
    const payee = await comes({}, { payments: [{ kind: 'bank account', value: iban }] })
    const before = await ranks()
    const payer = await comes({}, { payments: [{ kind: 'transfer to', value: `GB33 BUKB 2020 1555 5555 55` }] })
    const writer = await comes(
      {},
      { username: 'writer.of.words' },
      {
        content: [
          {
            type: 'messaging',
            conversation: [{ from: 'writer.of.words', at: '2026-05-04T10:00:00Z', text: `send it to ${iban} please` }],
          },
        ],
      },
    )
    const [paid] = (await told(payer.id)).filter(({ other }) => other === `S-${payee.number}.1`)
    assert.deepEqual([paid?.relation, paid?.direction], ['payment', 'out'])
    assert.match(
      paid?.says[0] ?? '',
      /^Paid the other: R-\d+ person 1 paid into the IBAN GB33BUKB20201555555555, which/,
    )
    const incoming = await told(payee.id)
    assert.deepEqual(incoming.map(({ direction }) => direction).sort(), ['both', 'in'])
    assert.ok(incoming.some(({ says }) => says.some((text) => text.includes('That money moved is not said.'))))
    assert.deepEqual(
      (await told(writer.id)).map(({ other }) => other).sort(),
      [`S-${payee.number}.1`, `S-${payer.number}.1`].sort(),
    )
    const known = new Set(before.map((row) => row['subject_id']))
    assert.deepEqual(
      (await ranks()).filter((row) => known.has(row['subject_id'])),
      before,
      'nobody moved',
    )
    const drawn = await around('subject', await subjectOf(payee.id))
    const edge = drawn.edges.find(({ kind }) => kind === 'payment')
    assert.deepEqual(
      [edge?.from, edge?.to],
      [`subject/${await subjectOf(payer.id)}`, `subject/${await subjectOf(payee.id)}`],
      'from who paid to who was paid',
    )
    assert.deepEqual(await around('subject', await subjectOf(payer.id), 'payment').then(({ edges }) => edges), [edge])
  })

  test('what a sender calls otherwise ties by a payment without saying who paid, and so does a transaction', async () => {
    const account = 'GB82WEST12345698765432'
    const payer = await comes({}, { payments: [{ kind: 'paid to', value: account }] })
    const other = await comes({}, { payments: [{ kind: 'received from', value: account }] })
    const [tie] = await told(payer.id)
    assert.deepEqual([tie?.relation, tie?.direction], ['payment', 'both'])
    assert.equal(
      tie?.says[0],
      `Named among payments, the IBAN ${account}: R-${payer.number} person 1 paid into it, and R-${other.number} person 1 is named with it among their payments. Which way money moved, if it did, is not said.`,
    )
    assert.equal((await told(other.id))[0]?.direction, 'both')
    const drawn = await around('subject', await subjectOf(payer.id), 'payment,shared-payment')
    assert.deepEqual(
      drawn.edges.map(({ kind }) => kind),
      ['shared-payment'],
    )
    const moved = '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060'
    const sent = await comes({}, { payments: [{ kind: 'paid to', value: `transaction ${moved}` }] })
    await comes({}, { payments: [{ kind: 'account', value: `transaction ${moved}` }] })
    const [both] = await told(sent.id)
    assert.match(both?.says[0] ?? '', /^Both are named with one payment, the transaction/)
    assert.equal(both?.direction, 'both')
  })

  test('one home, however spelled; a fixed line; a flat of the same house is another home', async () => {
    const [one, other, flat] = [
      await comes({}, { addresses: ['12 Orchard Street, Exampleton, EX1 2MP'] }),
      await comes({}, { addresses: ['12 ORCHARD ST., Exampleton EX1 2MP'] }),
      await comes({}, { addresses: ['Flat 3, 12 Orchard Street, Exampleton, EX1 2MP'] }),
    ]
    assert.deepEqual(await told(one.id), [
      {
        ...{ relation: 'household', other: `S-${other.number}.1`, direction: 'both' },
        says: [
          `Told at one address, "12 Orchard Street, Exampleton, EX1 2MP": R-${one.number} person 1, and R-${other.number} person 1.`,
        ],
      },
    ])
    assert.deepEqual(await told(flat.id), [])
    const landline = '+442079460123'
    const [a, b] = [
      await comes({ phone: landline }, { dateOfBirth: '1970-03-04', names: ['Ann Example'] }),
      await comes({ phone: landline }, { dateOfBirth: '1999-05-06', names: ['Bob Example'] }),
    ]
    assert.notEqual(await subjectOf(a.id), await subjectOf(b.id), 'two births: two people of one home')
    assert.match((await told(a.id))[0]?.says[0] ?? '', /^One fixed line, \+442079460123/)
    const mobile = '+447700900999'
    const c = await comes({ phone: mobile }, { dateOfBirth: '1970-03-04', names: ['Cat Example'] })
    await comes({ phone: mobile }, { dateOfBirth: '1999-05-06', names: ['Dan Example'] })
    assert.deepEqual(await told(c.id), [], 'a mobile telephone is no home')
  })

  test('sender and recipients, a conversation, and who is listed are in touch; recipients are not with one another', async () => {
    const peer = await comes({ account: 'listed.peer' })
    const item = await comes(
      { account: 'sender.one' },
      { connections: [{ username: 'listed.peer', relation: 'friend' }] },
      {
        recipients: [{ username: 'recipient.a' }, { username: 'recipient.b', role: 'victim' }],
        content: [
          {
            type: 'messaging',
            conversation: [
              { from: 'sender.one', at: '2026-05-04T10:00:00Z', text: 'hello' },
              { from: 'recipient.b', at: '2026-05-04T10:05:00Z', text: 'who are you' },
            ],
          },
        ],
      },
    )
    const people = await work.superuser.query<{ person: number; subject_id: string }>(
      'SELECT person, subject_id FROM tandem.appearance WHERE referral_id = $1 ORDER BY person',
      [item.id],
    )
    const [, listed] = people.rows.map(({ subject_id }) => subject_id)
    assert.equal(listed, await subjectOf(peer.id), 'who is listed is the peer, by the account')
    const all = await told(item.id)
    const says = (other: string): readonly string[] => all.find((tie) => tie.other === other)?.says ?? []
    assert.deepEqual(
      all.map(({ relation }) => relation),
      ['contact', 'contact', 'contact'],
    )
    assert.match(
      says(`S-${peer.number}.1`)[0] ?? '',
      /is listed among the connections of R-\d+ person 1, as .*listed\.peer\.$/,
    )
    const victim = all.find(({ says: reasons }) => reasons.length === 2)
    assert.ok(victim?.says.some((text) => text.includes('wrote in one conversation of 2 messages')))
    assert.ok(victim?.says.some((text) => text.includes('was to receive it')))
    assert.deepEqual(
      (await told(item.id, 2)).map(({ other }) => other),
      [`S-${item.number}.1`],
    )
    const rolesOf = async (person: number) =>
      (await tiesOf(item.id, person)).ties.map(({ other }) => [other.label, other.toldAs])
    assert.deepEqual(await rolesOf(2), [[`S-${item.number}.1`, [{ role: 'reported', times: 1 }]]])
    const seen = await rolesOf(0)
    assert.deepEqual(
      seen.filter(([label]) => label === `S-${item.number}.4`),
      [[`S-${item.number}.4`, [{ role: 'victim', times: 1 }]]],
      'a child and an offender do not look alike',
    )
    const drawn = await around('subject', await subjectOf(item.id))
    assert.deepEqual(drawn.nodes.find(({ label }) => label === `S-${item.number}.4`)?.toldAs, ['victim'])
    assert.deepEqual(drawn.nodes.find(({ label }) => label === `S-${item.number}.1`)?.toldAs, ['reported'])
    // The account by which alone the peer is known is set aside: the listing falls, also looked at from the peer.
    const subject = await analyst.subject(await subjectOf(peer.id))
    const account = subject.personas[0]?.observable ?? ''
    const aside = await analyst.setAside(subject.id, subject.version, account)
    assert.ok((await told(item.id)).every(({ says: reasons }) => !reasons.some((text) => text.includes('is listed'))))
    assert.deepEqual(await told(peer.id), [])
    await analyst.undoLink(aside.decision)
    assert.ok((await told(peer.id)).some(({ says: reasons }) => reasons.some((text) => text.includes('is listed'))))
  })

  test('mails and chats say who wrote to whom; a crowd ties nobody and its number is told', async () => {
    const [a, b, c] = ['a@mail.example', 'b@mail.example', 'c@mail.example']
    const box = mailbox([a, b], [a, b], [c, a])
    const deliver = async (bytes: Buffer, name: string): Promise<string> => {
      const { delivery } = await work.deliver(work.founded.national, bytes, { name })
      return (await analyst.delivery(delivery)).referrals[0]?.id ?? assert.fail('nothing was read')
    }
    const mails = await deliver(box, 'box.mbox')
    const all = []
    for (const person of [0, 1, 2]) all.push(...(await told(mails, person)))
    const pairs = all.flatMap(({ says }) => says)
    assert.ok(
      pairs.some((text) => /R-\d+ person \d wrote to R-\d+ person \d, 2 times\./.test(text)),
      pairs.join('\n'),
    )
    assert.ok(!pairs.some((text) => text.includes('conversation')), 'a box of mails is no conversation')
    const three = await deliver(chat(3), 'three.json')
    assert.equal((await told(three)).length, 2)
    const crowd = await deliver(chat(25), 'crowd.json')
    const { ties, leftOut } = await tiesOf(crowd)
    assert.deepEqual(ties, [])
    assert.match(leftOut.join(), /took part in a conversation of 25: more than 20 tie nobody/)
  })

  test('a value set aside takes the tie with it, in the past too, and taken back brings it again', async () => {
    const wallet = 'DE89370400440532013000'
    const [one, other] = [
      await comes({}, { payments: [{ kind: 'paid to', value: wallet }] }),
      await comes({}, { payments: [{ kind: 'paid to', value: wallet }] }),
    ]
    const [tie] = (await tiesOf(one.id)).ties
    assert.match(tie?.reasons[0]?.says ?? '', /^Both paid into the IBAN DE89/)
    const subject = await analyst.subject(await subjectOf(one.id))
    const observable = tie?.reasons[0]?.value?.observable ?? ''
    const aside = await analyst.setAside(subject.id, subject.version, observable)
    assert.match(aside.says, /ties nobody now/)
    const again = await analyst.subject(subject.id)
    assert.deepEqual(again.ties.ties, [])
    assert.match(again.ties.leftOut.join(), /1 of its values are set aside/)
    assert.deepEqual((await tiesOf(other.id)).ties, [])
    assert.ok((await around('subject', subject.id)).edges.every(({ kind }) => kind !== 'shared-payment'))
    const [decision] = again.decisions
    assert.deepEqual([decision?.verb, decision?.about, decision?.undoable], ['set aside', [wallet], true])
    assert.equal(await refusal(analyst.setAside(subject.id, again.version, observable)), 'TANDEM-STATE-002')
    const third = await comes({}, { payments: [{ kind: 'paid to', value: wallet }] })
    assert.deepEqual((await tiesOf(third.id)).ties, [], 'nor does it tie who comes later')
    await analyst.undoLink(aside.decision)
    assert.equal((await tiesOf(one.id)).ties.length, 2)
    assert.equal(
      await refusal(
        analyst.setAside(
          await subjectOf(one.id),
          (await analyst.subject(await subjectOf(one.id))).version,
          await subjectOf(one.id),
        ),
      ),
      'TANDEM-INPUT-001',
    )
  })

  test('what more hold than a home can have ties nobody, and the page tells by how many it is held', async () => {
    const hostel = ['1 Hostel Road, Exampleton, EX9 9ZZ']
    const all = []
    for (let at = 0; at <= mostTied.household; at++) all.push(await comes({}, { addresses: hostel }))
    const { ties, leftOut } = await tiesOf(all[0]?.id ?? '')
    assert.deepEqual(ties, [])
    assert.deepEqual(leftOut, [
      `"1 Hostel Road, Exampleton, EX9 9ZZ" (household) is held by ${mostTied.household + 1} subjects: what more than ${mostTied.household} hold ties nobody`,
    ])
  })

  test('walls: nobody is told of a tie into another operation or another agency, nor that there is one', async () => {
    const home = { addresses: ['7 Wall Street, Exampleton, EX7 7WW'] }
    const [one, other] = [await comes({}, home), await comes({}, home)]
    await comes({}, home, {}, work.founded.signals)
    const drawnBefore = await around('subject', await subjectOf(one.id))
    assert.equal((await tiesOf(one.id)).ties.length, 1, 'the other agency has a subject of its own')
    assert.equal(drawnBefore.edges.filter(({ kind }) => kind === 'household').length, 1)
    // The second one becomes the matter of another operation of the same agency.
    const { operation } = work.founded.national.other
    const subject = await subjectOf(other.id)
    for (const table of ['referral', 'appearance', 'appearance_value', 'tie_value', 'subject', 'triage_item'])
      await work.superuser.query(
        `UPDATE tandem.${table} SET operation_id = $1 WHERE ${table === 'referral' || table === 'triage_item' || table === 'appearance' ? 'referral_id' : table === 'subject' ? 'subject_id' : 'appearance_id'} = $2`,
        [operation, table === 'referral' || table === 'triage_item' || table === 'appearance' ? other.id : subject],
      )
    const { ties, leftOut } = await tiesOf(one.id)
    assert.deepEqual([ties, leftOut], [[], []])
    const drawn = await around('subject', await subjectOf(one.id))
    assert.ok(drawn.edges.every(({ kind }) => kind === 'mentions' || kind === 'same-account'))
    const node = drawn.nodes.find(({ id }) => id === `subject/${subject}`)
    assert.equal(node, undefined)
    const own = (nodes: typeof drawn.nodes) => nodes.find(({ kind }) => kind === 'subject')?.links ?? 0
    assert.equal(
      own(drawn.nodes),
      (drawnBefore.nodes.find(({ label }) => label === `S-${one.number}.1`)?.links ?? 0) - 1,
    )
    assert.equal(await refusal(analyst.subject(subject)), 'TANDEM-FIND-001')
  })

  test('erased by law, the referral ties nobody any more', async () => {
    const home = { addresses: ['9 Erased Lane, Exampleton, EX3 3EE'] }
    const [one, other] = [await comes({}, home), await comes({}, home)]
    assert.equal((await tiesOf(one.id)).ties.length, 1)
    const { national } = work.founded
    await work.superuser.query(`UPDATE tandem.person SET role = 'duty manager' WHERE person_id = $1`, [
      national.secondAnalyst.person,
    ])
    const second: Caller = { credential: await work.founded.session(national.secondAnalyst) }
    await analyst.close(other.id, (await analyst.show(other.id)).item.version)
    const { version } = (await analyst.show(other.id)).item
    const { proposal } = await handlers.erase(work.cell, await work.as(national.dutyManager), {
      params: { id: other.id },
      query: undefined,
      body: { version, reason: 'the law asks it' },
      stream: streamOf(new Uint8Array()),
    })
    await desk(work, second).settle(proposal, other.number)
    assert.deepEqual(await tiesOf(one.id), { ties: [], leftOut: [] })
  })

  test('what was linked before ties were told is counted as not asked, and asked by its job', async () => {
    const home = { addresses: ['3 Before Street, Exampleton, EX4 4BB'] }
    const [one] = [await comes({}, home), await comes({}, home)]
    const expected = await tiesOf(one.id)
    const subject = await subjectOf(one.id)
    await work.superuser.query('DELETE FROM tandem.tie_value WHERE appearance_id = $1', [subject])
    await work.superuser.query('UPDATE tandem.appearance SET ties_told = false WHERE appearance_id = $1', [subject])
    assert.deepEqual(await tiesOf(one.id), {
      ties: [],
      leftOut: ['1 of its appearances were linked before ties were told, and are not asked yet'],
    })
    await work.superuser.query(
      `INSERT INTO tandem.job (cell_id, agency_id, job_id, kind, subject_id, operation_id, person_id, authority_id, purpose_id, lane_id)
       SELECT j.cell_id, j.agency_id, gen_random_uuid(), 'link', j.subject_id, j.operation_id, j.person_id, j.authority_id, j.purpose_id, j.lane_id
         FROM tandem.job j JOIN tandem.referral r ON r.delivery_id = j.subject_id
        WHERE j.kind = 'read delivery' AND r.referral_id = $1`,
      [one.id],
    )
    work.worker.nudge()
    await work.worker.idle()
    assert.deepEqual(await tiesOf(one.id), expected)
  })
})
