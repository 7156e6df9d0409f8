import pg from 'pg'
import { DATABASE } from '../src/database.ts'
import type { Told } from './crash-journal.ts'
import { chanceOf, decide, deliver, officers } from './crash-load.ts'
import { openWorkingCell } from './crash-open.ts'

/** The process that is killed: a working cell under load that tells each acknowledgement to whoever started it. */
const [, , root = '', seed = '', round = '0', unanswered = '[]'] = process.argv
const tell = (told: Told): void => void process.stdout.write(`${JSON.stringify(told)}\n`)
const problem = (says: string): void => tell({ told: 'problem', says })
process.on('unhandledRejection', (error) =>
  problem(`unhandled: ${error instanceof Error ? error.stack : String(error)}`),
)

const { cell, engine, quick } = await openWorkingCell(root, (says) => {
  // Half of what happens here is that the database ends.
  if (!says.startsWith('the database ')) problem(says)
})
let known = engine.postmasterPid
setInterval(() => {
  const postmaster = engine.postmasterPid
  if (postmaster === null || postmaster === known) return
  known = postmaster
  tell({ told: 'database is back', postmaster })
}, 20)
tell({ told: 'ready', postmaster: engine.postmasterPid ?? 0, settings: await settings() })
quick.start()
const keys: string[] = JSON.parse(unanswered)
await Promise.all([
  deliver(cell, seed, Number(round), keys, (told) => {
    tell(told)
    if (told.told === 'delivered') quick.nudge()
  }),
  ...officers.map((subject) => decide(cell, subject, chanceOf(seed, Number(round), subject), tell)),
])

/** As the login sees them that writes what is acknowledged. */
async function settings(): Promise<{ [name: string]: string }> {
  const client = new pg.Client({ ...engine.connection, database: DATABASE })
  await client.connect()
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')
     UNION ALL SELECT 'of its own: ' || unnest(setconfig), 'set' FROM pg_db_role_setting`,
  )
  await client.end()
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}
