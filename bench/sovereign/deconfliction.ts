import { randomBytes } from 'node:crypto'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { blind, deriveKeyPair, evaluateBlinded, inputOf, ristretto255, suiteOf } from '@tandem/blind'
import { rounded, table } from '../figures.ts'
import { crossings, psiJs, type Sets } from './crossing.ts'
import { admitted } from './quota.ts'
import { recovery } from './recovery.ts'

/** `npm run bench -- sovereign [items] [space]`: processor seconds, because a busy machine changes the others. */
const [items = 100_000, space = 100_000] = process.argv.slice(2).map(Number)

console.log('\nOblivious evaluations: decode, multiply by the secret, encode')
evaluations()

console.log(`\nTwo lists of ${items}, half in common (processor seconds)`)
await lists()

console.log(`\nWhat a partner that keeps everything it received finds offline, out of a space of ${space} values`)
console.log(table(recovery(Math.min(1000, Math.floor(space / 10)), space)))

console.log('\nA quota, 200 requests at once (in the memory of one process)')
console.log(table(await admitted()))

function evaluations(): void {
  const suite = suiteOf(ristretto255, 'oprf')
  const keys = deriveKeyPair(suite, new Uint8Array(randomBytes(32)), new Uint8Array(0))
  const scalar = ristretto255.randomScalar((length) => new Uint8Array(randomBytes(length)))
  const element = blind(suite, inputOf('phone', '+447700900123'), scalar)
  if (keys === null || element === null) throw new Error('no key')
  // In turns, so that a busy moment falls on both.
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < 11; round++) {
    ours.push(each(200, () => evaluateBlinded(suite, keys.secret, element)))
    theirs.push(each(20, () => ristretto255_oprf.oprf.blindEvaluate(keys.secret, element)))
  }
  const [us, noble] = [median(ours), median(theirs)]
  const row = (name: string, one: number) => [
    name,
    `${rounded(one)} us`,
    `${Math.round(1e6 / one)}/s`,
    `${rounded(one / us)} x`,
  ]
  console.log(table([row('libsodium (this engine)', us), row('noble curves', noble)]))
  console.log(noble / us >= 10 ? 'aim of 10 x: met' : 'aim of 10 x: MISSED')
}

/** Microseconds of the processor for one. */
function each(count: number, work: () => unknown): number {
  const begun = process.cpuUsage()
  for (let at = 0; at < count; at++) work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / count
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

async function lists(): Promise<void> {
  const phone = (at: number) => `+4477${String(10_000_000 + at)}`
  const sets: Sets = {
    asked: Array.from({ length: items }, (_, at) => phone(at)),
    held: Array.from({ length: items }, (_, at) => phone(at + Math.floor(items / 2))),
  }
  const common = items - Math.floor(items / 2)
  const rows: string[][] = []
  let ours = 0
  for (const crossing of await crossings(sets)) {
    const total = crossing.client + crossing.server
    if (crossing.isRun) ours = total
    rows.push([
      crossing.name,
      ...[crossing.client, crossing.server, total].map((each) => rounded(each)),
      hits(crossing.hits),
    ])
  }
  const peer = await psiJs(sets)
  if (peer === null) {
    console.log(table(rows))
    console.log('psi.js: not measured. Install @openmined/psi.js with --ignore-scripts in a folder outside, and name')
    console.log('that folder in TANDEM_PSI_JS.')
    return
  }
  const total = peer.client + peer.server
  rows.push([peer.name, ...[peer.client, peer.server, total].map((each) => rounded(each)), hits(peer.hits)])
  console.log(table([['', 'asker', 'holder', 'both', 'hits'], ...rows]))
  console.log(
    `psi.js costs ${rounded(total / ours, 2)} x the whole run; aim of 4 x: ${total / ours >= 4 ? 'met' : 'MISSED'}`,
  )

  function hits(found: number): string {
    return found === common ? `${found}, exact` : `${found}, WRONG (${common})`
  }
}
