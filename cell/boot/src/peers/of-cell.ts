import { err, ok, type Result } from '@tandem/core'
import { type LineAgency, type OpenDoor, type OpenLine, openPeerDoor, peerLine } from '@tandem/server'
import type {
  Check,
  Peer,
  PeerAgency,
  PeerDoor,
  PeerLine,
  PeerTopic,
  Sequencer,
  WatchedLog,
  Witness,
} from '@tandem/work'
import type { DataFolder } from '../folders.ts'
import type { Settings } from '../settings.ts'
import { faultOf, keysIn, type PeerCard } from './card.ts'
import { daysLeft } from './certificates.ts'
import { answerCheckpoint, witnessByLine } from './checkpoint-topic.ts'
import { type LineKeys, lineKeys, type OwnName, ownNames, readLineKeys } from './line-keys.ts'
import { peerAgency } from './peer-agency.ts'
import { hostOf, type PeerSettings } from './settings-shape.ts'
import { lineWords, Standings } from './standing.ts'

const BEAT_MS = 60_000
const RENEWAL_MS = 6 * 3_600_000

/** Who reads what a peer says, besides checkpoints, which are read here. */
export type PeerReaders = Partial<Record<Exclude<PeerTopic, 'checkpoint'>, PeerDoor>>

interface OwnSide {
  readonly own: OwnName
  readonly peers: readonly PeerSettings[]
  /** As those who reckon with them know them. */
  readonly agencies: readonly PeerAgency[]
  keys: LineKeys
  line: LineAgency
}

/** The other cells that this one talks to: the way out, the way in, and how both stand. */
export class CellPeers {
  readonly line: PeerLine
  readonly #folder: DataFolder
  readonly #listen: { readonly host: string; readonly port: number } | undefined
  readonly #sides: readonly OwnSide[]
  readonly #standings = new Standings()
  readonly #open: OpenLine
  readonly #onProblem: (says: string) => void
  #door: OpenDoor | null = null
  #timers: NodeJS.Timeout[] = []

