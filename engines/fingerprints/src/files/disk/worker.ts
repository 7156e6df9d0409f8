import { parentPort } from 'node:worker_threads'
import { nameFromBytes } from '../name.ts'
import { type FileOutcome, setAside } from '../outcome.ts'
import { hashFile } from './hash-file.ts'
import type { HashTask, TaskPart } from './hash-thread.ts'

/** Sent after so many outcomes or bytes; then the thread waits until they are taken. */
const partOutcomes = 256
const partBytes = 64 * 1024 ** 2

const port = parentPort
if (port === null) throw new Error('This module runs in a worker thread')

let goOn = () => {}
port.on('message', (message: HashTask | 'go on') => {
  if (message === 'go on') goOn()
  else void work(message, (part) => port.postMessage(part))
})

async function work({ files, settings }: HashTask, send: (part: TaskPart) => void): Promise<void> {
  let outcomes: [number, FileOutcome][] = []
  let done: number[] = []
  let bytes = 0
  let weight = 0
  const flush = (last: boolean) => {
    const taken = last ? Promise.resolve() : new Promise<void>((resolve) => (goOn = resolve))
    send({ outcomes, done, bytes, last })
    outcomes = []
    done = []
    bytes = 0
    weight = 0
    return taken
  }
  const onBytes = (count: number) => {
    bytes += count
    weight += count
    // A large file tells how far it is; nobody is asked to wait for that.
    if (weight < partBytes) return
    send({ outcomes: [], done: [], bytes, last: false, progress: true })
    bytes = 0
    weight = 0
  }
  for (const [index, path] of files.entries()) {
    try {
      for await (const outcome of hashFile(path, settings, { mayBlock: true, onBytes })) {
        outcomes.push([index, outcome])
        if (outcomes.length >= partOutcomes) await flush(false)
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const place = { path: nameFromBytes(path), members: [] }
      outcomes.push([index, setAside(place, 'failed', `Reading failed in a way that was not foreseen: ${why}.`)])
    }
    done.push(index)
  }
  await flush(true)
}
