import { createHash } from 'node:crypto'
import { type Random, seeded } from '../world/random.ts'

/** How providers and the portal were seen to write; each is off, or in its plainest form, unless switched on. */
export interface TipHabits {
  readonly bom?: boolean
  /** `emails: { emails: [...] }`, as the real files nest; off: the list stands alone. */
  readonly doubledNesting?: boolean
  /** How a value that is not there is written. */
  readonly missing?: 'null' | 'absent' | 'empty' | 'N/A'
  readonly noZone?: boolean
  readonly noPort?: boolean
  /** The report number as a JSON number beyond what a double holds. */
  readonly numericId?: boolean
  /** Several tips in a file: as a list, or one after another. */
  readonly several?: 'no' | 'list' | 'lines'
  readonly provider?: TipProvider
}

export const tipProviders = [
  'plain',
  'Microsoft',
  'Dropbox',
  'Imgur',
  'X',
  'Yahoo',
  'MeetMe',
  'Block',
  'Meta',
  'TikTok',
] as const
export type TipProvider = (typeof tipProviders)[number]

/** What a reader must give back of one tip. */
export interface TipTruth {
  readonly reference: string
  readonly organisation: string
  readonly service: string
  readonly names: readonly string[]
  readonly emails: readonly string[]
  readonly account: string
  /** Addresses of reported persons and recipients, with port and instant as far as they are known. */
  readonly addresses: readonly {
    readonly address: string
    readonly port: number | null
    readonly instant: string | null
  }[]
  readonly md5: string
  readonly viewed: 'yes' | 'no' | 'not said'
  readonly uploadedAt: string | null
  /** Kinds of details that free text must give, with their values. */
  readonly fromText: readonly { readonly kind: string; readonly value: string }[]
  /** Mails that stand in prose alone. */
  readonly mailsInText: readonly string[]
  readonly messages: readonly string[]
}

export interface MadeTips {
  readonly bytes: Uint8Array
  readonly truths: readonly TipTruth[]
}

const espNames: Readonly<Record<TipProvider, string>> = {
  plain: 'Example Social Ltd',
  Microsoft: 'Microsoft',
  Dropbox: 'Dropbox',
  Imgur: 'Imgur',
  X: 'X Corp',
  Yahoo: 'Yahoo',
  MeetMe: 'MeetMe',
  Block: 'Block, Inc. Cash App',
  Meta: 'Facebook',
  TikTok: 'TikTok',
}

const base = Date.UTC(2026, 4, 4, 9, 0, 0)

/** Tips that never were: people are called Test, addresses and domains are those of documentation. */
export function makeTips(seed: string, habits: TipHabits = {}): MadeTips {
  const random = seeded(seed)
  const count = (habits.several ?? 'no') === 'no' ? 1 : 2
  const made = Array.from({ length: count }, (_, index) => makeTip(random, index, habits))
  // The number stands without quotes, so it is put in after the values are written.
  const texts = made.map(({ tip, truth }) =>
    habits.numericId === true
      ? JSON.stringify(tip).replace(`"reportId":"${truth.reference}"`, `"reportId":${truth.reference}`)
      : JSON.stringify(tip, null, 2),
  )
  const body =
    habits.several === 'list' ? `[\n${texts.join(',\n')}\n]` : texts.join(habits.several === 'lines' ? '\n' : '')
  const bytes = new TextEncoder().encode(`${habits.bom === true ? '\ufeff' : ''}${body}\n`)
  return { bytes, truths: made.map(({ truth }) => truth) }
}

