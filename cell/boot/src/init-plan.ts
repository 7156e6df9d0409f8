import { existsSync, readFileSync } from 'node:fs'
import { err, ok, type Result } from '@tandem/core'
import { z } from 'zod'
import { inboxName } from './folders.ts'

const words = z.string().trim().min(2).max(500)
const name = z.string().trim().min(2).max(120)

const roles = [
  'duty manager',
  'triage analyst',
  'case officer',
  'safeguarding officer',
  'partner',
  'inspector',
  'administrator',
] as const

const person = z.strictObject({
  name,
  role: z.enum(roles),
  /** The provider's issuer URL, exactly as in its tokens, and the subject it gives this person. */
  issuer: z.url(),
  subject: z.string().min(1).max(255),
})

const sender = z.strictObject({
  name,
  kind: z.enum(['provider', 'clearing house', 'hotline', 'force', 'partner', 'cell']),
  /** An API key is made and printed once. */
  apiKey: z.boolean().default(true),
})

const agency = z.strictObject({
  name,
  shortName: z.string().trim().min(2).max(40),
  kind: z.enum(['agency', 'partner', 'oversight', 'operator']),
  people: z.array(person),
  /** Officers who hold shares of the agency's root key, and how many of them open it. Left out: all its people, a majority. */
  keys: z.strictObject({ threshold: z.int().min(2), officers: z.array(name) }).optional(),
  desk: z
    .strictObject({
      operation: name,
      authority: z.strictObject({
        kind: words,
        act: words,
        section: words,
        issuer: words,
        scope: words,
        necessity: words,
        proportionality: words,
        expiresAt: z.iso.datetime({ offset: true }),
      }),
      purpose: z.strictObject({ code: z.string().trim().min(2).max(60), task: words }),
      senders: z.array(sender),
    })
    .optional(),
})

const provider = z.strictObject({
  name,
  issuer: z.url(),
  clientId: z.string().min(1).max(255),
  clientSecretFile: z.string().min(1).optional(),
})

/** What a live cell begins with. Options of the command line stand above it. */
export const planShape = z.strictObject({
  name: name.optional(),
  origin: z.url().optional(),
  port: z.int().min(1).max(65535).default(7373),
  passkeys: z.enum(['off', 'required']).default('off'),
  providers: z.array(provider).default([]),
  agencies: z.array(agency).min(1),
})
export type LivePlan = z.output<typeof planShape>

/** A form to fill in: the names are examples, and the authority ends in a year. */
export const planTemplate = (now: Date): z.input<typeof planShape> => ({
  name: 'Test Joint Cell',
  origin: 'https://cell.example',
  port: 7373,
  passkeys: 'required',
  providers: [
    {
      name: 'Test Agency sign-in',
      issuer: 'https://login.agency.example',
      clientId: 'tandem',
      clientSecretFile: '/etc/tandem/client-secret',
    },
  ],
  agencies: [
    {
      name: 'Test Crime Agency',
      shortName: 'Crime Agency',
      kind: 'agency',
      people: [
        {
          name: 'Test First Manager',
          role: 'duty manager',
          issuer: 'https://login.agency.example',
          subject: 'first-manager',
        },
        {
          name: 'Test Second Manager',
          role: 'duty manager',
          issuer: 'https://login.agency.example',
          subject: 'second-manager',
        },
        { name: 'Test Analyst', role: 'triage analyst', issuer: 'https://login.agency.example', subject: 'analyst' },
      ],
      keys: { threshold: 2, officers: ['Test First Manager', 'Test Second Manager', 'Test Analyst'] },
      desk: {
        operation: 'Crime Agency intake desk',
        authority: {
          kind: 'standing receipt and triage',
          act: 'Act and year',
          section: 'section',
          issuer: 'Who signed it, by office',
          scope: 'What may be received and read under it',
          necessity: 'Why it is necessary',
          proportionality: 'Why it is proportionate',
          expiresAt: `${new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 10)}T23:59:59Z`,
        },
        purpose: { code: 'triage', task: 'Triage of incoming referrals' },
        senders: [{ name: 'Test Provider', kind: 'provider', apiKey: true }],
      },
    },
    {
      name: 'Test Inspectorate',
      shortName: 'Inspectorate',
      kind: 'oversight',
      people: [
        { name: 'Test Inspector', role: 'inspector', issuer: 'https://login.agency.example', subject: 'inspector' },
      ],
    },
  ],
})

export function readPlan(path: string): Result<LivePlan, string> {
  if (!existsSync(path))
    return err(`There is no plan file ${path}. Print a form to fill in: tandem init --plan-template`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return err(`${path} is not JSON.`)
  }
  const parsed = planShape.safeParse(content)
  if (parsed.success) return ok(parsed.data)
  const [first] = parsed.error.issues
  const more = parsed.error.issues.length > 1 ? ` (and ${parsed.error.issues.length - 1} more)` : ''
  return err(
    `The plan is not in its form at ${first?.path.join('.') || 'the top'}: ${first?.message ?? 'unknown'}${more}.`,
  )
}

