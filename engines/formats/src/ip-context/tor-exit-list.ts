import { addressKey, addressText, type SourceFile, type TorExitScan } from '@tandem/identifiers'
import type { LineReader } from './content.ts'
import { type Fate, Tally } from './tally.ts'
import { torTime } from './tor-time.ts'

/** Reads `tordnsel 1.0`: nodes, each with the addresses from which the scanner saw it come out. */
export class TorExitListReader implements LineReader {
  readonly tally = new Tally()
  readonly #scans: TorExitScan[] = []
  #downloaded: number | null = null
  #fingerprint: string | null = null
  #nodes = 0

  line(text: string, number: number): Fate {
    const [keyword = '', one = '', two, three, ...more] = text.split(' ')
    switch (keyword) {
      case 'ExitNode': {
        const isRead = /^[0-9A-F]{40}$/.test(one) && two === undefined
        this.#fingerprint = isRead ? one : null
        if (!isRead)
          return this.tally.setLineAside(number, 'node-invalid', 'a node without a fingerprint of the agreed form')
        this.#nodes += 1
        return this.tally.use()
      }
      case 'ExitAddress':
        return this.#address(one, more.length === 0 ? torTime(two, three) : null, number)
      case 'Downloaded': {
        const at = torTime(one, two)
        if (at === null)
          return this.tally.setLineAside(number, 'time-invalid', 'Downloaded is no time of the agreed form')
        this.#downloaded = Math.max(at, this.#downloaded ?? at)
        return this.tally.use()
      }
      case 'Published':
      case 'LastStatus':
      case '@type':
      case '':
        return this.tally.pass()
      default:
        return this.tally.passUnknown(keyword)
    }
  }

  #address(written: string, at: number | null, number: number): Fate {
    const key = addressKey(written)
    if (this.#fingerprint === null) {
      return this.tally.setBothAside(number, 'of-no-node', 'an address that belongs to no node')
    }
    if (key === null || at === null) {
      return this.tally.setBothAside(number, 'address-invalid', 'an exit address without valid address or time')
    }
    this.#scans.push({ fingerprint: this.#fingerprint, address: addressText(key), at })
    this.tally.accept()
    return this.tally.use()
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    const downloaded = this.#downloaded
    if (downloaded === null) {
      this.tally.remark(
        'head',
        'download-time-missing',
        'it does not say when it was fetched: its scans are used, but a missing address proves nothing',
      )
    }
    return {
      asOf: downloaded === null ? null : new Date(downloaded).toISOString(),
      content: { kind: 'tor-exit-list', list: { file, downloaded, nodes: this.#nodes, scans: this.#scans } },
    }
  }
}
