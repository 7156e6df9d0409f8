import { join, resolve } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { findRunning } from './control-client.ts'
import { exampleSenders } from './example.ts'
import { type DataFolder, dataFolder, inboxName } from './folders.ts'
import type { AgencyPlan } from './found.ts'
import { openCell } from './open-cell.ts'
import type { PeerCard } from './peers/card.ts'
import { ownCard, pinPeer } from './peers/introduce.ts'
import { isFree } from './port.ts'
import { readSettings, type Settings, writeSettings } from './settings.ts'
import { TRAINING_ISSUER, trainingAgencies, trainingSecrets } from './training.ts'

/** One of the two training cells: an agency with a machine of its own, as it were. */
export interface JointCell {
  readonly agency: string
  /** Of its log, in addresses and policies. */
  readonly log: string
  readonly folder: DataFolder
  readonly deskPort: number
  readonly linePort: number
  readonly card: PeerCard
}

export interface Joint {
  readonly cells: readonly [JointCell, JointCell]
  /** Made in this very start. */
  readonly fresh: boolean
}

export interface JointOptions {
  /** Holds a folder for each cell, and nothing of their own that both would share. */
  readonly root: string
  /** The first of four: two desks, two doors of the line. */
  readonly port: number
  readonly tell?: (says: string) => void
}

const agencies = ['Crime Agency', 'Signals Agency'] as const
/** A cell has its own inspector and its own operator; people, keys and numbers of the two have nothing in common. */
const besides: readonly string[] = ['oversight', 'operator']

/** Makes two training cells where there are none, and tells each of the other, as two administrators would. */
export async function prepareJoint(options: JointOptions): Promise<Result<Joint, string>> {
  const last = options.port + 2 * agencies.length - 1
  if (last > 65535)
    return err(`Two cells need four ports in a row, and port ${last} does not exist: name a lower one with --port N.`)
  const places = agencies.map((agency, at) => ({
    agency,
    folder: dataFolder(join(resolve(options.root), inboxName(agency)), 'training'),
    deskPort: options.port + at,
    linePort: options.port + agencies.length + at,
  }))
  for (const { agency, folder, deskPort, linePort } of places) {
    const running = await findRunning(folder)
    if (running !== null)
      return err(`The cell of the ${agency} runs already: ${running.url}, process ${running.pid}. Stop it first.`)
    for (const port of [deskPort, linePort]) {
      if (await isFree(port)) continue
      return err(
        `Port ${port} is taken by another program. Two cells need ports ${options.port} to ${last}: name four others with --port N.`,
      )
    }
  }
  let fresh = false
  const cells: JointCell[] = []
  for (const place of places) {
    const present = readSettings(place.folder)
    if (!present.ok) return present
    if (present.value === null) {
      options.tell?.(`making the cell of the ${place.agency}`)
      const made = await makeCell(place.folder, place.agency, place.deskPort)
      if (!made.ok) return made
      fresh = true
    } else if (present.value.mode !== 'training')
      return err(`${place.folder.root} holds a live cell. Only training cells are started together.`)
    const card = await ownCard(place.folder, place.agency, new Date())
    if (!card.ok) return card
    cells.push({ ...place, log: inboxName(place.agency), card: card.value })
  }
  const [first, second] = cells
  if (first === undefined || second === undefined) return err('Two cells are needed.')
  for (const [here, there] of [
    [first, second],
    [second, first],
  ] as const) {
    const told = await introduce(here, there)
    if (!told.ok) return told
  }
  return ok({ cells: [first, second], fresh })
}

async function makeCell(folder: DataFolder, agency: string, port: number): Promise<Result<void, string>> {
  const isHere = ({ shortName, kind }: AgencyPlan): boolean => shortName === agency || besides.includes(kind)
  const names = trainingAgencies(TRAINING_ISSUER, [])
    .filter(isHere)
    .map(({ shortName }) => shortName)
  const opened = await openCell({
    folder,
    birth: {
      name: `Training cell of the ${agency}`,
      mode: 'training',
      settings: { origin: `http://127.0.0.1:${port}`, port, passkeys: 'off', providers: [] },
      agencies: () =>
        trainingAgencies(TRAINING_ISSUER, exampleSenders(), trainingSecrets(folder, names).senders).filter(isHere),
    },
  })
  if (!opened.ok) return opened
  await opened.value.close()
  return ok(undefined)
}

/** The steps of two administrators, but for the telephone: here both cards were made a moment ago on one machine. */
async function introduce(here: JointCell, there: JointCell): Promise<Result<void, string>> {
  const url = `https://127.0.0.1:${there.linePort}`
  const pinned = await pinPeer(here.folder, here.agency, { url, card: there.card })
  if (!pinned.ok) return pinned
  const read = readSettings(here.folder)
  if (!read.ok) return read
  if (read.value === null) return err(`There is no cell in ${here.folder.root}.`)
  const { peers = { agencies: [] }, ledger = { witnesses: [], needed: 0, watched: [] } } = read.value
  const settings: Settings = {
    ...read.value,
    origin: `http://127.0.0.1:${here.deskPort}`,
    port: here.deskPort,
    // A checkpoint counts as witnessed when the other agency has cosigned it, and not before.
    ledger: { ...ledger, needed: Math.max(1, ledger.needed) },
    peers: { ...peers, listen: { host: '127.0.0.1', port: here.linePort } },
  }
  writeSettings(here.folder, settings)
  return ok(undefined)
}
