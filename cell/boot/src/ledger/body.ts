/** An answer whole, or null when it is longer than that: whoever speaks on a plain line could go on for ever. */
export async function bodyUpTo(answer: Response, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    // Leaving the loop ends the connection.
    if (length > most) return null
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
