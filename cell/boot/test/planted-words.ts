import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { formsOf } from './hostile-markers.ts'
import { deskOf, type LiveCell } from './live-cell.ts'

/** Words that stand nowhere else, one for each class of sealed field, long enough for every form to be told. */
export const plantedFor = (agency: string) => {
  const word = (what: string): string => `Test ${agency} ${what} ${randomBytes(24).toString('hex')}`
  const street = `test${agency}${randomBytes(24).toString('hex')}`
  return {
    narrative: word('narrative'),
    'name of a person': word('person'),
    'account as written': `test.${agency}.${randomBytes(24).toString('hex')}`,
    // As it is compared, too: small letters.
    'street of a home': street,
    home: `12 ${street} Street, EX1 2MP`,
    mail: `test.${agency}.${randomBytes(24).toString('hex')}@mail.example`,
    'field nobody knows': word('unknown'),
    'name of a file': `${word('file')}.json`,
    note: word('note'),
    need: word('need'),
    outcome: word('outcome'),
    reason: word('reason'),
    proposal: word('proposal'),
    approval: word('approval'),
    question: word('search'),
    purpose: word('purpose'),
    event: word('event'),
    'reason of a run': word('run'),
    'reason of a release': word('release'),
    'reason of a link': word('link'),
    'reason of setting aside': word('aside'),
    'name in an answer': word('answered'),
    'reason of an attribution': word('attribution'),
    'reason of an override': word('override'),
    'reason of settling': word('settling'),
    'error of an attribution': word('error'),
    'reason of a disagreement': word('disagreement'),
    'why of a weight set': word('weights'),
    'reason of a grant': word('grant'),
    'reason of a lookup': word('lookup'),
    'value of a lookup': `test.${agency}.${randomBytes(24).toString('hex')}@lookup.example`,
  }
}
export type Planted = ReturnType<typeof plantedFor>

const reportsOf = (words: Planted, urn: string): string =>
  JSON.stringify({
    profile: 'uk-csea-irp/1',
    reports: [
      {
        urn,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P1', reason: words.narrative },
        detectedAt: '2026-05-05T03:37:00Z',
        description: words.narrative,
        aFieldNobodyKnows: words['field nobody knows'],
        contentSender: {
          role: 'reported',
          username: words['account as written'],
          names: [words['name of a person']],
          emails: [words.mail],
          addresses: [words.home],
          ipHistory: [{ address: '203.0.113.9', port: 4711, at: '2026-05-05T03:00:00Z', event: 'login' }],
        },
      },
      {
        urn: `${urn}-OTHER`,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P3' },
        detectedAt: '2026-05-05T03:37:00Z',
        description: `${words.narrative} other`,
        contentSender: { username: `other.${words['account as written']}`, names: [words['name in an answer']] },
      },
    ],
  })

/** What a referral's own page shows at once. */
const standingHere = new Set([
  'name of a person',
  'account as written',
  'mail',
  'note',
  'need',
  'reason',
  'proposal',
  'reason of a disagreement',
])