  private constructor(
    folder: DataFolder,
    listen: CellPeers['port'],
    sides: readonly OwnSide[],
    onProblem: (says: string) => void,
  ) {
    this.#folder = folder
    this.#listen = listen
    this.#sides = sides
    this.#onProblem = onProblem
    this.#open = peerLine({
      agencies: () => this.#sides.map(({ line }) => line),
      onAnswer: ({ agency, name }, until) => this.#standings.answered(agency, name, until),
      onProblem: ({ agency, name }, problem, detail) => this.#standings.failed(agency, name, problem, detail),
    })
    this.line = this.#open
  }

  /** As `cell.json` names them. Nothing is opened yet, and no connection is made. */
  static async of(
    folder: DataFolder,
    settings: Settings,
    onProblem: (says: string) => void,
    now: Date = new Date(),
  ): Promise<Result<CellPeers, string>> {
    const named = settings.peers
    if (named === undefined) return ok(new CellPeers(folder, undefined, [], onProblem))
    const ours = ownNames(folder, settings.mode)
    const sides: OwnSide[] = []
    try {
      for (const { agency, peers } of named.agencies) {
        const own = ours.find((each) => each.agency === agency)
        if (own === undefined) return err(`cell.json names peers of an agency ${agency} that has no keys here.`)
        const fault = faultIn(peers, settings.mode)
        if (fault !== null) return err(`cell.json, peers of ${own.log}: ${fault}`)
        if (readLineKeys(folder, agency) === null)
          return err(
            `The keys of the line of ${own.log} are not in ${folder.keys}. Put back the copy of the keys, or make new ones and give the new card to the peers: tandem peer renew ${own.log}`,
          )
        const keys = await lineKeys(folder, own, now)
        const agencies = peers.map(({ card }) => peerAgency(agency, card))
        sides.push({ own, peers, keys, line: lineOf(own, keys, peers), agencies })
      }
    } catch (error) {
      return err(error instanceof Error ? error.message : String(error))
    }
    return ok(new CellPeers(folder, named.listen, sides, onProblem))
  }

  get port(): { readonly host: string; readonly port: number } | undefined {
    return this.#listen
  }

  peersOf(agency: string): readonly PeerAgency[] {
    return this.#side(agency)?.agencies ?? []
  }

  /** The witnesses of our peers, each for the log of its own agreement. */
  get witnesses(): readonly Witness[] {
    return this.#sides.flatMap(({ own, peers }) =>
      peers.map(({ card, url }) => witnessByLine(this.line, { name: card.name, agency: own.agency }, card, url)),
    )
  }

  /** The logs of our peers, which our witnesses cosign. */
  get watched(): readonly WatchedLog[] {
    const logs = this.#sides.flatMap(({ peers }) =>
      peers.map(({ card }) => ({ origin: card.log.origin, keys: keysIn(card.log.keys) ?? [] })),
    )
    return logs.filter(({ origin }, at) => logs.findIndex((each) => each.origin === origin) === at)
  }

  /** Opens the port, if peers are named and one is set, and begins to look after the lines. */
  async open(ledger: Sequencer, readers: PeerReaders = {}): Promise<Result<void, string>> {
    if (this.#sides.every(({ peers }) => peers.length === 0)) return ok(undefined)
    if (this.#listen !== undefined) {
      const { host, port } = this.#listen
      try {
        this.#door = await openPeerDoor({
          host,
          port,
          agencies: () => this.#sides.map(({ line }) => line),
          door: (peer, topic, body) => this.#answer(ledger, readers, peer, topic, body),
          onHeard: ({ agency }, { name }, until) => this.#standings.heard(agency, name, until),
          onRefused: (why) => this.#onProblem(`line between cells: refused: ${why}`),
        })
      } catch (error) {
        return err(whyNot(error, host, port))
      }
    }
    const beat = (): void => void this.greet().catch((error: unknown) => this.#onProblem(`line: ${String(error)}`))
    beat()
    this.#timers = [
      setInterval(beat, BEAT_MS),
      setInterval(
        () => void this.#renew().catch((error: unknown) => this.#onProblem(`line: ${String(error)}`)),
        RENEWAL_MS,
      ),
    ]
    for (const timer of this.#timers) timer.unref()
    return ok(undefined)
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#door?.close()
    this.#door = null
  }

  /** Asks every peer whether it is there. */
  async greet(): Promise<void> {
    await Promise.all(
      this.#sides.flatMap(({ own, peers }) =>
        peers.map(({ card }) => this.#open.hello({ agency: own.agency, name: card.name })),
      ),
    )
  }

  checks(now: number = Date.now()): Check[] {
    return this.#sides.flatMap(({ own, keys, peers }) =>
      peers.map(({ card }) =>
        lineWords({
          ours: keys.label,
          theirs: card.agency,
          standing: this.#standings.of(own.agency, card.name),
          hears: this.#door !== null,
          ourDays: daysLeft(keys.line.certificate, new Date(now)),
          theirAuthorityDays: daysLeft(card.authority, new Date(now)),
          now,
        }),
      ),
    )
  }

  async #answer(
    ledger: Sequencer,
    readers: PeerReaders,
    peer: Peer,
    topic: PeerTopic,
    body: Uint8Array,
  ): Promise<Uint8Array | null> {
    if (topic !== 'checkpoint') return (await readers[topic]?.(peer, topic, body)) ?? null
    const side = this.#side(peer.agency)
    const card = side?.peers.find((each) => each.card.name === peer.name)?.card
    const name = ledger.logs.find(({ agency }) => agency === peer.agency)?.name
    if (card === undefined || name === undefined) return null
    return answerCheckpoint(body, card.log.origin, (text) => ledger.witness(name, text))
  }

  /** A certificate that nears its end is made anew, and shown from the next connection on. */
  async #renew(): Promise<void> {
    for (const side of this.#sides) {
      const keys = await lineKeys(this.#folder, side.own, new Date())
      if (keys.line.certificate === side.keys.line.certificate) continue
      side.keys = keys
      side.line = lineOf(side.own, keys, side.peers)
    }
  }

  #side(agency: string): OwnSide | undefined {
    return this.#sides.find(({ own }) => own.agency === agency)
  }
}

const lineOf = ({ agency, name }: OwnName, { line }: LineKeys, peers: readonly PeerSettings[]): LineAgency => ({
  agency,
  name,
  certificate: line.certificate,
  key: line.key,
  peers: peers.map(({ url, card }) => ({ name: card.name, authority: card.authority, ...hostOf(url) })),
})

function faultIn(peers: readonly PeerSettings[], mode: PeerCard['mode']): string | null {
  for (const { card } of peers) {
    const fault = faultOf(card)
    if (fault !== null) return `the card of ${card.agency} does not hold together: ${fault}.`
    // Data of training and of casework never meet.
    if (card.mode !== mode) return `${card.agency} has a ${card.mode} cell, and this is a ${mode} cell.`
  }
  const names = peers.map(({ card }) => card.name)
  return new Set(names).size === names.length ? null : 'the same peer is named twice.'
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return `Port ${port} of the line between cells is taken by another program. Choose another one: tandem peer listen --port N`
  if (code === 'EADDRNOTAVAIL')
    return `This machine has no address ${host} for the line between cells: tandem peer listen --host ADDRESS`
  return `The line between cells cannot be opened on ${host}:${port}: ${error instanceof Error ? error.message : 'unknown'}`
}
