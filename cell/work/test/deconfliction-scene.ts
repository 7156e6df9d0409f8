import { generateKeyPairSync } from 'node:crypto'
import { type Signer, signerOf, type Verifier, verifierOf } from '@tandem/blind'
import { err } from '@tandem/core'
import type { TestAgency, TestPerson } from '@tandem/testkit'
import {
  type Cell,
  type LocalAgency,
  type PeerAgency,
  type PeerLine,
  type PeerTopic,
  Runs,
  type RunsOptions,
} from '@tandem/work'
import { type Desk, desk, openWork, type TestWork } from './support.ts'

/** Two agencies as in two cells: each has its own runs, and whatever they say to each other goes over a line of the test. */
export interface Scene {
  readonly work: TestWork
  readonly national: Party
  readonly signals: Party
  /** What happens to a message that national sends. */
  onTheWay: (body: Uint8Array, topic: PeerTopic, deliver: () => Promise<Uint8Array | null>) => Promise<Arrival>
  /** What national sent. */
  readonly sent: { readonly topic: PeerTopic; readonly body: Uint8Array }[]
  close(): Promise<void>
}

/** What comes back: null is a refusal of the door. */
export type Arrival = Uint8Array | 'lost' | null

export interface Party {
  readonly agency: TestAgency
  readonly analyst: Desk
  readonly second: Desk
  readonly manager: Desk
  runs: Runs
  /** As after a crash: nothing that was in memory is there any more. */
  restart(): void
}

export interface AgencyKeysOfTest {
  readonly sign: Signer
  readonly verify: Verifier
}

export function keysOfTest(): AgencyKeysOfTest {
  const [ed, ml] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ml-dsa-65')]
  return {
    sign: signerOf({ ed25519: ed.privateKey, mlDsa65: ml.privateKey }),
    verify: verifierOf({ ed25519: ed.publicKey, mlDsa65: ml.publicKey }),
  }
}

export interface SceneOptions extends Partial<Omit<RunsOptions, 'store' | 'ledger' | 'local'>> {
  /** What signals believes of national's keys, and the other way round. */
  readonly believed?: { readonly national?: Partial<PeerAgency>; readonly signals?: Partial<PeerAgency> }
}

export async function openRuns({ believed = {}, ...options }: SceneOptions = {}): Promise<Scene> {
  const work = await openWork()
  const { store, ledger } = work.cell
  const { national, signals } = work.founded
  const localOf = (agency: TestAgency): LocalAgency => ({
    agency: agency.agency,
    name: agency.name,
    label: agency.name,
    ...keysOfTest(),
    logKeys: ledger.logs.find((log) => log.agency === agency.agency)?.keys.log.map(({ key }) => key) ?? [],
  })
  const [ofNational, ofSignals] = [localOf(national), localOf(signals)]
  const sent: { topic: PeerTopic; body: Uint8Array }[] = []
  const problems: string[] = []
  const lineOf = (life: { isOver: boolean }): PeerLine => ({
    async ask(_, topic, body) {
      // Of a machine that has died nobody hears again, and it hears nobody.
      if (life.isOver) return new Promise(() => {})
      sent.push({ topic, body })
      const deliver = () => parties.signals.runs.door({ name: national.name, agency: signals.agency }, topic, body)
      const answer = await scene.onTheWay(body, topic, deliver)
      if (life.isOver) return new Promise(() => {})
      if (answer === null) return err('refused')
      return answer === 'lost' ? err('silent') : { ok: true, value: answer }
    },
  })
  const peerOf = (agency: string, { name, label, verify, logKeys }: LocalAgency, change: Partial<PeerAgency> = {}) => [
    { name, label, agency, verify, logKeys, ...change },
  ]
  const fresh = (own: LocalAgency, peers: PeerAgency[], life: { isOver: boolean }): Runs =>
    new Runs({
      store,
      ledger,
      local: [own],
      elsewhere: { line: lineOf(life), peersOf: (agency) => (agency === own.agency ? peers : []) },
      pollMilliseconds: 20,
      patienceMilliseconds: 30_000,
      onProblem: (says) => problems.push(says),
      ...options,
    })
  const make = {
    national: (life: { isOver: boolean }) =>
      fresh(ofNational, peerOf(national.agency, ofSignals, believed.signals), life),
    signals: (life: { isOver: boolean }) =>
      fresh(ofSignals, peerOf(signals.agency, ofNational, believed.national), life),
  }
  const party = async (agency: TestAgency, start: (life: { isOver: boolean }) => Runs): Promise<Party> => {
    let life = { isOver: false }
    const held = { runs: start(life) }
    const cell: Cell = {
      ...work.cell,
      get deconfliction() {
        return held.runs
      },
    }
    const deskOf = async (person: TestPerson) => desk({ cell }, await work.as(person))
    return {
      agency,
      analyst: await deskOf(agency.triageAnalyst),
      second: await deskOf(agency.secondAnalyst),
      manager: await deskOf(agency.dutyManager),
      get runs() {
        return held.runs
      },
      set runs(runs) {
        held.runs = runs
      },
      restart() {
        life.isOver = true
        life = { isOver: false }
        held.runs = start(life)
      },
    }
  }
  const parties = { national: await party(national, make.national), signals: await party(signals, make.signals) }
  const scene: Scene = {
    work,
    ...parties,
    sent,
    onTheWay: (_body, _topic, deliver) => deliver(),
    async close() {
      await Promise.all([parties.national.runs.close(), parties.signals.runs.close()])
      await work.close()
    },
  }
  return scene
}

/** A run that two people of national have sent; what signals has received of it. */
export async function sendRun(
  scene: Scene,
  body: Omit<Parameters<Desk['proposeRun']>[0], 'peer'> = {},
): Promise<{ run: string; received: string }> {
  const { run } = await scene.national.analyst.proposeRun({ peer: scene.signals.agency.name, ...body })
  const before = new Set((await scene.signals.analyst.runs()).runs.map(({ id }) => id))
  await scene.national.second.decideRun(run)
  const received = await eventually(
    async () => (await scene.signals.analyst.runs()).runs.find(({ id }) => !before.has(id))?.id,
  )
  return { run, received }
}

/** A grant that two people of national asked for, that signals gave, and that was taken up: in force. */
export async function grantBetween(
  scene: Scene,
  body: Omit<Parameters<Desk['proposeGrant']>[0], 'peer'> = {},
): Promise<{ grant: string; given: string }> {
  const { grant, given } = await grantGiven(scene, body)
  const { state, says } = await scene.national.analyst.takeGrant(grant)
  if (state !== 'in force') throw new Error(`the grant is ${state}: ${says}`)
  return { grant, given }
}

/** The same, given and not yet taken up. */
export async function grantGiven(
  scene: Scene,
  body: Omit<Parameters<Desk['proposeGrant']>[0], 'peer'> = {},
): Promise<{ grant: string; given: string }> {
  const { grant } = await scene.national.analyst.proposeGrant({ peer: scene.signals.agency.name, ...body })
  await scene.national.second.decideGrant(grant)
  const { grants } = await scene.signals.analyst.lookups()
  const given = grants.find(({ state }) => state === 'received')?.id ?? ''
  await scene.signals.analyst.acceptGrant(given)
  return { grant, given }
}

export const ended = (party: Party, run: string) =>
  eventually(async () => {
    const shown = await party.analyst.run(run)
    return shown.run.outcome === null ? undefined : shown
  })

export async function eventually<T>(look: () => Promise<T | undefined>, milliseconds = 15_000): Promise<T> {
  for (const until = Date.now() + milliseconds; ; ) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
