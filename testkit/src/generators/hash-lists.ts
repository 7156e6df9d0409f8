import { createHash } from 'node:crypto'
import { seeded } from '../world/random.ts'

const md5Of = (text: string): string => createHash('md5').update(`synthetic ${text}`).digest('hex')
const sha1Of = (text: string): string => createHash('sha1').update(`synthetic ${text}`).digest('hex')
const sha256Of = (text: string): string => createHash('sha256').update(`synthetic ${text}`).digest('hex')

export interface CsvHabits {
  readonly delimiter?: ',' | ';' | '\t' | '|'
  readonly encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16le'
  readonly lineEnd?: '\n' | '\r\n'
  /** Every cell in quotes. */
  readonly quoted?: boolean
  readonly upperCase?: boolean
  /** A spreadsheet turned one hash into a number. */
  readonly spreadsheetDamage?: boolean
  /** One row holds the hash of the empty file. */
  readonly emptyFile?: boolean
  /** One hash stands in two rows with two classes. */
  readonly twoClasses?: boolean
  readonly blankLines?: boolean
}

export interface MadeHashCsv {
  readonly bytes: Uint8Array
  /** Rows that must be read, as `md5 sha1 category`, in their order. */
  readonly rows: readonly string[]
  /** Why other rows must be set aside. */
  readonly setAside: readonly string[]
  readonly twoClasses: number
}

/** A hash list of a hotline that never was. */
export function makeHashCsv(seed: string, count: number, habits: CsvHabits = {}): MadeHashCsv {
  const random = seeded(seed)
  const written = (hash: string): string => (habits.upperCase === true ? hash.toUpperCase() : hash)
  const lines: string[][] = [['md5', 'sha1', 'category']]
  const rows: string[] = []
  const setAside: string[] = []
  for (let at = 0; at < count; at += 1) {
    const category = random.pick(['A', 'B', 'C'])
    const [md5, sha1] = [md5Of(`${seed} ${at}`), sha1Of(`${seed} ${at}`)]
    lines.push([written(md5), written(sha1), category])
    rows.push(`${md5} ${sha1} ${category}`)
  }
  if (habits.twoClasses === true) {
    const [md5, sha1] = [md5Of(`${seed} 0`), sha1Of(`${seed} 0`)]
    const other = rows[0]?.endsWith('A') === true ? 'B' : 'A'
    lines.push([written(md5), written(sha1), other])
    rows.push(`${md5} ${sha1} ${other}`)
  }
  if (habits.spreadsheetDamage === true) {
    lines.push(['1.23E+31', written(sha1Of('damaged')), 'A'])
    setAside.push('hash-damaged-by-spreadsheet')
  }
  if (habits.emptyFile === true) {
    lines.push([written('d41d8cd98f00b204e9800998ecf8427e'), written(sha1Of('empty')), 'A'])
    setAside.push('hash-of-empty-file')
  }
  return { bytes: csvBytes(lines, habits), rows, setAside, twoClasses: habits.twoClasses === true ? 1 : 0 }
}

export const icseHeader = [
  'MD5',
  'SHA1',
  'PhotoDNA',
  'Image ID',
  'Is distributed',
  'Victim identified',
  'Offender identified',
  'Series name',
  'Number of submissions',
  'File Available',
  'Media Type',
  'Baseline',
]

export interface MadeIcse {
  readonly bytes: Uint8Array
  readonly rows: readonly { readonly id: string; readonly md5: string; readonly baseline: 'yes' | 'no' | 'not said' }[]
}

