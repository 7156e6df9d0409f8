import { receiveDelivery } from '@tandem/work'
import { inPieces, openHostileCell } from './hostile-cell.ts'
import { plantedFiles } from './hostile-planted.ts'

/** Delivers planted pictures, again and again under new keys, until it is killed. */
const open = await openHostileCell(process.argv[2] ?? '')
const { lane, sender } = open.lane('Crime Agency', 'command')
for (let round = 0; ; round++) {
  await Promise.all(
    plantedFiles().map(({ name, bytes }) =>
      receiveDelivery(
        open.cell,
        { lane, sender, idempotencyKey: `${process.pid} ${round} ${name}`, name },
        inPieces(Buffer.concat([bytes, Buffer.from(`\n${round}`)]), 16),
      ).then(() => process.stdout.write('received\n')),
    ),
  )
}
