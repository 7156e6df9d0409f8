import { randomBytes } from 'node:crypto'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { blind, deriveKeyPair, evaluateBlinded, inputOf, paddedSize, ristretto255, suiteOf } from '@tandem/blind'
import { rounded, table } from '../figures.ts'
import { type Crossing, crossings, psiJs, type Sets } from './crossing.ts'
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
  let [bare, ours] = [0, 0]
  for (const crossing of await crossings(sets)) {
    if (crossing.isRun) ours = total(crossing)
    else bare = total(crossing)
    rows.push(row(crossing, common))
  }
  const peer = await psiJs(sets)
  if (peer === null) {
    console.log(table(rows))
    console.log('psi.js: not measured. Install @openmined/psi.js with --ignore-scripts in a folder outside, and name')
    console.log('that folder in TANDEM_PSI_JS.')
    return
  }
  rows.push(row(peer, common))
  // The run hides how long the lists are. Lists that psi.js is to hide as well must be as long.
  const padded = paddedSize(items + 4)
  const filled = (values: readonly string[], kind: string) => [
    ...values,
    ...Array.from({ length: padded - items }, (_, at) => `${kind} ${at}`),
  ]
  const same = await psiJs({ asked: filled(sets.asked, 'a'), held: filled(sets.held, 'b') })
  if (same !== null) rows.push(row(same, common))
  console.log(table([['', 'asker', 'holder', 'both', 'hits'], ...rows]))
  const beside = (name: string, cost: number, by: number) =>
    console.log(`${name}: psi.js costs ${rounded(cost / by, 2)} x; aim of 4 x: ${cost / by >= 4 ? 'met' : 'MISSED'}`)
  beside('the bare exchange', total(peer), bare)
  beside('the padded run beside lists that are not padded', total(peer), ours)
  if (same !== null) beside('the padded run beside lists as long', total(same), ours)
}

function total({ client, server }: Crossing): number {
  return client + server
}

function row(crossing: Crossing, common: number): string[] {
  const { name, client, server, hits } = crossing
  const seconds = [client, server, total(crossing)].map((each) => rounded(each, 2))
  return [name, ...seconds, hits === common ? `${hits}, exact` : `${hits}, WRONG (${common})`]
}
