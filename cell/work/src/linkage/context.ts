import type { Cell } from '../cell.ts'

/** What linking knows of the world beside the record: whether examples count, and what is known of addresses. */
export type LinkContext = Pick<Cell, 'mode' | 'ipContext'>
