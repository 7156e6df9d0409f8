import {
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo, useRef } from 'react'
import { revealed } from '../text/safe.ts'
import type { TsvValue } from '../text/tsv.ts'
import { many } from '../text/words.ts'
import { CopyButton } from './copy.tsx'
import { useOneStop } from './one-stop.ts'

export interface Column<Row> {
  readonly id: string
  readonly head: string
  /** What sorts and what is copied. */
  readonly value: (row: Row) => TsvValue
  /** What is shown; the value when left out. */
  readonly cell?: (row: Row) => ReactNode
  readonly align?: 'end'
  /** Takes what room is left. */
  readonly grows?: boolean
  /** Long values are cut; the whole stands in the title. */
  readonly cut?: boolean
  /** Stays at the right edge when the table is wider than its place: what is done with a row is never out of sight. */
  readonly pinned?: boolean
}

interface Props<Row> {
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly rowClass?: (row: Row) => string
  readonly copy?: boolean
  readonly aside?: ReactNode
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

const compare = (a: TsvValue, b: TsvValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '').localeCompare(String(b ?? ''), 'en', { numeric: true })
}

/** A real table: dense, sortable by its heads, its first column pinned, copied as TSV. For up to some thousand rows. */
export function DataTable<Row extends RowData>({
  name,
  columns,
  rows,
  keyOf,
  rowClass,
  copy = true,
  aside,
}: Props<Row>) {
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row: Row): unknown => column.value(row), {
          id: column.id,
          header: column.head,
          sortFn: (a, b) => compare(column.value(a.original), column.value(b.original)),
        }),
      ),
    )
  }, [columns])
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features, columns: defined, data, getRowId: keyOf })
  const sorted = table.getRowModel().rows
  const body = useRef<HTMLTableSectionElement>(null)
  useOneStop(body, '.hinted')
  const tsv = () => sorted.map((row) => columns.map((column) => column.value(row.original)))
  return (
    <div className="table-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="table-scroll" aria-label={name} tabIndex={0}>
        <table className="table">
          <caption className="unseen-caption">{name}</caption>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header, index) => {
                  const order = header.column.getIsSorted()
                  const column = columns[index]
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={cellClass(column)}
                      aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : 'none'}
                    >
                      <button type="button" className="sort" onClick={() => header.column.toggleSorting()}>
                        {column?.head}
                        <span aria-hidden="true" className="sort-sign">
                          {order === 'asc' ? '▲' : order === 'desc' ? '▼' : ''}
                        </span>
                      </button>
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
          <tbody ref={body}>
            {sorted.map((row) => (
              <tr key={row.id} className={rowClass?.(row.original) ?? ''}>
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={cellClass(column)}
                    {...(column.cut === true ? { title: revealed(String(column.value(row.original) ?? '')) } : {})}
                  >
                    {column.cell === undefined ? (column.value(row.original) ?? '–') : column.cell(row.original)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {(copy && rows.length > 1) || aside ? (
        <div className="table-tools">
          {aside}
          <span className="dim">{many(sorted.length, 'row')}</span>
          <span className="spread" />
          {copy ? <CopyButton name={name} head={columns.map((column) => column.head)} rows={tsv} /> : null}
        </div>
      ) : null}
    </div>
  )
}

const cellClass = <Row,>(column: Column<Row> | undefined): string =>
  [
    column?.align === 'end' ? 'end' : '',
    column?.grows === true ? 'grows' : '',
    column?.cut === true ? 'cut' : '',
    column?.pinned === true ? 'pinned' : '',
  ]
    .filter((name) => name !== '')
    .join(' ')
