import { createPrivateKey, createPublicKey } from 'node:crypto'
import { type Signer, signerOf, type Verifier, verifierOf } from '@tandem/blind'
import type { PeerCard } from './card.ts'
import type { LineKeys } from './line-keys.ts'

/** How one agency speaks under its name to its peers, and how it knows theirs: Ed25519 and ML-DSA-65, both always. */
export interface PeerStatements {
  /** Our agency's name in statements. */
  readonly name: string
  readonly sign: Signer
  /** Null: no such peer is pinned for this agency. */
  verifyPeer(name: string): Verifier | null
}

export function statementsOf(keys: LineKeys, cards: readonly PeerCard[]): PeerStatements {
  const sign = signerOf({
    ed25519: createPrivateKey(keys.statements.ed25519),
    mlDsa65: createPrivateKey(keys.statements['ml-dsa-65']),
  })
  const verifiers = new Map(
    cards.map(({ name, statements }) => [
      name,
      verifierOf({
        ed25519: createPublicKey(statements.ed25519),
        mlDsa65: createPublicKey(statements['ml-dsa-65']),
      }),
    ]),
  )
  return { name: keys.name, sign, verifyPeer: (name) => verifiers.get(name) ?? null }
}
