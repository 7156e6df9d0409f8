import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { columnOfCells, columnsOfFile, evaluate, type Field, linkColumns } from '@tandem/linkage'
import { LinkagePool } from '@tandem/linkage/pool'

/** Invented persons and records of them with slips, by columns: '' where nothing was said. */
export interface People {
  readonly fields: readonly Field[]
  readonly columns: readonly (readonly string[])[]
  readonly truth: Int32Array
}

const kinds = ['name', 'name', 'date', 'place', 'postcode', 'email'] as const
const names = ['first', 'last', 'birth', 'city', 'postcode', 'mail']
const fields: readonly Field[] = kinds.map((kind, at) => ({ name: names[at] ?? '', kind }))

const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou']
const consonants = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'w',
  'th',
  'st',
  'br',
  'ch',
]

/**
 * `records` of about two thirds as many persons, in no order. Names and places are made of syllables and as unevenly
 * common as names are; every fifth cell of a copy has a slip or is left out.
 */
export function people(records: number, seed = 88675123): People {
  let state = seed
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  const word = (number: number): string => {
    let [rest, text] = [number + 7, '']
    while (rest > 0) {
      text += (consonants[rest % 20] ?? '') + (vowels[Math.floor(rest / 20) % 8] ?? '')
      rest = Math.floor(rest / 160)
    }
    return text
  }
  const words = (count: number): string[] => Array.from({ length: count }, (_, number) => word(number * 37))
  const [firsts, lasts, cities] = [words(1500), words(30_000), words(800)]
  // The square of an even draw: the first are the most common.
  const common = (list: readonly string[]): string => list[Math.floor(list.length * (below(1e6) / 1e6) ** 2)] ?? ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const person = (): string[] => {
    const [first, last] = [common(firsts), common(lasts)]
    const birth = `${1930 + below(80)}${two(1 + below(12))}${two(1 + below(28))}`
    return [
      first,
      last,
      birth,
      common(cities),
      `${word(below(9000)).slice(0, 2)}${below(100)} ${below(10)}xy`,
      `${first}.${last}${below(1000)}@mail${below(20)}`,
    ]
  }
  const slip = (text: string): string => {
    const at = below(text.length)
    const kind = below(4)
    const letter = /\d/.test(text[at] ?? '') ? String(below(10)) : 'abcdefghijklmnopqrstuvwxyz'.charAt(below(26))
    if (kind === 0) return text.slice(0, at) + letter + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 2) return text.slice(0, at) + letter + text.slice(at)
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
  }
  const columns: string[][] = Array.from({ length: 6 }, () => new Array<string>(records).fill(''))
  const truth = new Int32Array(records)
  const places = Int32Array.from({ length: records }, (_, place) => place)
  for (let place = records - 1; place > 0; place--) {
    const other = below(place + 1)
    const kept = places[place] ?? 0
    places[place] = places[other] ?? 0
    places[other] = kept
  }
  let made = 0
  for (let number = 0; made < records; number++) {
    const cells = person()
    const copies = below(3) === 0 ? 2 + below(2) : 1
    for (let copy = 0; copy < copies && made < records; copy++) {
      const row = places[made++] ?? 0
      truth[row] = number
      cells.forEach((cell, at) => {
        const dice = below(100)
        const column = columns[at]
        // Mail addresses are often not said at all.
        if (column !== undefined && dice >= 8 && (at < 5 || dice >= 40))
          column[row] = copy > 0 && dice < 20 ? slip(cell) : cell
      })
    }
  }
  return { fields, columns, truth }
}

/** Where each cell ends: none of them has a comma or a line feed in it. */
function endsOf(file: Uint8Array, records: number): Int32Array {
  const ends = new Int32Array(new SharedArrayBuffer(4 * records * fields.length))
  let cell = 0
  for (let at = 0; at < file.length; at++) if (file[at] === 44 || file[at] === 10) ends[cell++] = at
  return ends
}

function readShared(path: string): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(statSync(path).size))
  const file = openSync(path, 'r')
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, bytes.length - at, at)
  closeSync(file)
  return bytes
}

/**
 * Beside: Splink 5 on a set of this size, not on this one, when it was measured for the design. The file is made by another
 * process, so that nothing of making it is counted.
 */
export async function benchMillion(records: number, threads = 2): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-people-'))
  const pool = new LinkagePool(threads)
  try {
    execFileSync(process.execPath, [
      fileURLToPath(new URL('./people-file.ts', import.meta.url)),
      String(records),
      folder,
    ])
    const bytes = readShared(join(folder, 'people.csv'))
    const [cpu, begun] = [process.cpuUsage(), performance.now()]
    const columns = await columnsOfFile({ bytes, ends: endsOf(bytes, records), fields }, pool)
    const linked = await linkColumns(columns, records, pool)
    const wall = (performance.now() - begun) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const most = process.resourceUsage().maxRSS / 1024
    const truth = readFileSync(join(folder, 'truth.txt'), 'latin1').split('\n')
    const { pairs, bCubed, largest, largestTrue } = evaluate(linked.clusters, truth)
    console.log(
      `\n${records} invented records from the bytes of a file, ${threads} threads: ${wall.toFixed(1)} s (aim 8 on two cores; ` +
        `Splink 5 23.7), CPU ${((user + system) / 1e6).toFixed(1)} s (Splink 5 37.3), at most ${most.toFixed(0)} MB with the ` +
        `file (aim 700; Splink 5 2,016); ${linked.candidates.count} pairs scored; pairs F1 ${pairs.f1.toFixed(4)}, ` +
        `B3 ${bCubed.f1.toFixed(4)}, largest ${largest} of truly ${largestTrue}`,
    )
  } finally {
    await pool.close()
    rmSync(folder, { recursive: true })
  }
}

/** Pairs that blocking brought together, five fields and the rarity of values, scored again and again on one thread. */
export async function benchScoring(): Promise<void> {
  // So many that blocks are chosen, or blocking would take longer than scoring.
  const records = 200_000
  const { fields, columns } = people(records, 3)
  const made = fields.slice(0, 5).map((field, at) => columnOfCells(field, columns[at] ?? []))
  const { scorer, candidates } = await linkColumns(made, records)
  let best = 0
  for (let turn = 0; turn < 5; turn++) {
    const before = process.cpuUsage()
    for (let pair = 0; pair < candidates.count; pair++)
      scorer.weight(candidates.ones[pair] ?? 0, candidates.others[pair] ?? 0)
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, candidates.count / (user + system))
  }
  console.log(
    `\nscoring, 5 fields and the rarity of values, ${candidates.count} pairs: ${best.toFixed(2)} M pairs a CPU second ` +
      '(aim 3; DuckDB 1.0), the best of 5',
  )
}
