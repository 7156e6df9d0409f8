import { cpus, loadavg } from 'node:os'
import { measureLedger } from './ledger.ts'

// npm run bench -- sovereign [entries]: what the sovereign parts cost, each figure beside a peer in the same run.
const entries = Number(process.argv[2] ?? 1_000_000)
console.log(
  `Load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors. Processor time of this process, not the clock.\n`,
)
measureLedger(entries)
