import { readFileSync } from 'node:fs'
import {
  type Evaluation,
  englishForms,
  evaluate,
  formsWith,
  type Held,
  heldClusters,
  type Inferred,
  type Linkage,
  type NameForms,
  tableOfCells,
} from '@tandem/linkage'
import { allOf, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { usageFailure } from '../failure.ts'
import { linkTable } from '../link-table.ts'
import { cellsAsked, isKind, type Rows, readRows } from '../linkage-table.ts'
import { readTruth, type Truth } from '../linkage-truth.ts'
import type { Output } from '../output.ts'
import { count } from '../words.ts'

export default command({
  summary:
    'Who is who in a table: records of one person brought together, each link with its reason. Nothing is stored.',
  args: {
    column: {
      type: 'string',
      description: 'NAME=KIND: what a column holds; none leaves it out. May be given several times',
    },
    truth: {
      type: 'string',
      description:
        'what tells whose a record is, a column or FILE or FILE#COLUMN: never looked at, only scored against',
    },
    names: {
      type: 'string',
      description: 'file of given names and their forms, one name a line: robert: bob, rob; beside the English ones',
    },
    most: { type: 'string', description: 'clusters to print for people', default: '20' },
  },
  rest: 'FILE',
  more: `FILE is CSV with a head line or one JSON object a line; several files are one table. Columns are understood by head and
values, and told first. Kinds: name, full name, date, email, phone, postcode, address, postal address, organisation, place, username, identifier, category.
Where a name or an address is written in several ways over several columns, they are put together, and told. A truth in a
file is joined by the columns that both have.
Several values in one cell stand apart by |. The files are read as intake reads dumps: any dialect, and what is no row is told. The bar is chosen by the records alone, without any truth.
With --json a line for each cluster, its links with all evidence in bits for and against, then {"summary"}.`,
  async run(args, output, words) {
    if (args._.length === 0) return output.fail(usageFailure('Name one file or several.'))
    const most = Number(args.most)
    if (!Number.isSafeInteger(most) || most < 0) return output.fail(usageFailure('--most takes a number of clusters.'))
    const read = await readRows(args._)
    if (!read.ok) return output.fail(usageFailure(read.says))
    const { rows } = read
    const truth = args.truth === undefined ? null : await readTruth(args.truth, rows)
    if (typeof truth === 'string') return output.fail(usageFailure(truth))
    const said = saidOf(allOf(words, 'column'), rows)
    if (typeof said === 'string') return output.fail(usageFailure(said))
    for (const name of truth?.hidden ?? []) said.set(name, null)
    const forms = args.names === undefined ? null : formsOf(args.names)
    if (typeof forms === 'string') return output.fail(usageFailure(forms))
    const cells = cellsAsked(rows, said)
    const { columns } = cells
    if (columns.every(({ kind }) => kind === null))
      return output.fail(usageFailure('No column says who somebody is. Say what one holds: --column NAME=KIND.'))
    if (rows.rows.length < 2)
      return output.fail(usageFailure(`${count(rows.rows.length, 'record')}: there is nobody to link with anybody.`))
    if (!output.json) tellColumns(columns, truth, output)
    const linked = await linkTable(tableOfCells(cells, forms ?? englishForms))
    const held = heldClusters(linked)
    if (output.json) for (const each of held) output.object(clusterJson(each, linked, rows))
    else tellClusters(held, linked, rows, most, output)
    const score = truth === null ? null : evaluate(linked.clusters, truth.whose)
    const bound = held.reduce((sum, { records }) => sum + records.length, 0)
    for (const { place, says } of rows.setAside) {
      if (output.json) output.object({ place, setAside: says })
      else output.line(`${place}: set aside: ${says}`, 'yellow')
    }
    const summary = {
      records: rows.rows.length,
      remarked: rows.remarked,
      setAside: rows.setAside.length,
      persons: rows.rows.length - bound + held.length,
      bar: linked.bar,
      score,
      ...(truth === null ? {} : { truthSilent: truth.silent, truthUnmet: truth.unmet }),
    }
    if (output.json) output.object({ summary })
    else tellSummary(summary, output)
    return rows.setAside.length > 0 ? exitCodes.partly : exitCodes.done
  },
})

function saidOf(given: readonly string[], { names }: Rows): Map<string, Inferred['kind']> | string {
  const said = new Map<string, Inferred['kind']>()
  for (const each of given) {
    const at = each.lastIndexOf('=')
    const [name, kind] = [each.slice(0, at), each.slice(at + 1)]
    if (at < 1 || !names.includes(name)) return `No column is called ${name || each}. There are: ${names.join(', ')}.`
    if (kind !== 'none' && !isKind(kind)) return `There is no kind ${kind}; tandem link --help names them.`
    said.set(name, kind === 'none' ? null : kind)
  }
  return said
}

function formsOf(path: string): NameForms | string {
  try {
    return formsWith([readFileSync(path, 'utf8')])
  } catch {
    return `${path} is not there, is no file, or is not readable for you.`
  }
}

function tellColumns(columns: readonly Inferred[], truth: Truth | null, output: Output): void {
  const isHidden = (name: string): boolean => truth?.hidden.has(name) === true
  output.table(columns, [
    { title: 'COLUMN', value: ({ name }) => name },
    {
      title: 'TAKEN AS',
      value: ({ name, kind }) => (isHidden(name) ? 'the truth, not looked at' : (kind ?? 'left out')),
    },
    { title: 'BY', value: ({ name, because }) => (isHidden(name) ? '' : because) },
  ])
}

function tellClusters(held: readonly Held[], linked: Linkage, rows: Rows, most: number, output: Output): void {
  for (const { records, links, weakest } of [...held]
    .sort((a, b) => b.records.length - a.records.length)
    .slice(0, most)) {
    output.line('')
    output.line(`${count(records.length, 'record')}, held at the weakest by ${bits(weakest?.weight ?? 0)}`, 'bold')
    for (const { one, other, weight } of links) {
      output.line(`  ${rows.places[one]} – ${rows.places[other]}: ${bits(weight)}`)
      const { prior, evidence } = linked.scorer.explain(one, other)
      output.line(`    ${signed(prior)}  before anything is compared`)
      for (const { field, level, weight: own, shared } of evidence) {
        if (level === 'not said') continue
        const rarity = shared === undefined ? '' : `: ${shared.value} (in ${shared.records} of ${shared.of})`
        output.line(`    ${signed(own)}  ${field}, ${level}${rarity}`)
      }
    }
  }
  if (held.length > most) {
    output.line('')
    output.line(`${held.length - most} more; --most N shows more, --json all.`)
  }
}

function clusterJson({ records, links }: Held, linked: Linkage, rows: Rows): object {
  return {
    records: records.map((record) => rows.places[record]),
    links: links.map(({ one, other }) => ({
      one: rows.places[one],
      other: rows.places[other],
      ...linked.scorer.explain(one, other),
    })),
  }
}

interface Summary {
  readonly records: number
  readonly remarked: number
  readonly setAside: number
  readonly persons: number
  readonly bar: number
  readonly score: Evaluation | null
  readonly truthSilent?: number
  readonly truthUnmet?: number
}

function tellSummary(summary: Summary, output: Output): void {
  const { records, remarked, setAside, persons, bar, score, truthSilent = 0, truthUnmet = 0 } = summary
  output.line('')
  const rest = setAside + remarked === 0 ? '' : ` (${remarked} with remarks; ${setAside} rows set aside)`
  output.line(`${count(records, 'record')}${rest}, ${count(persons, 'person')}; linked from ${bits(bar)} on.`, 'bold')
  if (score === null) return
  const { pairs, bCubed, largest, largestTrue } = score
  const three = ({ precision, recall, f1 }: Evaluation['pairs']): string =>
    `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`
  output.line(
    `Against the truth: pairs ${three(pairs)}; B-cubed ${three(bCubed)}; largest ${largest}, truly ${largestTrue}.`,
  )
  if (truthSilent + truthUnmet > 0)
    output.line(
      `The truth says nothing of ${truthSilent} records, and names ${truthUnmet} that are not in the table.`,
      'yellow',
    )
}

const bits = (weight: number): string => `${weight.toFixed(1)} bits`
const signed = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`.padStart(6)
