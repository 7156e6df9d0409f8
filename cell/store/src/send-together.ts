import type pg from 'pg'

const held = new WeakSet<pg.PoolClient>()

/** What is asked in one turn leaves in one system call: the driver alone would make one for each statement. */
export function sendTogether(client: pg.PoolClient): void {
  if (held.has(client)) return
  const { stream } = client.connection
  held.add(client)
  stream.cork()
  process.nextTick(() => {
    held.delete(client)
    stream.uncork()
  })
}
