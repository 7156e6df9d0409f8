import type { Json } from '@tandem/core'
import { writeUkCseaIrp } from '@tandem/formats'
import type { Account, ExampleFile, Login, Oddity, Party, Reported } from './model.ts'

type JsonObject = { readonly [key: string]: Json }
type Report = Parameters<typeof writeUkCseaIrp>[0][number]
type User = NonNullable<Report['contentSender']>

export const syntheticNote = 'synthetic'

/** A file in the project's profile of the UK industry report. What the world does not tell is left out, never false. */
export function renderUkFile(reports: readonly Reported[]): Uint8Array {
  const rendered = reports.map(renderUkReport)
  if (reports.every(({ oddities }) => oddities.length === 0)) return writeUkCseaIrp(rendered, syntheticNote)
  // The writer only writes what is right, so a sender's mistakes are put in afterwards.
  const written: Json = JSON.parse(new TextDecoder().decode(writeUkCseaIrp(rendered, syntheticNote)))
  const document = isObject(written) ? written : {}
  const odd = (report: Json | undefined, index: number): Json =>
    (reports[index]?.oddities ?? []).reduce<Json>(withOddity, report ?? null)
  const { report, reports: several } = document
  const body: JsonObject = Array.isArray(several) ? { reports: several.map(odd) } : { report: odd(report, 0) }
  return new TextEncoder().encode(`${JSON.stringify({ ...document, ...body }, null, 2)}\n`)
}

export function renderUkReport(told: Reported): Report {
  const upload = told.reported?.logins.find(({ event }) => event === 'upload') ?? null
  const history = told.reported?.logins.filter((login) => login !== upload) ?? []
  return present({
    urn: told.reference,
    relatedUrn: told.supplementTo,
    provider: {
      name: told.sender.name,
      platform: told.platform,
      authorisedPerson: told.sender.contact.name,
      contact: told.sender.contact,
    },
    priority: told.declared === null ? null : present(told.declared),
    telephoned: told.telephoned,
    detectedAt: told.detectedAt?.written ?? null,
    detectedBy: told.detectedBy,
    reviewedByPerson: told.reviewedByPerson,
    description: told.description,
    allAvailableGiven: told.allAvailableGiven,
    annotations: told.annotations.length === 0 ? null : told.annotations,
    content: renderContent(told, upload),
    contentSender: told.reported === null ? null : renderUser(told.reported, history),
    recipients: told.others.length === 0 ? null : told.others.map((party) => renderUser(party, party.logins)),
  })
}

function renderContent(told: Reported, upload: Login | null): NonNullable<Report['content']> | null {
  const nothing = told.files.length === 0 && told.conversation.length === 0
  if (nothing && upload === null && told.url === null && told.incidentAt === null) return null
  const captured = told.files.find(({ capturedAt }) => capturedAt !== null)?.capturedAt ?? null
  const content: NonNullable<Report['content']>[number] = {
    type: contentType(told),
    count: Math.max(told.files.length, told.conversation.length, 1),
    uploadedAt: told.incidentAt?.written ?? null,
    ip: upload === null ? null : renderLogin(upload),
    url: told.url?.written ?? null,
    files: told.files.length === 0 ? null : told.files.map(renderFile),
    exif: captured === null ? null : { held: true, capturedAt: captured.written },
    group: told.room === null ? null : { name: told.room },
    conversation:
      told.conversation.length === 0
        ? null
        : told.conversation.map(({ from, at, text }) =>
            present({ from: from.username, at: at?.written ?? null, text }),
          ),
  }
  return [present(content)]
}

function contentType(told: Reported): 'viral or meme' | 'video' | 'imagery' | 'messaging' | 'other' {
  if (told.annotations.includes('viral')) return 'viral or meme'
  if (told.files.some((file) => file.contentType === 'video/mp4')) return 'video'
  if (told.files.length > 0) return 'imagery'
  return told.conversation.length > 0 ? 'messaging' : 'other'
}

const renderFile = (file: ExampleFile) =>
  present({
    name: file.name,
    contentType: file.contentType,
    hashes: file.tells.map((algorithm) => ({ algorithm, value: file.hashes[algorithm] })),
    viewedByProvider: file.viewedByProvider,
    publiclyAvailable: file.publiclyAvailable,
    category: file.category === null ? null : { scheme: 'industry-classification', value: file.category },
    labels: file.labels.length === 0 ? null : file.labels,
  })

function renderUser(party: Party, logins: readonly Login[]): User {
  const { account, tells } = party
  const { person } = account
  return present({
    role: party.role,
    id: tells.has('id') ? account.id : null,
    username: tells.has('username') ? account.username : null,
    previousUsernames: tells.has('former names') ? account.formerNames : null,
    profileUrl: tells.has('profile') ? profileUrl(account) : null,
    accountState: party.state,
    userWasTold: party.userWasTold,
    accountCompromised: party.compromised,
    names: tells.has('name') ? [person.name] : null,
    dateOfBirth: tells.has('birth') ? person.dateOfBirth : null,
    age: party.age,
    emails: tells.has('email') ? [person.email.written] : null,
    phones: tells.has('phone') ? [person.phone.written] : null,
    addresses: tells.has('address') ? [person.address] : null,
    ipHistory: logins.length === 0 ? null : logins.map(renderLogin),
    connections:
      party.connections.length === 0
        ? null
        : party.connections.map(({ platform, username }) => ({ platform, username, relation: 'linked' })),
  })
}

const renderLogin = (login: Login) =>
  present({
    address: login.address.written,
    port: login.port,
    at: login.at?.written ?? null,
    event: login.event,
    possibleProxy: login.possibleProxy,
  })

export const profileUrl = (account: Account): string => `https://${account.domain}/u/${account.username}`

/** Absent means "not said", so a null is not written at all. */
function present<T extends object>(value: T): T {
  const kept = { ...value }
  for (const key in kept) if (kept[key] === null) delete kept[key]
  return kept
}

function withOddity(report: Json, oddity: Oddity): Json {
  if (!isObject(report)) return report
  switch (oddity.kind) {
    case 'unknown field':
      return { ...report, [oddity.name]: oddity.value }
    case 'wrong structure':
      return { ...report, contentSender: ['a list where one user was agreed'] }
    case 'unknown account state':
      return { ...report, contentSender: withMember(report.contentSender, 'accountState', oddity.value) }
    case 'unknown content type': {
      const [first, ...rest] = Array.isArray(report.content) ? report.content : []
      return { ...report, content: [withMember(first, 'type', oddity.value), ...rest] }
    }
  }
}

const withMember = (value: Json | undefined, key: string, member: Json): Json => ({
  ...(isObject(value) ? value : {}),
  [key]: member,
})

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