/** A list in the form of INTERPOL's; its words for flags are not public, so each that is likely is a habit. */
export function makeIcseCsv(
  seed: string,
  count: number,
  habits: CsvHabits & { readonly flagWords?: readonly [string, string] } = {},
): MadeIcse {
  const random = seeded(seed)
  const [yes, no] = habits.flagWords ?? ['Yes', 'No']
  const rows = Array.from({ length: count }, (_, at) => ({
    id: `10000000000000${100 + at}`,
    md5: md5Of(`${seed} icse ${at}`),
    baseline: random.pick(['yes', 'no', 'not said'] as const),
  }))
  const word = { yes, no, 'not said': '' } as const
  const lines = rows.map(({ id, md5, baseline }) => [
    habits.upperCase === true ? md5.toUpperCase() : md5,
    '',
    '',
    id,
    yes,
    no,
    '',
    'Test; series "one"',
    '3',
    yes,
    'image',
    word[baseline],
  ])
  return { bytes: csvBytes([icseHeader, ...lines], { ...habits, delimiter: ';' }), rows }
}

function csvBytes(lines: readonly (readonly string[])[], habits: CsvHabits): Uint8Array {
  const { delimiter = ',', encoding = 'utf-8', lineEnd = '\n' } = habits
  const cell = (text: string): string =>
    habits.quoted === true || text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text
  const text = lines
    .map((cells) => cells.map(cell).join(delimiter))
    .join(habits.blankLines === true ? lineEnd.repeat(2) : lineEnd)
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}${lineEnd}`, 'utf16le')
  return new TextEncoder().encode(`${encoding === 'utf-8-bom' ? '\ufeff' : ''}${text}${lineEnd}`)
}

export interface PageHabits {
  readonly bom?: boolean
  readonly tabs?: boolean
  /** Two members list the same file under the same id, with classes of their own. */
  readonly sharedIds?: boolean
  readonly missingClass?: boolean
  readonly linkedFingerprints?: boolean
  readonly feedback?: boolean
  readonly tombstones?: boolean
  /** Updates carry an older time than what they replace. */
  readonly olderTimes?: boolean
}

export interface MadePages {
  readonly pages: readonly Uint8Array[]
  /** What stands when all pages are in, as `member/kind/id md5 class`, sorted. */
  readonly standing: readonly string[]
  readonly records: number
}

/** Pages of hash sharing in the order in which they would be fetched. */
export function makeHashSharingPages(seed: string, habits: PageHabits = {}): MadePages {
  const random = seeded(seed)
  const standing = new Map<string, string>()
  let records = 0
  const pages = Array.from({ length: 3 }, (_, page) => {
    const groups = (['image', 'video'] as const).map((kind) => {
      const entries: string[] = []
      const at = (minute: number): string =>
        `${new Date(Date.UTC(2026, 4, habits.olderTimes === true ? 9 - page : 4 + page, 9, minute)).toISOString().slice(0, 19)}Z`
      for (let each = 0; each < 4; each += 1) {
        const id = `test-${random.below(5)}`
        const members = habits.sharedIds === true ? [101, 102] : [101]
        for (const member of members) {
          records += 1
          const key = `${member}/${kind}/${id}`
          const head = `<member id="${member}">Test Member ${member}</member><timestamp>${at(each)}</timestamp><id>${id}</id>`
          if (habits.tombstones === true && random.chance(30)) {
            standing.delete(key)
            entries.push(
              `<deleted${kind === 'image' ? 'Image' : 'Video'}>${head}</deleted${kind === 'image' ? 'Image' : 'Video'}>`,
            )
            continue
          }
          const md5 = md5Of(`${kind} ${id} ${random.below(3)}`)
          const grade = habits.missingClass === true && random.chance(50) ? null : random.pick(['A1', 'A2', 'B1', 'B2'])
          standing.set(key, `${md5} ${grade ?? '-'}`)
          entries.push(
            `<${kind}>${head}${grade === null ? '' : `<classification>${grade}</classification>`}<fingerprints><md5>${md5}</md5>` +
              `${habits.linkedFingerprints === true ? '<tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/>' : ''}</fingerprints>` +
              `${habits.feedback === true ? '<feedback lastUpdateTimestamp="2026-05-04T09:00:00Z"><affirmativeFeedback type="Md5"><members timestamp="2026-05-04T09:00:00Z"><member id="7">Test Member 7</member></members></affirmativeFeedback></feedback>' : ''}</${kind}>`,
          )
        }
      }
      return `<${kind}s count="${entries.length}" maxTimestamp="${at(59)}">\n${habits.tabs === true ? '\t' : '  '}${entries.join('\n')}</${kind}s>`
    })
    const next =
      page === 2
        ? ''
        : `<paging><next>/v2/entries?from=2026-05-01T00%3A00%3A00.000Z&amp;start=${page + 1}001&amp;size=1000</next></paging>`
    const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!-- synthetic -->\n<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">\n${groups.join('\n')}${next}</queryResult>\n`
    return new TextEncoder().encode(`${habits.bom === true ? '\ufeff' : ''}${text}`)
  })
  return { pages, standing: [...standing].map(([key, value]) => `${key} ${value}`).sort(), records }
}