function makeTip(random: Random, index: number, habits: TipHabits): { tip: unknown; truth: TipTruth } {
  const provider = habits.provider ?? 'plain'
  const name = espNames[provider]
  const reference = `9007199254${740_993 + index * 2 + random.below(1000) * 10}`
  const at = (minutes: number): string =>
    `${new Date(base + (index * 60 + minutes) * 60_000).toISOString().slice(0, 19)}${habits.noZone === true ? '' : 'Z'}`
  const instant = (minutes: number): string | null =>
    habits.noZone === true ? null : new Date(base + (index * 60 + minutes) * 60_000).toISOString()
  const wrapped = (key: string, list: unknown): unknown => (habits.doubledNesting === true ? { [key]: list } : list)
  const md5 = createHash('md5').update(`synthetic ${reference}`).digest('hex')
  const address = `203.0.113.${1 + random.below(254)}`
  const port = habits.noPort === true ? null : random.between(1024, 65_535)
  const last = `Subject ${random.digits(4)}`
  const mail = `test.${random.digits(4)}@mail.example`
  const special = specialOf(provider, { at, mailInText: `lead${random.digits(3)}@text.example` })

  const captures: object[] = [
    capture(habits, { captureType: 'IP Address', value: address, dateTime: at(10), port, eventName: 'Other' }),
  ]
  if (provider === 'Imgur') {
    captures.push(
      capture(habits, {
        captureType: 'URL',
        value: 'https://service.example/a',
        dateTime: at(12),
        eventName: 'UPLOAD',
      }),
    )
  }
  const noAddress = provider === 'X'
  const tip = gone(habits, {
    reportId: reference,
    dateReceived: `${new Date(base).toISOString().slice(0, 19)}Z`,
    reportedInformation: gone(habits, {
      reportingEsp: gone(habits, {
        espName: name,
        firstName: null,
        lastName: provider === 'Microsoft' ? 'Microsoft BingImage' : null,
      }),
      incidentSummary: {
        incidentType: 'Child Pornography (possession, manufacture, and distribution)',
        incidentDateTime: at(5),
        incidentDateTimeDescription: 'The time of the upload.',
      },
      incidentDetails: special.incidentDetails,
      reportedPeople: wrapped('reportedPersons', [
        gone(habits, {
          firstName: 'Test',
          middleName: null,
          lastName: last,
          dateOfBirth: null,
          espService: null,
          espUserId: `id-${reference}`,
          screenName: { value: `test_${reference}` },
          emails: wrapped('emails', [{ value: mail, verified: true }]),
          phones: null,
          addresses: wrapped('addresses', [{ street1: '1 Test Street', city: 'Testtown', country: 'GB' }]),
          languages: ['English', 'Welsh'],
          sourceInformation: {
            sourceCaptures: [
              capture(habits, {
                captureType: 'IP Address',
                value: '2001:db8::7',
                dateTime: at(1),
                port: 40_000,
                eventName: 'Login',
              }),
            ],
          },
          additionalInformations: special.person.map((value) => ({ value })),
        }),
      ]),
      intendedRecipients: wrapped('intendedRecipients', [
        gone(habits, {
          firstName: 'Test',
          lastName: 'Recipient',
          approximateAge: '14',
          sourceInformation: {
            sourceCaptures: [
              capture(habits, {
                captureType: 'IP Address',
                value: '198.51.100.9',
                dateTime: at(2),
                port: 50_000,
                eventName: 'Login',
              }),
            ],
          },
        }),
      ]),
      uploadedFiles: wrapped('uploadedFiles', [
        gone(habits, {
          filename: `ncmec-${reference}.jpg`,
          originalFilename: 'a.jpg',
          submittalId: null,
          verificationHash: md5,
          viewedByEsp: index === 0 ? true : null,
          industryClassification: 'A1',
          ncmecTags: { groups: [{ tags: [{ value: 'Test tag' }] }] },
          sourceInformation: noAddress ? null : { sourceCaptures: captures },
          espMetadata: { metadatas: special.metadata },
          additionalInformations: null,
        }),
      ]),
      additionalInformations: special.report.map((value) => ({ value })),
    }),
  })
  const addresses = [
    { address: '2001:db8::7', port: 40_000, instant: instant(1) },
    ...special.listed,
    { address: '198.51.100.9', port: 50_000, instant: instant(2) },
    ...(noAddress ? [] : [{ address, port, instant: instant(10) }]),
  ]
  const upload = provider === 'Imgur' ? 12 : provider === 'Dropbox' ? 11 : 10
  return {
    tip,
    truth: {
      reference,
      organisation: name,
      service: provider === 'Microsoft' ? 'Microsoft BingImage' : name,
      names: [`Test ${last}`],
      emails: [mail],
      account: `id-${reference}`,
      addresses,
      md5,
      viewed: index === 0 ? 'yes' : 'not said',
      uploadedAt: noAddress ? null : at(upload),
      fromText: special.fromText,
      mailsInText: special.mailsInText,
      messages: special.messages,
    },
  }
}

const capture = (habits: TipHabits, fields: Readonly<Record<string, unknown>>): object => gone(habits, fields)

