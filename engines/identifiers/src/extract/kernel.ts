import { classes } from './bytes.ts'
import { wordFilter } from './finders/words.ts'
import { kernelBase64 } from './kernel.generated.ts'

/** One instance with the memory it looks at: tables, events, text. */
export interface Kernel {
  /** The text begins at this byte of the memory. */
  readonly text: Uint8Array
  /** Two numbers for each event: position, and kind with the length of the word before it. */
  readonly events: Uint32Array
  scan(from: number, limit: number, separator: number): number
  eventCount(): number
  lastSeparator(): number
}

let compiled: WebAssembly.Module | null | undefined

/** Null where WebAssembly has no vectors: the plain path serves there. */
function moduleOf(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Buffer.from(kernelBase64, 'base64')
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
  }
  return compiled
}

/** Behind the text stand 16 bytes more, since the kernel reads sixteen at a time. */
export function makeKernel(size: number): Kernel | null {
  const module = moduleOf()
  if (module === null) return null
  const memory = new WebAssembly.Memory({ initial: 2 })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const call = (name: string): ((...given: readonly number[]) => number) => {
    const found = exports[name]
    if (typeof found !== 'function') throw new Error(`the kernel has no ${name}`)
    return (...given) => Number(found(...given))
  }
  const textAt = call('textAt')()
  memory.grow(Math.max(0, Math.ceil((textAt + size + 16) / 65_536) - 2))
  new Uint8Array(memory.buffer, call('classesAt')(), classes.length).set(classes)
  new Uint8Array(memory.buffer, call('filterAt')(), wordFilter.length).set(wordFilter)
  return {
    text: new Uint8Array(memory.buffer, textAt, size),
    events: new Uint32Array(memory.buffer, call('eventsAt')(), 2 * 8192),
    scan: call('scan'),
    eventCount: call('eventCount'),
    lastSeparator: call('lastSeparator'),
  }
}
