import type { SourceFile } from '@tandem/identifiers'
import type { LineReader } from './content.ts'
import type { ListTold } from './range-list.ts'
import { type Fate, Tally } from './tally.ts'

/** Reads `AS9009 # comment`: numbers of whole networks; they say something only beside a table of networks (MMDB). */
export class NetworkListReader implements LineReader {
  readonly tally = new Tally()
  readonly #told: ListTold | null
  readonly #numbers = new Map<number, string>()

  constructor(told: ListTold | null) {
    this.#told = told
  }

  line(text: string, number: number): Fate {
    const [bare = '', comment = ''] = text.split(/#(.*)/s)
    if (bare.trim() === '') return this.tally.pass()
    const match = /^AS(\d{1,10})$/i.exec(bare.trim())
    if (match === null || Number(match[1]) > 0xffff_ffff) {
      return this.tally.setBothAside(number, 'network-invalid', 'not the number of a network')
    }
    this.#numbers.set(Number(match[1]), comment.trim())
    this.tally.accept()
    return this.tally.use()
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    if (this.#told === null) this.tally.remark('head', 'kind-not-stated', 'nobody stated what this list is about')
    const { kind, name, asOf } = this.#told ?? { kind: 'not stated', name: file.name, asOf: null }
    return { asOf, content: { kind: 'networks', about: kind, list: name, date: asOf, file, numbers: this.#numbers } }
  }
}