export interface SignalHabits {
  readonly tags?: 'null' | 'list' | 'data'
  /** How a row says that it is gone. */
  readonly gone?: 'should_delete' | 'no descriptors' | 'empty descriptors'
  readonly numericTimes?: boolean
  readonly disputed?: boolean
  /** Signals that are no hashes among them. */
  readonly otherSignals?: boolean
}

export interface MadeSignals {
  readonly bytes: Uint8Array
  readonly standing: readonly string[]
  readonly withdrawn: readonly string[]
  readonly mails: readonly string[]
  readonly disputed: number
}

/** A page of `threat_updates` rows. */
export function makeSignals(seed: string, rows: number, habits: SignalHabits = {}): MadeSignals {
  const random = seeded(seed)
  const standing: string[] = []
  const withdrawn: string[] = []
  const mails: string[] = []
  let disputed = 0
  const data = Array.from({ length: rows }, (_, at) => {
    const id = `50000000000000${1000 + at}`
    const words = ['test_tag']
    const tags = { null: null, list: words, data: { data: words.map((text) => ({ id: '1', text })) } }[
      habits.tags ?? 'null'
    ]
    const isDisputed = habits.disputed === true && random.chance(40)
    const descriptor = {
      owner: { id: '9', name: 'Test Member' },
      status: random.pick(['MALICIOUS', 'SUSPICIOUS', 'UNKNOWN']),
      tags,
      added_on: '2026-05-04T09:00:00+0000',
      ...(isDisputed ? { reactions: [{ key: 'DISAGREE_WITH_TAGS', value: '1' }] } : {}),
    }
    const isGone = habits.gone !== undefined && random.chance(40)
    const isMail = habits.otherSignals === true && random.chance(30)
    const indicator = isMail ? `signal${at}@mail.example` : sha256Of(`${seed} ${at}`)
    const kept = { should_delete: false, descriptors: { data: [descriptor] } }
    const gone = {
      should_delete: { should_delete: true, descriptors: { data: [descriptor] } },
      'no descriptors': { should_delete: false },
      'empty descriptors': { should_delete: false, descriptors: { data: [] } },
    }[habits.gone ?? 'should_delete']
    if (isMail) {
      if (!isGone) mails.push(indicator)
    } else if (isGone) withdrawn.push(id)
    else standing.push(`${id} ${indicator}`)
    if (!isMail && isDisputed && (!isGone || habits.gone === 'should_delete')) disputed += 1
    const last = habits.numericTimes === true ? 1_777_885_200 + at : '2026-05-04T09:00:00+0000'
    return {
      id,
      indicator,
      type: isMail ? 'EMAIL_ADDRESS' : 'HASH_SHA256',
      last_updated: last,
      ...(isGone ? gone : kept),
    }
  })
  return {
    bytes: new TextEncoder().encode(JSON.stringify({ data, paging: { cursors: { after: 'synthetic' } } })),
    standing,
    withdrawn,
    mails,
    disputed,
  }
}
