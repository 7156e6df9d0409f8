import { readSync } from 'node:fs'
import { Socket } from 'node:net'
import { main } from './index.ts'

process.title = 'tandem'
await main(wordsFromLauncher() ?? process.argv.slice(2))

/** Words come from the launcher by a pipe; when the pipe ends, the launcher was killed, and so this ends too. */
function wordsFromLauncher(): string[] | null {
  if (process.env['TANDEM_LAUNCHER'] !== '3') return null
  // Nothing that is started from here has this pipe.
  delete process.env['TANDEM_LAUNCHER']
  const words: unknown = JSON.parse(firstLine(3))
  const pipe = new Socket({ fd: 3, readable: true, writable: false })
  pipe.on('error', () => {})
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
  return Array.isArray(words) ? words.map(String) : []
}

function firstLine(descriptor: number): string {
  const bytes: number[] = []
  const one = Buffer.alloc(1)
  for (;;) {
    const count = readByte(descriptor, one)
    if (count === 0 || one[0] === 0x0a) return Buffer.from(bytes).toString('utf8')
    if (count === 1) bytes.push(one[0] ?? 0)
  }
}

/** -1: nothing there yet. */
function readByte(descriptor: number, into: Buffer): number {
  try {
    return readSync(descriptor, into, 0, 1, null)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return -1
    throw error
  }
}
