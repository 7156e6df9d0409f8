/** What a peer, or anybody who finds the port, can take from us. */
export interface LineLimits {
  /** Of a message or an answer; a message of the blind protocol has at most 256 KiB. */
  readonly bytes: number
  readonly handshakeMilliseconds: number
  /** For a message to arrive whole. */
  readonly requestMilliseconds: number
  /** For an answer to be thought of, and for it to arrive. */
  readonly answerMilliseconds: number
  /** Open connections, of all together. */
  readonly connections: number
  readonly connectionsPerAddressAndMinute: number
  readonly messagesPerPeerAndMinute: number
  /** Messages of one peer that are being answered. */
  readonly messagesAtOnce: number
  readonly refusalsToldPerReasonAndMinute: number
}

export const usualLimits: LineLimits = {
  bytes: 1024 * 1024,
  handshakeMilliseconds: 5_000,
  requestMilliseconds: 30_000,
  answerMilliseconds: 60_000,
  connections: 64,
  connectionsPerAddressAndMinute: 1_200,
  messagesPerPeerAndMinute: 1_200,
  messagesAtOnce: 8,
  refusalsToldPerReasonAndMinute: 20,
}

/** A message whole, or null when it is longer than agreed or its sender went away. */
export async function wholeBody(stream: AsyncIterable<unknown>, most: number): Promise<Uint8Array | null> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of stream) {
      if (!Buffer.isBuffer(part)) return null
      length += part.length
      if (length > most) return null
      parts.push(part)
    }
  } catch {
    return null
  }
  return new Uint8Array(Buffer.concat(parts))
}
