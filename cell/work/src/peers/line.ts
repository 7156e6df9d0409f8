import type { Result } from '@tandem/core'

/** Why the other agency gave no answer. None of these says anything about what it holds. */
export const lineProblems = {
  unreachable: 'The other cell cannot be reached.',
  silent: 'The other cell did not answer in time.',
  untrusted: 'What answers there is not the other agency, or the connection is not as safe as agreed.',
  refused: 'The other cell refused the message.',
  malformed: 'The other cell answered with something that is not of this protocol.',
} as const
export type LineProblem = keyof typeof lineProblems

/** Another agency in another cell, as one agency of ours has agreed to talk to it. */
export interface Peer {
  /** The name under which both agencies sign and write; unique among the peers of an agency. */
  readonly name: string
  /** Our agency that the agreement belongs to. */
  readonly agency: string
}

/** What a message is about; each has one reader on the other side. */
export type PeerTopic = 'deconfliction' | 'release' | 'lookup' | 'checkpoint'

/** The way to other cells. Nothing that the other side or the network does is thrown. */
export interface PeerLine {
  ask(peer: Peer, topic: PeerTopic, body: Uint8Array): Promise<Result<Uint8Array, LineProblem>>
}

/** The way in: `peer` is proved by the connection, never read from the message. Null: refused. */
export type PeerDoor = (peer: Peer, topic: PeerTopic, body: Uint8Array) => Promise<Uint8Array | null>
