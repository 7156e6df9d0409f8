import { routes } from '@tandem/contract'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { openSubject } from '../find-subject.ts'
import { cellOptions, signedIn } from '../place.ts'
import { showSubject } from '../show-subject.ts'

const named = {
  subject: { type: 'positional', required: true, description: 'S-1042.1, the number of a referral, or an id' },
  person: { type: 'string', valueHint: 'N', description: 'which person of the referral (default 1)' },
  ...cellOptions,
} as const

const because = {
  type: 'string',
  required: true,
  valueHint: 'TEXT',
  description: 'why: it is read out in court',
} as const
const evidence = {
  type: 'string',
  valueHint: 'REFERENCES',
  description: 'what it rests on, parted by semicolons',
} as const

const personOf = (given: string | undefined): number => Number(given ?? '1')
const evidenceOf = (given: string | undefined): string[] =>
  (given ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')

export const show = command({
  summary: 'One subject: who tells of it, what holds it together, what would part it, decisions.',
  args: named,
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const subject = await openSubject(client.value, args.subject, personOf(args.person))
    if (!subject.ok) return output.fail(subject.error)
    if (output.json) output.object(subject.value)
    else showSubject(subject.value, output)
    return exitCodes.done
  },
})

export const merge = command({
  summary: 'Decides that two subjects are one person. It can be taken back.',
  args: {
    ...named,
    with: { type: 'string', required: true, valueHint: 'SUBJECT', description: 'the other subject' },
    because,
    evidence,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const one = await openSubject(client.value, args.subject, personOf(args.person))
    if (!one.ok) return output.fail(one.error)
    const other = await openSubject(client.value, args.with, 1)
    if (!other.ok) return output.fail(other.error)
    const done = await client.value.call(routes.mergeSubjects, {
      body: {
        one: { id: one.value.id, version: one.value.version },
        other: { id: other.value.id, version: other.value.version },
        reason: args.because,
        evidence: evidenceOf(args.evidence),
        expiresAt: null,
      },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(`${done.value.says} (decision ${done.value.decision})`)
    return exitCodes.done
  },
})

export const split = command({
  summary: 'Decides that some referrals of a subject tell of another person. It can be taken back.',
  args: {
    ...named,
    out: {
      type: 'string',
      required: true,
      valueHint: 'R-1,R-2.2',
      description: 'which ones: referral, or referral.person',
    },
    because,
    evidence,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const subject = await openSubject(client.value, args.subject, personOf(args.person))
    if (!subject.ok) return output.fail(subject.error)
    const { id, version, appearances } = subject.value
    const apart: string[] = []
    for (const each of args.out.split(',')) {
      const [, number, person] = /^\s*(?:R-)?(\d+)(?:\.(\d+))?\s*$/i.exec(each) ?? []
      const wanted = `R-${number} person ${person ?? 1}`
      const found = appearances.find(({ label }) => label === wanted)
      if (found === undefined) return output.fail(usageFailure(`"${each.trim()}" is no appearance of this subject.`))
      apart.push(found.id)
    }
    const done = await client.value.call(routes.splitSubject, {
      params: { id },
      body: { version, apart, reason: args.because, evidence: evidenceOf(args.evidence), expiresAt: null },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(`${done.value.says} (decision ${done.value.decision})`)
    return exitCodes.done
  },
})

export const undo = command({
  summary: 'Takes back a decision about links by a further one that names it.',
  args: {
    decision: { type: 'positional', required: true, description: 'its id, as "tandem subject show" tells it' },
    because,
    ...cellOptions,
  },
  async run(args, output) {
    const client = await signedIn(args)
    if (!client.ok) return output.fail(client.error)
    const done = await client.value.call(routes.undoLinkDecision, {
      params: { id: args.decision },
      body: { reason: args.because },
    })
    if (!done.ok) return output.fail(done.error)
    if (output.json) output.object(done.value)
    else output.line(done.value.says)
    return exitCodes.done
  },
})
