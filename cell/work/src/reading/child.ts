import { containerOf, guardBytes, readEntries, readUnpacked, unpack, withIdentifiersInWords } from '@tandem/formats'
import { FrameReader, frameHead } from './frames.ts'
import type { Answer, Ask } from './messages.ts'

/**
 * The process in which hostile bytes are parsed. It knows the formats and two pipes: no database, no keys, no network,
 * no file. It ends when its parent closes the pipe.
 */
function say(answer: Answer, bytes?: Uint8Array): void {
  process.stdout.write(frameHead(JSON.stringify(answer), bytes))
  if (bytes !== undefined) process.stdout.write(bytes)
}

function answer(ask: Ask, bytes: Uint8Array): void {
  if (ask.ask === 'read') {
    const reading = ask.unpacked ? readUnpacked(bytes) : readEntries(bytes)
    let step = reading.next()
    while (step.done !== true) {
      say({ says: 'entry', entry: withIdentifiersInWords(step.value) })
      step = reading.next()
    }
    say({ says: 'end', reading: step.value })
    return
  }
  const container = containerOf(bytes)
  if (container !== null) {
    const outcome = unpack(bytes, container, { maxBytes: ask.maxBytes })
    if ('refusal' in outcome) say({ says: 'refused', refusal: outcome.refusal })
    else say({ says: 'guarded', unchanged: false, container, stripped: outcome.stripped }, outcome.kept)
    return
  }
  const outcome = guardBytes(bytes, { maxBytes: ask.maxBytes })
  if (outcome.refusal !== null) say({ says: 'refused', refusal: outcome.refusal })
  else if (outcome.guarded === bytes) say({ says: 'guarded', unchanged: true, container, stripped: outcome.stripped })
  else say({ says: 'guarded', unchanged: false, container, stripped: outcome.stripped }, outcome.guarded)
}

const frames = new FrameReader()
process.stdin.on('data', (chunk: Buffer) => {
  for (const { json, bytes } of frames.push(chunk)) {
    const ask: Ask = JSON.parse(json)
    try {
      answer(ask, bytes)
    } catch {
      say({ says: 'failed' })
    }
  }
})
process.stdin.on('end', () => process.exit(0))
// The parent is gone: nobody waits for an answer.
process.stdout.on('error', () => process.exit(0))
say({ says: 'ready' })
