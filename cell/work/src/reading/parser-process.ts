import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { bareEnvironment, parserCommand } from './confinement.ts'
import { FrameReader, frameHead } from './frames.ts'
import { type ReadingLimits, retirement } from './limits.ts'
import { type Answer, type Ask, isLast, parseAnswer } from './messages.ts'

export interface Said {
  readonly answer: Answer
  readonly bytes: Uint8Array
}

/** How the child fared with one file. `busy`: it was slow, but the processor was elsewhere. */
export type Fared =
  | { readonly how: 'answered'; readonly said: readonly Said[] }
  | { readonly how: 'limit'; readonly limit: 'time' | 'memory' | 'answer' | 'entries' }
  | { readonly how: 'died' | 'busy' | 'did not start' }

const START_WITHIN = 30_000
const LOOK_EVERY = 500
const script = fileURLToPath(new URL('./child.ts', import.meta.url))

/** One child that takes one file at a time. After anything but an answer it is dead and stays so. */
export class ParserProcess {
  readonly #limits: ReadingLimits
  readonly #child: ChildProcess
  readonly #ready: Promise<boolean>
  readonly #ended: Promise<void>
  readonly #frames = new FrameReader()
  #listener: (said: Said, size: number) => void = () => {}
  #files = 0
  #dead = false

  constructor(limits: ReadingLimits, toParse = script) {
    this.#limits = limits
    const { file, args } = parserCommand(limits, toParse)
    // Error output could repeat what people wrote: it goes nowhere.
    this.#child = spawn(file, args, { cwd: '/', env: bareEnvironment, stdio: ['pipe', 'pipe', 'ignore'] })
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#dead = true
        resolve()
      }
      this.#child.once('exit', end)
      this.#child.once('error', end)
    })
    this.#child.stdin?.on('error', () => {})
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#hear(chunk)
    })
    this.#ready = this.#awaitReady()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get dead(): boolean {
    return this.#dead
  }

  /** It has seen enough files, or grown too large: a fresh one should take its place. */
  get spent(): boolean {
    return (
      this.#files >= retirement.files || cpuOf(this.pid) > retirement.cpu || residentOf(this.pid) > retirement.resident
    )
  }

  ready(): Promise<boolean> {
    return this.#ready
  }

  async run(ask: Ask, bytes: Uint8Array): Promise<Fared> {
    this.#hold(true)
    try {
      if (!(await this.#ready)) return { how: 'did not start' }
      this.#files++
      return await this.#follow(ask, bytes)
    } finally {
      this.#hold(false)
    }
  }

  end(): void {
    this.#dead = true
    this.#child.kill('SIGKILL')
  }

  #hear(chunk: Buffer): void {
    try {
      for (const { json, bytes } of this.#frames.push(chunk)) {
        const answer = parseAnswer(json)
        if (answer === null) this.end()
        else this.#listener({ answer, bytes }, json.length + bytes.length)
      }
    } catch {
      this.end()
    }
  }

  async #awaitReady(): Promise<boolean> {
    const timer = Promise.withResolvers<boolean>()
    const timeout = setTimeout(() => timer.resolve(false), START_WITHIN)
    timeout.unref()
    const said = new Promise<boolean>((resolve) => {
      this.#listener = ({ answer }) => resolve(answer.says === 'ready')
    })
    const ready = await Promise.race([said, timer.promise, this.#ended.then(() => false)])
    clearTimeout(timeout)
    if (!ready) this.end()
    return ready
  }

  #follow(ask: Ask, bytes: Uint8Array): Promise<Fared> {
    const { promise, resolve } = Promise.withResolvers<Fared>()
    const said: Said[] = []
    const cpuBefore = cpuOf(this.pid)
    const began = performance.now()
    let answered = 0
    const settle = (fared: Fared): void => {
      clearInterval(clock)
      this.#listener = () => {}
      if (fared.how !== 'answered') this.end()
      resolve(fared)
    }
    const clock = setInterval(() => {
      if (cpuOf(this.pid) - cpuBefore > this.#limits.cpu) settle({ how: 'limit', limit: 'time' })
      else if (performance.now() - began > this.#limits.wall) settle({ how: cpuKnown ? 'busy' : 'died' })
      else if (this.#frames.held > this.#limits.answerBytes) settle({ how: 'limit', limit: 'answer' })
    }, LOOK_EVERY)
    this.#listener = (one, size) => {
      said.push(one)
      answered += size
      if (isLast(one.answer)) settle({ how: 'answered', said })
      else if (said.length > this.#limits.entries) settle({ how: 'limit', limit: 'entries' })
      else if (answered > this.#limits.answerBytes) settle({ how: 'limit', limit: 'answer' })
    }
    void this.#ended.then(() => settle(this.#farewell()))
    this.#child.stdin?.write(frameHead(JSON.stringify(ask), bytes))
    this.#child.stdin?.write(bytes)
    return promise
  }

  /** Node aborts when its heap is full, the kernel kills what takes too much. */
  #farewell(): Fared {
    const { signalCode, exitCode } = this.#child
    const memory = signalCode === 'SIGABRT' || signalCode === 'SIGTRAP' || signalCode === 'SIGILL' || exitCode === 134
    return memory ? { how: 'limit', limit: 'memory' } : { how: 'died' }
  }

  /** An idle child does not keep its parent alive, and ends with it. */
  #hold(busy: boolean): void {
    for (const part of [this.#child, this.#child.stdin, this.#child.stdout]) {
      if (part === this.#child || part instanceof Socket) busy ? part.ref() : part.unref()
    }
  }
}

/** Clock ticks of Linux's /proc are hundredths of a second on every machine we run on. */
const TICK = 10
const PAGE = 4096
const cpuKnown = cpuOf(process.pid) >= 0

/** Processor time used so far, in milliseconds; -1 where the kernel does not say. */
function cpuOf(pid: number): number {
  // The name in the second field may hold blanks and brackets: fields are counted from behind it.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')
  return fields === undefined ? -1 : (Number(fields[11]) + Number(fields[12])) * TICK
}

function residentOf(pid: number): number {
  return Number(read(`/proc/${pid}/statm`)?.split(' ')[1] ?? 0) * PAGE
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
