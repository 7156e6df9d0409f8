import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'

/** `npm run bench -- sovereign [part] [size ...]`: what two sovereign agencies share. Each part is a process of its own. */
const parts = ['ledger', 'ledger-durable', 'vault', 'deconfliction']
const [name, ...sizes] = process.argv.slice(2)
const asked = name === undefined ? parts : parts.filter((part) => part === name || part === `${name}-durable`)
if (asked.length === 0) {
  console.error(`Which part? ${parts.join(' | ')}`)
  process.exit(2)
}
const load = loadavg().map((each) => each.toFixed(1))
console.log(`Node ${process.version}, load before the run ${load.join(' ')}`)
for (const part of asked) {
  console.log(`\n== ${part}`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${part}.ts`), ...sizes], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
