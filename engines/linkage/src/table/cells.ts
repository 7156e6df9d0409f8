import type { Share } from '../share/share.ts'
import { type Column, ColumnMaker } from './columns.ts'
import type { Field } from './field.ts'

/** Cells where they lie in the bytes of a file: record by record, one byte between a cell and the next, up to 2 GB. */
export interface FileCells {
  readonly bytes: Uint8Array
  /** Where each cell ends. */
  readonly ends: Int32Array
  /** In the order of the cells of a record. */
  readonly fields: readonly Field[]
}

/** Their columns, by whoever shares the work. */
export async function columnsOfFile(cells: FileCells, share: Share): Promise<Column[]> {
  const columns = await share.all('columns', cells, cells.fields.length)
  // A field that came from another thread has lost what its forms of names can do.
  return columns.map((column, place) => ({ ...column, field: cells.fields[place] ?? column.field }))
}

/** One column of them, by its place. */
export function columnOfFile({ bytes, ends, fields }: FileCells): (place: number) => Column {
  return (place) => {
    const field = fields[place]
    if (field === undefined) throw new RangeError(`There is no column ${place}`)
    const maker = new ColumnMaker(field, ends.length / fields.length)
    for (let cell = place; cell < ends.length; cell += fields.length)
      maker.addBytes(bytes, cell === 0 ? 0 : (ends[cell - 1] ?? 0) + 1, ends[cell] ?? 0)
    return maker.made()
  }
}