/** What the form alone cannot tell. Each line is one thing to correct. */
export function faultsOf(plan: LivePlan & { readonly name: string; readonly origin: string }, now: Date): string[] {
  return [
    ...addressFaults(plan.origin, plan.passkeys),
    ...plan.providers.flatMap(providerFaults),
    ...agencyFaults(plan, now),
  ]
}

const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host)

function addressFaults(origin: string, passkeys: 'off' | 'required'): string[] {
  const { origin: bare, protocol, hostname } = new URL(origin)
  const faults: string[] = []
  if (bare !== origin) faults.push(`origin ${origin} is more than scheme, host and port: write ${bare}`)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    faults.push('origin must be https: without TLS the desk is served on this machine alone')
  }
  if (passkeys === 'required' && /^\[|^[\d.]+$/.test(hostname)) {
    faults.push('passkeys need a host name in the origin: browsers offer none for an IP address')
  }
  return faults
}

function providerFaults({ name, issuer }: { readonly name: string; readonly issuer: string }): string[] {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || isLoopback(hostname) ? [] : [`the issuer of provider "${name}" is not https`]
}

function agencyFaults(plan: LivePlan, now: Date): string[] {
  const faults: string[] = []
  const issuers = new Set(plan.providers.map(({ issuer }) => issuer))
  if (issuers.size === 0) faults.push('no OpenID provider is named: nobody could sign in')
  for (const short of repeated(plan.agencies.map(({ shortName }) => shortName)))
    faults.push(`two agencies are called "${short}"`)
  const desks = plan.agencies.filter(({ desk }) => desk !== undefined).map(({ shortName }) => shortName)
  for (const short of desks.filter((each) => inboxName(each) === ''))
    faults.push(`the short name "${short}" has no letter from a to z and no figure: its watched folder needs one`)
  // Two agencies with one watched folder: what is meant for one would be read by the other.
  for (const inbox of repeated(desks.map(inboxName)))
    if (inbox !== '') faults.push(`two agencies would share the watched folder "${inbox}": give them other short names`)
  const people = plan.agencies.flatMap((each) => each.people)
  for (const { name, issuer } of people) {
    if (issuers.size > 0 && !issuers.has(issuer))
      faults.push(`"${name}" has an issuer that no provider of this plan has`)
  }
  for (const subject of repeated(people.map((each) => `${each.subject} at ${each.issuer}`))) {
    faults.push(`two people have the subject ${subject}`)
  }
  for (const each of plan.agencies) faults.push(...keyFaults(each))
  for (const { shortName, kind, desk, people: staff } of plan.agencies) {
    if (kind === 'agency' && desk === undefined) faults.push(`agency "${shortName}" has no intake desk`)
    if (kind !== 'agency' && desk !== undefined)
      faults.push(`"${shortName}" is no agency and cannot have an intake desk`)
    if (desk === undefined) continue
    // Lowering P1 takes two people (promise 1), and lists and authorities need a duty manager.
    if (staff.filter(({ role }) => role === 'duty manager').length < 2)
      faults.push(`agency "${shortName}" needs two duty managers`)
    if (Date.parse(desk.authority.expiresAt) <= now.getTime())
      faults.push(`the standing authority of "${shortName}" has expired already`)
    for (const name of repeated(desk.senders.map((each) => each.name)))
      faults.push(`"${shortName}" has two senders "${name}"`)
  }
  return faults
}

/** Who brings the keys of an agency at each start. */
export function keyOfficersOf({ keys, people }: LivePlan['agencies'][number]): {
  readonly threshold: number
  readonly officers: readonly string[]
} {
  const officers = people.map(({ name }) => name)
  return keys ?? { threshold: Math.max(2, Math.floor(officers.length / 2) + 1), officers }
}

function keyFaults(agency: LivePlan['agencies'][number]): string[] {
  const { shortName, kind, keys, people } = agency
  if (kind !== 'agency') return keys === undefined ? [] : [`"${shortName}" keeps no records and has no keys to share`]
  const { threshold, officers } = keyOfficersOf(agency)
  const strangers = officers.filter((officer) => !people.some(({ name }) => name === officer))
  return [
    ...strangers.map((officer) => `"${officer}" holds a share of "${shortName}" and is none of its people`),
    ...repeated(officers).map((officer) => `"${officer}" would hold two shares of "${shortName}"`),
    ...(threshold > officers.length
      ? [`${threshold} officers are needed for the keys of "${shortName}", and ${officers.length} hold shares`]
      : []),
    ...(officers.length > 255 ? [`at most 255 officers hold shares of "${shortName}"`] : []),
  ]
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(
    names.filter((each, index) => names.findIndex((other) => other.toLowerCase() === each.toLowerCase()) !== index),
  ),
]
