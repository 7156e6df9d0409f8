/** What both kinds of streams (node's and streamx's) have. */
interface Sink {
  readonly destroyed: boolean
  write(chunk: Uint8Array): boolean
  end(last: null): unknown
  destroy(error?: Error): unknown
  on(event: 'drain' | 'close', listener: () => void): unknown
  off(event: 'drain' | 'close', listener: () => void): unknown
}

/** Writes all chunks, no faster than they are taken. Ends without an error when the sink has ended before. */
export async function pump(chunks: AsyncIterable<Uint8Array>, sink: Sink): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (sink.destroyed) return
      if (!sink.write(chunk)) await taken(sink)
      if (sink.destroyed) return
    }
    sink.end(null)
  } catch (error) {
    sink.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function taken(sink: Sink): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      sink.off('drain', done)
      sink.off('close', done)
      resolve()
    }
    sink.on('drain', done)
    sink.on('close', done)
    if (sink.destroyed) done()
  })
}
