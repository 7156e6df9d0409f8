/**
 * Files in the age format: ours beside the library by age's own author, the same bytes, processor time, in one run.
 * Fields: sealing one of 200 bytes.
 */
import { randomBytes } from 'node:crypto'
import { makeIdentity, newKey, openAge, openField, sealAge, sealField } from '@tandem/vault'
import { Decrypter, Encrypter } from 'age-encryption'

const size = Number(process.argv[2] ?? 32) * 1024 * 1024
const plain = randomBytes(size)
const pair = await makeIdentity()

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1024 * 1024) yield bytes.subarray(at, at + 1024 * 1024)
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const source = pieces(bytes)
  return new ReadableStream({
    async pull(controller) {
      const next = await source.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
  })
}

async function drained(source: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const part of source) length += part.length
  return length
}

/** Megabytes a second of processor time, best of three; nothing is kept, so that both are measured and not the memory. */
async function speed(work: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 4; round++) {
    const before = process.cpuUsage()
    if ((await work()) < size) throw new Error('bytes are missing')
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1e6)
  }
  return size / 1e6 / best
}

const row = (name: string, ours: number, peer: number): void =>
  console.log(
    `${name.padEnd(10)} ours ${ours.toFixed(0)} MB/s, age-encryption ${peer.toFixed(0)} MB/s: ${(ours / peer).toFixed(1)} x`,
  )

async function sealOurs(): Promise<AsyncIterable<Uint8Array>> {
  const file = await sealAge([pair.recipient], pieces(plain))
  if (!file.ok) throw new Error(file.error.says)
  return file.value
}

async function openOurs(): Promise<AsyncIterable<Uint8Array>> {
  const opened = await openAge({ identities: [pair.identity] }, pieces(sealed))
  if (!opened.ok) throw new Error(opened.error.says)
  return opened.value
}

const encrypter = new Encrypter()
encrypter.addRecipient(pair.recipient.text)
const decrypter = new Decrypter()
decrypter.addIdentity(pair.identity)

const sealed = await whole(await sealOurs())
if (!plain.equals(await decrypter.decrypt(sealed))) throw new Error('what came back is not what went in')

console.log(`${size / 1024 / 1024} MiB in pieces of 1 MiB, for one hybrid recipient (ML-KEM-768 and X25519)`)
row(
  'sealing',
  await speed(async () => drained(await sealOurs())),
  await speed(async () => drained(await encrypter.encrypt(streamOf(plain)))),
)
row(
  'opening',
  await speed(async () => drained(await openOurs())),
  await speed(async () => drained(await decrypter.decrypt(streamOf(sealed)))),
)

const key = newKey({ agency: 'a', rank: 'record', id: 'r', version: 1 })
const place = { operation: 'o', table: 'note', column: 'text_sealed', row: 'r' }
const field = randomBytes(200)
const rounds = 50_000
const before = process.cpuUsage()
for (let round = 0; round < rounds; round++) {
  if (!openField(key, place, sealField(key, place, field)).ok) throw new Error('a field did not open')
}
const { user, system } = process.cpuUsage(before)
console.log(`a field of 200 bytes sealed and opened: ${((user + system) / rounds).toFixed(1)} µs`)
