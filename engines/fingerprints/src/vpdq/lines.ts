export interface Line {
  readonly number: number
  readonly text: string
  /** The line exceeds the limit; only its beginning was kept. */
  readonly tooLong: boolean
}

/** Longer than any line of a frame list; a file without line ends must not fill the memory. */
export const LONGEST_LINE = 4096

/** Lines of a byte stream, whatever its pieces; line ends may be those of Windows. Empty lines are left out. */
export async function* linesOf(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0
  let kept = ''
  let tooLong = false
  const take = (): Line[] => {
    number += 1
    const text = (number === 1 ? kept.replace(/^\u00ef\u00bb\u00bf/, '') : kept).replace(/\r$/, '')
    const line = { number, text, tooLong }
    kept = ''
    tooLong = false
    return line.text.trim() === '' ? [] : [line]
  }
  for await (const chunk of source) {
    // A frame list is plain ASCII; any other byte stays one odd character and makes its line unreadable.
    const pieces = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1').split('\n')
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) yield* take()
      kept += piece
      if (kept.length > LONGEST_LINE) {
        kept = kept.slice(0, LONGEST_LINE)
        tooLong = true
      }
    }
  }
  if (kept !== '') yield* take()
}