/** Writes what is not there the way the habit says. */
function gone(habits: TipHabits, fields: Readonly<Record<string, unknown>>): object {
  const how = habits.missing ?? 'null'
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
      if (value !== null) return [[key, value]]
      if (how === 'absent') return []
      return [[key, how === 'null' ? null : how === 'empty' ? '' : 'N/A']]
    }),
  )
}

interface Special {
  readonly incidentDetails: unknown
  readonly person: readonly string[]
  readonly report: readonly string[]
  readonly metadata: readonly { readonly name: string; readonly value: string }[]
  readonly fromText: TipTruth['fromText']
  readonly mailsInText: readonly string[]
  readonly messages: readonly string[]
  readonly listed: TipTruth['addresses']
}

const plain: Special = {
  incidentDetails: {},
  person: [],
  report: [],
  metadata: [],
  fromText: [],
  mailsInText: [],
  messages: [],
  listed: [],
}

/** The one habit of each provider that the descriptions name. */
function specialOf(provider: TipProvider, with_: { at: (minutes: number) => string; mailInText: string }): Special {
  const { at, mailInText } = with_
  const lead = `Seen beside ${mailInText}, see the profile.`
  switch (provider) {
    case 'plain':
      return { ...plain, report: [lead], mailsInText: [mailInText] }
    case 'Dropbox':
      return { ...plain, metadata: [{ name: 'Upload Date and Time', value: at(11) }] }
    case 'X':
      return {
        ...plain,
        person: ['Full Name: Test Writer\nLocation: Testtown\nDescription: nothing to see'],
        incidentDetails: {
          webpageIncident: [
            {
              sourceInformation: { sourceCaptures: [{ captureType: 'URL', value: 'https://x.example/1' }] },
              additionalInformations: [{ value: 'Type: post\nText: a test post' }],
            },
          ],
        },
        fromText: [
          { kind: 'from free text: X Full Name', value: 'Test Writer' },
          { kind: 'from free text: X Location', value: 'Testtown' },
          { kind: 'from free text: X Text', value: 'a test post' },
        ],
      }
    case 'Yahoo':
      return {
        ...plain,
        incidentDetails: {
          emailIncident: [
            {
              contents: [
                { value: `Sent Date: ${at(3)}\nFrom: a@mail.example\nTo: b@mail.example\nX-Ymail-Msg-Id: TEST-1` },
              ],
            },
          ],
        },
        fromText: [
          { kind: 'from free text: Yahoo From', value: 'a@mail.example' },
          { kind: 'from free text: Yahoo X-Ymail-Msg-Id', value: 'TEST-1' },
        ],
        mailsInText: ['a@mail.example', 'b@mail.example'],
      }
    case 'MeetMe':
      return {
        ...plain,
        person: [
          'Profile: Test\n2026-05-04 08:00:00 192.0.2.44 (Test phone)\n2026-05-04 08:30:00 192.0.2.45 (Test phone)\n' +
            'To: test_b\nFrom: test_a\nSent: 2026-05-04 08:31:00\nSubject: hello\nMessage: first test message\n' +
            'To: test_a\nFrom: test_b\nSent: 2026-05-04 08:32:00\nSubject: hello\nMessage: second test message',
        ],
        listed: [
          { address: '192.0.2.44', port: null, instant: null },
          { address: '192.0.2.45', port: null, instant: null },
        ],
        messages: ['first test message', 'second test message'],
      }
    case 'Block':
      return {
        ...plain,
        report: [`Account of ${mailInText}, cashtag $TestTag, paid $20 twice.`],
        fromText: [{ kind: 'from free text: cashtag', value: '$TestTag' }],
        mailsInText: [mailInText],
      }
    case 'Meta':
      return {
        ...plain,
        report: [
          'Was File Reviewed by Company? Yes\nUploaded May 4, 2026 at 09:10 UTC\nMessenger Thread ID: 1234567890123456',
          'text before {"report_surface":"test"}',
        ],
        fromText: [
          { kind: 'from free text: Meta Messenger Thread ID', value: '1234567890123456' },
          { kind: 'from free text: Meta Was File Reviewed by Company?', value: 'Yes' },
          { kind: 'from free text: report_surface fragment', value: '{"report_surface":"test"}' },
        ],
      }
    case 'TikTok':
    case 'Imgur':
    case 'Microsoft':
      return plain
  }
}
