import { X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import { writeVerifierKey } from '@tandem/ledger'
import type { DataFolder } from '../folders.ts'
import { statementKeys } from '../keys/statement-keys.ts'
import { logKeys } from '../ledger/keystore.ts'
import { readSettings, type Settings, settingsShape, writeSettings } from '../settings.ts'
import { faultOf, type PeerCard, printOf } from './card.ts'
import { daysLeft } from './certificates.ts'
import { type LineKeys, lineKeys, type OwnName, ownName, publicPem, renewAuthority } from './line-keys.ts'
import type { PeerSettings, PeersSettings } from './settings-shape.ts'

/** One of our agencies, its card, and what it pinned. */
export interface Introduced {
  readonly agency: string
  readonly name: string
  readonly card: PeerCard
  readonly print: string
  readonly peers: readonly PinnedPeer[]
}

export interface PinnedPeer {
  readonly agency: string
  readonly name: string
  readonly url: string
  readonly print: string
  readonly authorityDays: number
}

/** The card of an agency of this cell, whether the cell runs or not; its keys are made when there are none. */
export async function ownCard(folder: DataFolder, given: string, now: Date): Promise<Result<PeerCard, string>> {
  return withAgency(folder, given, async (settings, own) =>
    ok(cardOf(folder, settings, own, await lineKeys(folder, own, now, labelOf(own, given)))),
  )
}

/** A new authority for the line of an agency. Its peers refuse it until they have pinned the new card. */
export async function renewedCard(folder: DataFolder, given: string, now: Date): Promise<Result<PeerCard, string>> {
  return withAgency(folder, given, async (settings, own) =>
    ok(cardOf(folder, settings, own, await renewAuthority(folder, own, now, labelOf(own, given)))),
  )
}

const labelOf = ({ agency, log }: OwnName, given: string): string => (given === agency ? log : given)

function cardOf(folder: DataFolder, { mode }: Settings, own: OwnName, keys: LineKeys): PeerCard {
  const { log, witness } = logKeys(folder, own.agency, own.origin, true)
  const statements = statementKeys(folder, own.agency, own.name)
  return {
    card: 'tandem-peer/1',
    mode,
    agency: keys.label,
    name: own.name,
    authority: keys.authority.certificate,
    log: { origin: own.origin, keys: log.map(({ key }) => writeVerifierKey(key)) },
    witness: { keys: witness.map(({ key }) => writeVerifierKey(key)) },
    statements: {
      ed25519: publicPem(statements.ed25519),
      'ml-dsa-65': publicPem(statements['ml-dsa-65']),
    },
  }
}

/** Pins a card for one of our agencies. Comparing it with its owner comes before, and is the caller's. */
export async function pinPeer(
  folder: DataFolder,
  given: string,
  { url, card }: PeerSettings,
): Promise<Result<'added' | 'replaced', string>> {
  return withAgency(folder, given, async (settings, own) => {
    const fault = faultOf(card)
    if (fault !== null) return err(`This card does not hold together: ${fault}.`)
    // Data of training and of casework never meet, and a cell does not talk to itself.
    if (card.mode !== settings.mode)
      return err(`That is the card of a ${card.mode} cell, and this is a ${settings.mode} cell.`)
    if (card.name === own.name) return err('That is the card of this very agency.')
    const present = peersOf(settings, own.agency)
    const others = present.filter((each) => each.card.name !== card.name)
    const { subject } = new X509Certificate(card.authority)
    if (others.some((each) => new X509Certificate(each.card.authority).subject === subject))
      return err('Its authority calls itself as that of another peer does. Ask for another card.')
    if (others.length >= 16) return err('An agency has at most 16 peers.')
    // From the first pin on the agency has a line; a start that finds no keys of it then knows that they were lost.
    await lineKeys(folder, own, new Date(), labelOf(own, given))
    const written = write(folder, settings, own.agency, [...others, { url, card }])
    return written.ok ? ok(others.length === present.length ? 'added' : 'replaced') : written
  })
}

export async function unpinPeer(folder: DataFolder, given: string, peer: string): Promise<Result<void, string>> {
  return withAgency(folder, given, async (settings, own) => {
    const present = peersOf(settings, own.agency)
    const left = present.filter(({ card }) => card.name !== peer && card.agency !== peer)
    return left.length === present.length
      ? err(`"${peer}" is no peer of ${own.log}.`)
      : write(folder, settings, own.agency, left)
  })
}

/** Where peers knock; null closes the port. */
export function listenForPeers(folder: DataFolder, listen: PeersSettings['listen'] | null): Result<void, string> {
  const settings = present(folder)
  if (!settings.ok) return settings
  const { listen: _, ...rest } = settings.value.peers ?? { agencies: [] }
  return checked(folder, { ...settings.value, peers: { ...rest, ...(listen == null ? {} : { listen }) } })
}

/** What this cell's agencies show and what they pinned. */
export async function introduced(
  folder: DataFolder,
  now: Date,
): Promise<Result<{ readonly listen: PeersSettings['listen']; readonly agencies: readonly Introduced[] }, string>> {
  const settings = present(folder)
  if (!settings.ok) return settings
  const agencies: Introduced[] = []
  for (const { agency, peers } of settings.value.peers?.agencies ?? []) {
    const card = await ownCard(folder, agency, now)
    if (!card.ok) return card
    agencies.push({
      agency,
      name: card.value.name,
      card: card.value,
      print: printOf(card.value),
      peers: peers.map((peer) => ({
        agency: peer.card.agency,
        name: peer.card.name,
        url: peer.url,
        print: printOf(peer.card),
        authorityDays: daysLeft(peer.card.authority, now),
      })),
    })
  }
  return ok({ listen: settings.value.peers?.listen, agencies })
}

const peersOf = (settings: Settings, agency: string): readonly PeerSettings[] =>
  settings.peers?.agencies.find((each) => each.agency === agency)?.peers ?? []

function write(
  folder: DataFolder,
  settings: Settings,
  agency: string,
  peers: readonly PeerSettings[],
): Result<void, string> {
  const before = settings.peers ?? { agencies: [] }
  const others = before.agencies.filter((each) => each.agency !== agency)
  const agencies = [...others, ...(peers.length === 0 ? [] : [{ agency, peers: [...peers] }])]
  return checked(folder, { ...settings, peers: { ...before, agencies } })
}

/** Nothing is written that the next start would refuse. */
function checked(folder: DataFolder, settings: Settings): Result<void, string> {
  const read = settingsShape.safeParse(settings)
  if (!read.success)
    return err(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  writeSettings(folder, read.data)
  return ok(undefined)
}

function present(folder: DataFolder): Result<Settings, string> {
  const settings = readSettings(folder)
  if (!settings.ok) return settings
  return settings.value === null
    ? err(`There is no cell in ${folder.root}. Make one with "tandem init --live" or "tandem start".`)
    : ok(settings.value)
}

async function withAgency<T>(
  folder: DataFolder,
  given: string,
  act: (settings: Settings, own: OwnName) => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  const settings = present(folder)
  if (!settings.ok) return settings
  const own = ownName(folder, settings.value.mode, given)
  if (!own.ok) return own
  try {
    return await act(settings.value, own.value)
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}
