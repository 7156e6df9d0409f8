import type { Account, Remark } from '../record.ts'

/** Every line is in exactly one of these: `lines = used + passed + setAside`. */
export interface LineAccount {
  readonly lines: number
  readonly used: number
  /** Known to the format and not needed here, comments and blank lines among them. */
  readonly passed: number
  readonly setAside: number
}

/** How a file was read: records and lines, each adding up, with the reasons of what was set aside. */
export interface FileAccount {
  readonly records: Account
  readonly lines: LineAccount
  /** The first hundred; the numbers above are exact. */
  readonly reasons: readonly Remark[]
  /** What is odd about the file as a whole: a claim that does not add up, an end that is not there. */
  readonly remarks: readonly Remark[]
  /** Keywords that the format does not know, each with how often. */
  readonly unknown: Readonly<Record<string, number>>
}

/** What became of a line. A reader answers it for every line, so that none can be forgotten. */
export type Fate = 'used' | 'passed' | 'set aside'

const keptReasons = 100
const keptKeywords = 100

/** Counts while a file is read. */
export class Tally {
  #used = 0
  #passed = 0
  #asideLines = 0
  #accepted = 0
  #asideRecords = 0
  readonly #reasons: Remark[] = []
  readonly #remarks: Remark[] = []
  readonly #unknown = new Map<string, number>()

  use(): Fate {
    this.#used += 1
    return 'used'
  }

  pass(): Fate {
    this.#passed += 1
    return 'passed'
  }

  /** A line of a keyword that nobody told us of: kept in the count, named. */
  passUnknown(keyword: string): Fate {
    this.#passed += 1
    const name = keyword.slice(0, 60)
    if (this.#unknown.has(name) || this.#unknown.size < keptKeywords) {
      this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1)
    } else this.#unknown.set('(others)', (this.#unknown.get('(others)') ?? 0) + 1)
    return 'passed'
  }

  accept(): void {
    this.#accepted += 1
  }

  setLineAside(number: number, code: string, says: string): Fate {
    this.#asideLines += 1
    this.#reason({ code, place: `line ${number}`, says })
    return 'set aside'
  }

  setRecordAside(place: string, code: string, says: string): void {
    this.#asideRecords += 1
    this.#reason({ code, place, says })
  }

  /** A line that is a record of its own. */
  setBothAside(number: number, code: string, says: string): Fate {
    this.#asideLines += 1
    this.setRecordAside(`line ${number}`, code, says)
    return 'set aside'
  }

  remark(place: string, code: string, says: string): void {
    if (this.#remarks.length < keptReasons) this.#remarks.push({ code, place, says })
  }

  account(): FileAccount {
    const [accepted, setAside] = [this.#accepted, this.#asideRecords]
    const [used, passed, aside] = [this.#used, this.#passed, this.#asideLines]
    return {
      records: { records: accepted + setAside, accepted, remarked: 0, setAside },
      lines: { lines: used + passed + aside, used, passed, setAside: aside },
      reasons: this.#reasons,
      remarks: this.#remarks,
      unknown: Object.fromEntries(this.#unknown),
    }
  }

  #reason(reason: Remark): void {
    if (this.#reasons.length < keptReasons) this.#reasons.push(reason)
  }
}
