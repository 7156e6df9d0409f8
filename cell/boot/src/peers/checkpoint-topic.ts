import type { Result } from '@tandem/core'
import { type LineProblem, lineProblems, type Peer, type PeerLine, type Witness } from '@tandem/work'
import { keysIn, type PeerCard } from './card.ts'

/**
 * The other agency's witness, reached by the line: C2SP add-checkpoint, with the status of the answer on its first line,
 * because the line itself only knows an answer or none.
 */
export function witnessByLine(line: PeerLine, peer: Peer, card: PeerCard, url: string): Witness {
  return {
    name: card.name,
    keys: keysIn(card.witness.keys) ?? [],
    url,
    // It knows the log of this agreement and no other.
    onlyFor: peer.agency,
    async ask(body) {
      const answer: Result<Uint8Array, LineProblem> = await line.ask(peer, 'checkpoint', Buffer.from(body, 'utf8'))
      if (!answer.ok) throw new Error(wordsOf(answer.error))
      const text = textOf(answer.value)
      const cut = text?.indexOf('\n') ?? -1
      if (text === null || !/^[1-5]\d\d$/.test(text.slice(0, Math.max(0, cut)))) throw new Error(wordsOf('malformed'))
      return { status: Number(text.slice(0, cut)), body: text.slice(cut + 1) }
    },
  }
}

const wordsOf = (problem: LineProblem): string => lineProblems[problem].replace(/\.$/, '').replace(/^T/, 't')

/** A peer shows us a checkpoint of its own log; about any other it is not heard. */
export async function answerCheckpoint(
  body: Uint8Array,
  origin: string,
  witness: (body: string) => Promise<{ readonly status: number; readonly body: string } | null>,
): Promise<Uint8Array | null> {
  const text = textOf(body)
  const cut = text?.indexOf('\n\n') ?? -1
  if (text === null || cut < 0 || !text.startsWith(`${origin}\n`, cut + 2)) return null
  const answer = await witness(text)
  return answer === null ? null : Buffer.from(`${answer.status}\n${answer.body}`, 'utf8')
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
