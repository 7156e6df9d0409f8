import { createPublicKey } from 'node:crypto'
import { type Verifier, verifierOf } from '@tandem/blind'
import type { PeerAgency } from '@tandem/work'
import { keysIn, type PeerCard } from './card.ts'

/** Another agency as its card tells of it: how it signs, and under which keys its ledger is believed. */
export const peerAgency = (agency: string, card: PeerCard): PeerAgency => ({
  name: card.name,
  agency,
  label: card.agency,
  verify: verifierOfCard(card),
  logKeys: keysIn(card.log.keys) ?? [],
})

const verifierOfCard = ({ statements }: PeerCard): Verifier =>
  verifierOf({
    ed25519: createPublicKey(statements.ed25519),
    mlDsa65: createPublicKey(statements['ml-dsa-65']),
  })
