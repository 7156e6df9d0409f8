import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { formsOf } from './hostile-markers.ts'
import { deskOf, type LiveCell } from './live-cell.ts'

/** Words that stand nowhere else, one for each class of sealed field, long enough for every form to be told. */
export const plantedFor = (agency: string) => {
  const word = (what: string): string => `Test ${agency} ${what} ${randomBytes(24).toString('hex')}`
  return {
    narrative: word('narrative'),
    'name of a person': word('person'),
    'account as written': `test.${agency}.${randomBytes(24).toString('hex')}`,
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
        },
      },
      {
        urn: `${urn}-OTHER`,
        provider: { name: 'Test Provider', platform: 'Testgram' },
        priority: { level: 'P3' },
        detectedAt: '2026-05-05T03:37:00Z',
        description: `${words.narrative} other`,
        contentSender: { username: `other.${words['account as written']}` },
      },
    ],
  })

/** What a referral's own page shows at once. */
const standingHere = new Set(['name of a person', 'account as written', 'mail', 'note', 'need', 'reason', 'proposal'])

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
  return { urgent: urgent.id, other: other.id }
}

export const needlesOf = (all: { readonly [agency: string]: Planted }): ReadonlyMap<string, Buffer> =>
  new Map(
    Object.entries(all).flatMap(([agency, words]) =>
      Object.entries(words).flatMap(([what, word]) =>
        [...formsOf(Buffer.from(word))].map(([form, needle]) => [`${agency}, ${what}: ${form}`, needle] as const),
      ),
    ),
  )
