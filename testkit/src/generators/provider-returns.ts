import { type Random, seeded } from '../world/random.ts'

/** Habits of real senders; each is off unless switched on. */
export interface ReturnHabits {
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /** Lines of explanation before the header, the last of them a row of `=`. */
  readonly legend?: boolean
  /** The header again after each ten rows, as pages repeat it. */
  readonly repeatedHeader?: boolean
  readonly footerTotal?: boolean
  readonly emptyRows?: boolean
  /** No zone in the caption and none in the times. */
  readonly noZone?: boolean
  /** Local times of London, with a zone column that says so. */
  readonly londonTimes?: boolean
  /** Every answered time is moved by that many hours and still called UTC. */
  readonly hoursOff?: number
  /** Two customers on each address, without ports. */
  readonly sharedAddress?: boolean
  readonly noPort?: boolean
  readonly swappedDigits?: boolean
  /** IMEI as a spreadsheet writes it: 4.90154E+14. */
  readonly spreadsheetDamage?: boolean
  readonly encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'windows-1252'
}

export interface MadeReturn {
  readonly bytes: Uint8Array
  readonly rows: number
  /** What was asked for the first row. */
  readonly asked: { readonly address: string; readonly port: number; readonly at: string }
}

const start = Date.UTC(2026, 4, 4, 9, 0, 0)
const hour = 3_600_000
const plain = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
const person = (random: Random): string =>
  `Test ${random.pick(['Ärger', 'Person', 'Subject', 'Zoë'])} ${random.digits(3)}`

/** An answer of an internet provider to "who had this address". All people and numbers are invented. */
export function makeSubscriberReturn(seed: string, rows: number, habits: ReturnHabits = {}): MadeReturn {
  const random = seeded(seed)
  const zone = habits.noZone === true || habits.londonTimes === true ? '' : ' (UTC)'
  const header = [
    'Reference',
    'IP Address',
    'Source Port',
    `Start Time${zone}`,
    `End Time${zone}`,
    ...(habits.londonTimes === true ? ['Time Zone'] : []),
    'Customer Number',
    'Name',
    'Installation Address',
    'Phone',
    'IMEI',
  ]
  const lines: string[][] = []
  for (let row = 0; row < rows; row += 1) {
    // In May a clock in London shows one hour more than UTC.
    const from = start + row * hour + (habits.londonTimes === true ? hour : 0) + (habits.hoursOff ?? 0) * hour
    const customers = habits.sharedAddress === true ? 2 : 1
    for (let each = 0; each < customers; each += 1) {
      const host = habits.swappedDigits === true ? '21' : '12'
      lines.push([
        `SYNTHETIC-${row + 1}`,
        `203.0.113.${host}`,
        habits.noPort === true || habits.sharedAddress === true ? '' : String(50_000 + row),
        plain(from),
        plain(from + hour - 1000),
        ...(habits.londonTimes === true ? ['Europe/London'] : []),
        random.digits(8),
        person(random),
        `${random.between(1, 99)} Test Street, Testtown`,
        '+44 20 7946 0000',
        habits.spreadsheetDamage === true ? '4.90154E+14' : '490154203237518',
      ])
    }
  }
  const asked = { address: '203.0.113.12', port: 50_000, at: new Date(start + 600_000).toISOString() }
  return { bytes: encoded(table(header, lines, habits), habits), rows: lines.length, asked }
}

/** `ip_data.csv` of a Snapchat return. */
export function makeSnapchatIpData(seed: string, rows: number, habits: ReturnHabits = {}): MadeReturn {
  const random = seeded(seed)
  const lines = Array.from({ length: rows }, (_, row) => [
    'test_user',
    `203.0.113.${1 + random.below(254)}`,
    `${plain(start + row * hour)} UTC`,
    `${plain(start + row * hour + 600_000)} UTC`,
    '64500',
  ])
  const asked = { address: lines[0]?.[1] ?? '', port: 0, at: new Date(start).toISOString() }
  return {
    bytes: encoded(table(['username', 'ip', 'first_seen_time', 'last_seen_time', 'asn'], lines, habits), habits),
    rows,
    asked,
  }
}

