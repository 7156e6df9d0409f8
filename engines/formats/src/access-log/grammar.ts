/** One line of the Apache common or combined log format, fields as written between their marks. */
export interface LogLine {
  readonly client: string
  readonly identity: string
  readonly user: string
  readonly time: string
  readonly request: string
  readonly status: string
  readonly bytes: string
  readonly referer: string | null
  readonly agent: string | null
  /** Quoted or bare fields after the agent: forwarded addresses, virtual hosts. */
  readonly more: readonly string[]
}

export type LogFault = { readonly code: 'line-cut' | 'not-a-log-line'; readonly at: number; readonly says: string }

/** Reads left to right and never goes back: linear in the length of the line. */
export function readLogLine(line: string): LogLine | LogFault {
  const walk = new Walk(line)
  const client = walk.word()
  const identity = walk.word()
  const user = walk.untilBracket()
  const time = walk.enclosed('[', ']')
  const request = walk.quoted()
  const status = walk.word()
  const bytes = walk.word()
  if (walk.fault !== null) return walk.fault
  if (!/^\d{3}$/.test(status) || !/^(?:\d{1,20}|-)$/.test(bytes)) {
    return { code: 'not-a-log-line', at: walk.at, says: 'Status and size are not where a log line has them.' }
  }
  const referer = walk.done ? null : walk.quoted()
  const agent = walk.done ? null : walk.quoted()
  const more: string[] = []
  while (!walk.done && walk.fault === null && more.length < 32) more.push(walk.quotedOrWord())
  if (walk.fault !== null) return walk.fault
  if (!walk.done) return { code: 'not-a-log-line', at: walk.at, says: 'More fields than a log line has.' }
  return { client, identity, user, time, request, status, bytes, referer, agent, more }
}

class Walk {
  at = 0
  fault: LogFault | null = null
  readonly #line: string

  constructor(line: string) {
    this.#line = line
  }

  get done(): boolean {
    return this.at >= this.#line.length
  }

  word(): string {
    const end = this.#find(' ', this.at)
    const word = this.#line.slice(this.at, end)
    if (word === '') this.#fail('not-a-log-line', 'A field is missing.')
    this.#goOn(end)
    return word
  }

  /** User names may hold blanks: everything up to the bracket of the time. */
  untilBracket(): string {
    const end = this.#line.indexOf(' [', this.at)
    if (end <= this.at) {
      this.#fail(this.#line.includes('[') ? 'not-a-log-line' : 'line-cut', 'There is no time in brackets.')
      return ''
    }
    const user = this.#line.slice(this.at, end)
    this.#goOn(end)
    return user
  }

  enclosed(open: string, close: string): string {
    if (this.fault !== null) return ''
    if (this.#line[this.at] !== open) return this.#fail('not-a-log-line', `A field does not begin with ${open}.`)
    const end = this.#line.indexOf(close, this.at + 1)
    if (end < 0) return this.#fail('line-cut', 'The line ends inside a field: it was cut.')
    const text = this.#line.slice(this.at + 1, end)
    this.#goOn(end + 1)
    return text
  }

  /** A backslash takes the next character with it, so `\"` does not end the field. */
  quoted(): string {
    if (this.fault !== null) return ''
    if (this.#line[this.at] !== '"') {
      return this.#fail(this.done ? 'line-cut' : 'not-a-log-line', 'A field is not in quotes.')
    }
    let end = this.at + 1
    while (end < this.#line.length && this.#line[end] !== '"') end += this.#line[end] === '\\' ? 2 : 1
    if (end >= this.#line.length) return this.#fail('line-cut', 'The line ends inside quotes: it was cut.')
    const text = this.#line.slice(this.at + 1, end)
    this.#goOn(end + 1)
    return text
  }

  quotedOrWord(): string {
    return this.#line[this.at] === '"' ? this.quoted() : this.word()
  }

  #find(mark: string, from: number): number {
    const at = this.#line.indexOf(mark, from)
    return at < 0 ? this.#line.length : at
  }

  #goOn(end: number): void {
    if (end < this.#line.length && this.#line[end] !== ' ') this.#fail('not-a-log-line', 'No blank between two fields.')
    this.at = end + 1
  }

  #fail(code: LogFault['code'], says: string): '' {
    this.fault ??= { code, at: this.at, says }
    return ''
  }
}
