import { type Random, seeded } from '../world/random.ts'
import { encoded, type ReturnHabits, table } from './provider-returns.ts'

export const namedSenders = [
  'Snapchat addresses',
  'Snapchat chat',
  'Kik texts',
  'Discord messages',
  'Discord sessions',
  'Roblox addresses',
  'Roblox chat',
  'Google activities',
  'Meta activity',
  'switch record',
] as const
export type NamedSender = (typeof namedSenders)[number]

export interface NamedHabits
  extends Pick<ReturnHabits, 'delimiter' | 'legend' | 'repeatedHeader' | 'footerTotal' | 'emptyRows' | 'encoding'> {
  /** Times without their zone. */
  readonly noZone?: boolean
  /** Seconds since 1970 in every second row, text in the others. */
  readonly mixedEpochs?: boolean
  /** UTF-8 that was read as Latin-1, in texts. */
  readonly mojibake?: boolean
}

/** What a reader must give back of one row. */
export interface NamedRow {
  readonly address: string | null
  readonly port: number | null
  readonly instant: string | null
  /** What the writer wrote, however it was spoilt on the way. */
  readonly text: string | null
}

export interface MadeNamed {
  readonly bytes: Uint8Array
  readonly profile: string
  readonly rows: readonly NamedRow[]
}

interface Moment {
  readonly written: string
  readonly address: string
  readonly port: number
  readonly text: string
  readonly number: number
}

interface Layout {
  readonly profile: string
  readonly header: readonly string[]
  readonly row: (moment: Moment) => readonly string[]
  readonly has: { readonly address: boolean; readonly port: boolean; readonly text: boolean }
}

const addresses = { address: true, port: false, text: false }
const texts = { address: false, port: false, text: true }

const layouts: Readonly<Record<NamedSender, Layout>> = {
  'Snapchat addresses': {
    profile: 'snapchat-ip',
    header: ['username', 'ip', 'first_seen_time', 'last_seen_time', 'asn'],
    row: ({ address, written }) => ['test_user', address, written, written, '64500'],
    has: addresses,
  },
  'Snapchat chat': {
    profile: 'snapchat-chat',
    header: [
      'content_type',
      'message_type',
      'conversation_id',
      'message_id',
      'sender_username',
      'recipient_username',
      'text',
      'timestamp',
      'upload_ip',
      'source_port_number',
    ],
    row: ({ address, written, port, text, number }) => [
      'TEXT',
      'chat',
      'SYNTHETIC-C',
      `m${number}`,
      'test_user',
      'test_other',
      text,
      written,
      address,
      String(port),
    ],
    has: { address: true, port: true, text: true },
  },
  'Kik texts': {
    profile: 'kik-text',
    header: ['msg_id', 'sender_jid', 'receiver_jid', 'chat_type', 'msg', 'sent_at'],
    row: ({ written, text, number }) => [`m${number}`, 'test_user', 'test_other', 'chat', text, written],
    has: texts,
  },
  'Discord messages': {
    profile: 'discord-messages',
    header: ['channel id', 'id', 'author id', 'timestamp', 'username', 'contents', 'attachments'],
    row: ({ written, text, number }) => [
      '100000000000000001',
      `20000000000000000${number % 10}`,
      '300000000000000003',
      written,
      'test_user',
      text,
      '',
    ],
    has: texts,
  },
  'Discord sessions': {
    profile: 'discord-sessions',
    header: ['user id', 'ip', 'port', 'session started at'],
    row: ({ written, address, port }) => ['300000000000000003', address, String(port), written],
    has: { address: true, port: true, text: false },
  },
  'Roblox addresses': {
    profile: 'roblox-ip',
    header: ['User Id', 'IP Address', 'First Seen', 'Last Seen'],
    row: ({ written, address }) => ['1234567', address, written, written],
    has: addresses,
  },
  'Roblox chat': {
    profile: 'roblox-chat',
    header: ['Sender User Id', 'Target User Id', 'Chat Message', 'Sent Time'],
    row: ({ written, text }) => ['1234567', '7654321', text, written],
    has: texts,
  },
  'Google activities': {
    profile: 'google-activities',
    header: ['Gaia ID', 'Activity Timestamp', 'IP Address', 'User Agent String', 'Activity Type'],
    row: ({ written, address }) => ['100000000000000000001', written, address, 'Test Agent/1.0', 'Login'],
    has: addresses,
  },
  'Meta activity': {
    profile: 'meta-ip',
    header: ['IP Address', 'Time', 'Account Identifier', 'Action'],
    row: ({ written, address }) => [address, written, '1000000001', 'Login'],
    has: addresses,
  },
  'switch record': {
    profile: 'cdr-switch',
    header: ['CALLING_NBR', 'CALLED_NBR', 'DIALED_DIGITS', 'M_R', 'START_DATE', 'END_DATE', 'DURATION'],
    row: ({ written }) => ['+1 202 555 0143', '+1 202 555 0199', '2025550199', 'MO', written, written, '60'],
    has: { address: false, port: false, text: false },
  },
}

const start = Date.UTC(2026, 4, 4, 9, 0, 0)
const said = ['grüße aus Testtown', 'a plain test text', 'Zoë says "hello", twice']

/** An answer of one named sender. All people, numbers and words are invented. */
export function makeNamedReturn(sender: NamedSender, seed: string, rows: number, habits: NamedHabits = {}): MadeNamed {
  const random = seeded(`${seed} ${sender}`)
  const layout = layouts[sender]
  const made = Array.from({ length: rows }, (_, number) => one(random, number, layout, habits))
  const bytes = encoded(
    table(
      layout.header,
      made.map(({ cells }) => cells),
      habits,
    ),
    habits,
  )
  return { bytes, profile: layout.profile, rows: made.map(({ truth }) => truth) }
}

function one(random: Random, number: number, layout: Layout, habits: NamedHabits) {
  const at = start + number * 3_600_000
  const isEpoch = habits.mixedEpochs === true && number % 2 === 1
  const plain = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  const text = said[number % said.length] ?? ''
  const moment: Moment = {
    // Seconds since 1970 are UTC by definition, whatever else is left out.
    written: isEpoch ? String(at / 1000) : habits.noZone === true ? plain : `${plain} UTC`,
    address: `203.0.113.${1 + random.below(254)}`,
    port: random.between(1024, 65_535),
    text: habits.mojibake === true ? Buffer.from(text, 'utf8').toString('latin1') : text,
    number,
  }
  const truth: NamedRow = {
    address: layout.has.address ? moment.address : null,
    port: layout.has.port ? moment.port : null,
    instant: habits.noZone === true && !isEpoch ? null : new Date(at).toISOString(),
    text: layout.has.text ? text : null,
  }
  return { cells: layout.row(moment), truth }
}
