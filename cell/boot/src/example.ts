import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Refusal } from '@tandem/core'
import type { Worker } from '@tandem/jobs'
import { type Cell, handlers, lanesOf, receiveDelivery, sendersOf, sessionOf, signIn, signOut } from '@tandem/work'
import { z } from 'zod'
import type { DataFolder } from './folders.ts'
import { writePrivate } from './private-file.ts'

const folder = fileURLToPath(new URL('../../../examples/operation-first-light/', import.meta.url))

const agencyOf = { A: 'Crime Agency', B: 'Signals Agency' } as const
const dutyManagerOf = { A: 'a-duty', B: 'b-duty' } as const

const manifestShape = z.object({
  lists: z.array(
    z.object({ file: z.string(), name: z.string(), publisher: z.string(), agencies: z.array(z.enum(['A', 'B'])) }),
  ),
  deliveries: z.array(z.object({ order: z.int(), agency: z.enum(['A', 'B']), sender: z.string(), file: z.string() })),
})

const readManifest = () => manifestShape.parse(JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')))

/** Senders of the example operation, so that the training cell knows them from birth. */
export const exampleSenders = (): string[] => [...new Set(readManifest().deliveries.map(({ sender }) => sender))]

/**
 * Plays the example operation through the real intake: lists as a duty manager loads them, files as lanes deliver them.
 * Each step has its own key, so a start that was cut goes on where it stopped and a finished one changes nothing. A cell
 * of one agency plays the part of that agency.
 */
export async function playExample(
  cell: Cell,
  worker: Worker,
  data: DataFolder,
  issuer: string,
  progress: (done: number, all: number, what: string) => void = () => {},
): Promise<void> {
  const played = `${data.root}/example-played`
  if (existsSync(played)) return
  const lanes = (await lanesOf(cell)).filter(({ kind }) => kind === 'command')
  const isHere = (agency: 'A' | 'B'): boolean => lanes.some((lane) => lane.agency === agencyOf[agency])
  const whole = readManifest()
  const manifest = {
    lists: whole.lists.map((list) => ({ ...list, agencies: list.agencies.filter(isHere) })),
    deliveries: whole.deliveries.filter(({ agency }) => isHere(agency)),
  }
  const all = manifest.lists.length + manifest.deliveries.length
  let done = 0
  for (const list of manifest.lists) {
    for (const agency of list.agencies) await loadList(cell, issuer, dutyManagerOf[agency], list)
    progress(++done, all, list.name)
  }
  for (const delivery of manifest.deliveries) {
    const lane = lanes.find(({ agency }) => agency === agencyOf[delivery.agency])
    if (lane === undefined) throw new Error(`no command lane of ${agencyOf[delivery.agency]}`)
    const sender = (await sendersOf(cell, lane.lane)).find(({ name }) => name === delivery.sender)
    if (sender === undefined) throw new Error(`no sender ${delivery.sender}`)
    await patiently(() =>
      receiveDelivery(
        cell,
        { lane: lane.lane, sender: sender.id, idempotencyKey: `example/${delivery.order}`, name: delivery.file },
        createReadStream(folder + delivery.file),
      ),
    )
    worker.nudge()
    // In the order of the operation: what came first is read first.
    await worker.idle()
    progress(++done, all, delivery.sender)
  }
  writePrivate(played, new Date().toISOString())
}

const TRIES = 20
const busy: readonly string[] = ['TANDEM-RATE-001', 'TANDEM-STORE-001']

/** As a sender does whom the cell tells that it is too busy: again, with the same key. */
async function patiently<T>(deliver: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await deliver()
    } catch (error) {
      if (!(error instanceof Refusal) || !busy.includes(error.code) || tries === TRIES) throw error
      await sleep(500)
    }
  }
}

async function loadList(
  cell: Cell,
  issuer: string,
  subject: string,
  list: { file: string; name: string; publisher: string },
): Promise<void> {
  const { token } = await signIn(cell, { issuer, subject }, false)
  const session = await sessionOf(cell, token)
  if (session === null) throw new Error('the duty manager of the example cannot sign in')
  await handlers.loadList(
    cell,
    { credential: { kind: 'session', login: session.login, token } },
    {
      params: undefined,
      body: undefined,
      query: { name: list.name, publisher: list.publisher },
      stream: createReadStream(folder + list.file),
    },
  )
  await signOut(cell, token)
}
