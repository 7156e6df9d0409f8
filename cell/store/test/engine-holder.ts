// A process that holds an engine and writes rows until somebody kills it. Speaks in JSON lines.
import { openEngine } from '@tandem/store/engine'
import pg from 'pg'

const say = (what: object): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

const [dataFolder = '', userNamespaces = 'auto'] = process.argv.slice(2)
const opened = await openEngine({ dataFolder, userNamespaces: userNamespaces === 'off' ? 'off' : 'auto' })
if (!opened.ok) {
  say({ refused: opened.error })
  process.exit(3)
}
const engine = opened.value
const client = new pg.Client({ ...engine.connection })
client.on('error', () => undefined)
await client.connect()
await client.query('CREATE TABLE IF NOT EXISTS kept (id bigserial PRIMARY KEY, word text)')
say({ ready: true, postmaster: engine.postmasterPid, uid: process.getuid?.() })
try {
  for (;;) {
    const { rows } = await client.query('INSERT INTO kept (word) VALUES ($1) RETURNING id', ['word'])
    say({ acknowledged: rows[0].id })
  }
} catch {
  // The database was killed: stay, still holding the folder, until we are killed too.
  setInterval(() => undefined, 1_000)
}
