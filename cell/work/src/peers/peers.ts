import type { Signer, Verifier } from '@tandem/blind'
import { err } from '@tandem/core'
import type { VerifierKey } from '@tandem/ledger'
import type { Peer, PeerDoor, PeerLine } from './line.ts'

/** Another agency as one of ours has agreed to work with it: how it signs, and what its ledger signs with. */
export interface PeerAgency extends Peer {
  /** As people call it. */
  readonly label: string
  readonly verify: Verifier
  /** Keys of the other agency's log: what it says it has recorded is believed only with a proof under them. */
  readonly logKeys: readonly VerifierKey[]
}

/** The name under which an agency of ours signs, and its hand. */
export interface OwnName {
  readonly name: string
  readonly sign: Signer
}

/** All that the cell needs to work with other agencies; made by boot. */
export interface Peers {
  readonly line: PeerLine
  /** Null: the agency has no keys to sign with, and works with nobody. */
  ownOf(agency: string): OwnName | null
  peersOf(agency: string): readonly PeerAgency[]
}

export const noPeers: Peers = {
  line: { ask: async () => err('unreachable') },
  ownOf: () => null,
  peersOf: () => [],
}

/** An agency of this very cell, as its neighbours in the same database meet it. */
export interface LocalAgency extends OwnName {
  readonly agency: string
  readonly label: string
  readonly verify: Verifier
  readonly logKeys: readonly VerifierKey[]
}

/**
 * Agencies of one cell are sovereign too: they talk to each other in messages, as over a network, and neither reads the
 * other's rows. `elsewhere` are the peers in other cells and the way to them.
 */
export function peersOfCell(
  local: readonly LocalAgency[],
  door: PeerDoor,
  elsewhere: Pick<Peers, 'line' | 'peersOf'> = noPeers,
): Peers {
  const byId = new Map(local.map((each) => [each.agency, each]))
  const neighboursOf = (agency: string): LocalAgency[] =>
    byId.has(agency) ? local.filter((each) => each.agency !== agency) : []
  return {
    ownOf: (agency) => byId.get(agency) ?? null,
    peersOf: (agency) => [
      ...neighboursOf(agency).map(({ name, label, verify, logKeys }) => ({ name, label, agency, verify, logKeys })),
      ...elsewhere.peersOf(agency),
    ],
    line: {
      async ask(peer, topic, body) {
        const [own, other] = [byId.get(peer.agency), neighboursOf(peer.agency).find(({ name }) => name === peer.name)]
        if (own === undefined || other === undefined) return elsewhere.line.ask(peer, topic, body)
        const answer = await door({ name: own.name, agency: other.agency }, topic, body)
        return answer === null ? err('refused') : { ok: true, value: answer }
      },
    },
  }
}
