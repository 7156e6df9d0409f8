import { contextTimeOf, type IpContext } from '@tandem/formats'
import type { IpContextOfCell } from './cell.ts'

/** The index may be made anew under the cell: each reading asks the present one. */
export const ipContextOf = (current: () => IpContext, now: () => number): IpContextOfCell => ({
  judge: ({ address, port, time }) => current().judge({ address, port, time: contextTimeOf(time), now: now() }),
})