/** Plants a word in every class of sealed field of a referral, through the real intake and the handlers of the desk. */
export async function plant(live: LiveCell, agency: string, prefix: string, words: Planted) {
  await live.deliver(agency, reportsOf(words, `TEST-${prefix}`), words['name of a file'])
  const analyst = deskOf(live, await live.person(`${prefix}analyst`))
  const first = deskOf(live, await live.person(`${prefix}first-manager`))
  const { items } = await analyst.queue()
  const urgent = items.find(({ priority }) => priority.effective === 'P1')
  const other = items.find(({ id }) => id !== urgent?.id)
  assert.ok(urgent !== undefined && other !== undefined, JSON.stringify(items))
  await analyst.note(urgent.id, words.note)
  await analyst.disagree(urgent.id, urgent.score, words['reason of a disagreement'])
  const { safeguarding } = await analyst.safeguard(urgent.id, words.need)
  await first.closeTrack(safeguarding, words.outcome)
  await analyst.search(words.question)
  const asked = await analyst.setPriority(urgent.id, urgent.version, 'P3', words.proposal)
  assert.ok(asked.outcome === 'proposed')
  await first.settle(asked.proposal, urgent.number, words.approval)
  const lowered = (await analyst.queue()).items.find(({ id }) => id === urgent.id)
  assert.ok(lowered !== undefined)
  await analyst.close(urgent.id, lowered.version, words.reason)
  const shown = JSON.stringify(await analyst.show(urgent.id))
  for (const [what, word] of Object.entries(words)) {
    // Words of a narrative are opened one by one; those of files, searches and runs stand elsewhere.
    if (!standingHere.has(what)) continue
    assert.ok(shown.includes(word), `${what} can be read by those who may`)
  }
  await first.proposeWeights(`test-${prefix}`, words['why of a weight set'])
  await plantLinks(analyst, { urgent: urgent.id, other: other.id }, words)
  await plantAttribution(analyst, first, { urgent, other: other.id }, words)
  return { urgent: urgent.id, other: other.id }
}

/** A decision that two people are one, and one that a value is shared by many: with words of their own. */
async function plantLinks(
  analyst: ReturnType<typeof deskOf>,
  { urgent, other }: { readonly urgent: string; readonly other: string },
  words: Planted,
): Promise<void> {
  const subjectOf = async (referral: string) => {
    for (let tries = 0; tries < 100; tries++) {
      const [subject] = (await analyst.show(referral)).subjects
      if (subject !== undefined) return subject
      await setTimeout(100)
    }
    throw new Error('the referral was not linked')
  }
  const joined = [await subjectOf(urgent), await subjectOf(other)]
  await analyst.mergeSubjects(joined[0] ?? assert.fail(), joined[1] ?? assert.fail(), words['reason of a link'])
  const subject = await analyst.subject((await subjectOf(urgent)).id)
  const mail = subject.observables.find(({ normal }) => normal === words.mail)
  assert.match(mail?.aside[0]?.because ?? '', /RFC 2606/, 'a live cell links nobody by an example')
  const [account] = subject.personas
  assert.ok(account)
  await analyst.setAside(subject.id, subject.version, account.observable, words['reason of setting aside'])
  const shown = JSON.stringify(await analyst.subject(subject.id))
  for (const what of ['reason of a link', 'reason of setting aside', 'mail', 'name of a person'] as const)
    assert.ok(shown.includes(words[what]), `${what} can be read by those who may`)
}

/** Whose line it was, in spite of doubts, cleared by a second person and then corrected: each with words of its own. */
async function plantAttribution(
  analyst: ReturnType<typeof deskOf>,
  second: ReturnType<typeof deskOf>,
  { urgent, other }: { readonly urgent: { readonly id: string; readonly number: number }; readonly other: string },
  words: Planted,
): Promise<void> {
  const { attribution } = await analyst.proposeAttribution({
    use: { referral: urgent.id, person: 0, event: 0 },
    answer: { referral: other, person: 0, name: 0, address: null },
    lines: [],
    checks: { sharedPremises: 'no', otherUsers: 'no', addressTranslation: 'no', anonymiser: 'no' },
    reason: words['reason of an attribution'],
    override: words['reason of an override'],
  })
  await second.settleAttribution(attribution, urgent.number, words['reason of settling'])
  await analyst.correctAttribution(attribution, words['error of an attribution'])
}

export const needlesOf = (all: { readonly [agency: string]: Planted }): ReadonlyMap<string, Buffer> =>
  new Map(
    Object.entries(all).flatMap(([agency, words]) =>
      Object.entries(words).flatMap(([what, word]) =>
        [...formsOf(Buffer.from(word))].map(([form, needle]) => [`${agency}, ${what}: ${form}`, needle] as const),
      ),
    ),
  )