/** `bind.txt` of a Kik return: tabs, no header, milliseconds first. */
export function makeKikBind(seed: string, rows: number): MadeReturn {
  const random = seeded(seed)
  const lines = Array.from({ length: rows }, (_, row) =>
    [
      String(start + row * hour),
      'test_user',
      `203.0.113.${1 + random.below(254)}`,
      String(random.between(1024, 65_535)),
      plain(start + row * hour),
      'SYNTHETIC',
    ].join('\t'),
  )
  return {
    bytes: new TextEncoder().encode(`${lines.join('\n')}\n`),
    rows,
    asked: { address: '', port: 0, at: new Date(start).toISOString() },
  }
}

/** Login addresses of an X return: lines that look like JSON and are none as a whole. */
export function makeXIpAudit(seed: string, blocks: number): MadeReturn {
  const random = seeded(seed)
  const made = Array.from({ length: blocks }, (_, block) =>
    [
      '{',
      '  "accountId" : "1000000000000000001",',
      `  "createdAt" : "${new Date(start + block * hour).toISOString()}",`,
      `  "loginIp" : "203.0.113.${1 + random.below(254)}"`,
      '}',
    ].join('\n'),
  )
  return {
    bytes: new TextEncoder().encode(`[\n${made.join('\n,\n')}\n`),
    rows: blocks,
    asked: { address: '', port: 0, at: new Date(start).toISOString() },
  }
}

/** A call record of a carrier: date and time in two columns, marks behind numbers, `-1` for what was not passed on. */
export function makeCallRecord(seed: string, rows: number, habits: ReturnHabits = {}): MadeReturn {
  const random = seeded(seed)
  const header = [
    'Item',
    'Conn. Date',
    'Conn. Time (UTC)',
    'Seizure Time',
    'ET (MM:SS)',
    'Originating Number',
    'Terminating Number',
    'IMEI',
    'IMSI',
    'CT',
    'Feature',
    'Cell Location',
  ]
  const lines = Array.from({ length: rows }, (_, row) => [
    String(row + 1),
    '05/14/2026',
    `0${row % 10}:15:30`,
    '0:02',
    '01:10',
    `+1 202 555 01${random.digits(2)} (F)`,
    row % 5 === 4 ? '-1' : '+1 202 555 0199',
    habits.spreadsheetDamage === true ? '4.90154E+14' : '490154203237518',
    '001010123456789',
    'MO',
    '[NIOP]',
    '[1/2:-0.1:51.5:120:-1]',
  ])
  return {
    bytes: encoded(table(header, lines, habits), habits),
    rows,
    asked: { address: '', port: 0, at: new Date(start).toISOString() },
  }
}

export function table(header: readonly string[], lines: readonly (readonly string[])[], habits: ReturnHabits): string {
  const delimiter = habits.delimiter ?? ','
  const row = (cells: readonly string[]): string => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
  const out: string[] = []
  if (habits.legend === true)
    out.push('"SYNTHETIC. The columns below are explained here,', 'over several lines."', '==========')
  out.push(row(header))
  for (const [at, cells] of lines.entries()) {
    if (habits.repeatedHeader === true && at > 0 && at % 10 === 0) out.push(row(header))
    if (habits.emptyRows === true && at % 3 === 1) out.push(row(header.map(() => '')))
    out.push(row(cells))
  }
  if (habits.footerTotal === true) out.push(`Total records: ${lines.length}`)
  return `${out.join('\r\n')}\r\n`
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes('"') || cell.includes(delimiter) || cell.includes('\n') ? `"${cell.replaceAll('"', '""')}"` : cell

export function encoded(text: string, { encoding }: ReturnHabits): Uint8Array {
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1')
  return new TextEncoder().encode(encoding === 'utf-8-bom' ? `\ufeff${text}` : text)
}
