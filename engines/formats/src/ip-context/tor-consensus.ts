import { addressKey, addressText, type SourceFile, type TorConsensus, type TorRelay } from '@tandem/identifiers'
import type { LineReader } from './content.ts'
import { type Fate, Tally } from './tally.ts'
import { torTime } from './tor-time.ts'

/** dir-spec sections 3.4.1 and 3.8.2: known and not needed for the question whether an address was a relay. */
const known: ReadonlySet<string> = new Set(
  `vote-status consensus-method fresh-until voting-delay client-versions server-versions known-flags params package
  recommended-client-protocols recommended-relay-protocols required-client-protocols required-relay-protocols
  shared-rand-previous-value shared-rand-current-value dir-source contact vote-digest legacy-dir-key
  shared-rand-participate bandwidth-weights directory-signature flag-thresholds
  -----BEGIN -----END v pr w m id`.split(/\s+/),
)

interface OpenConsensus {
  readonly flavour: TorConsensus['flavour']
  validAfter: number | null
  validUntil: number | null
  isWhole: boolean
  readonly relays: TorRelay[]
}

interface OpenRelay {
  readonly line: number
  readonly nickname: string
  readonly fingerprint: string
  readonly addresses: string[]
  policy: string | null
  flags: readonly string[] | null
}

/** Reads `network-status-consensus-3` in both flavours; several may follow each other in one file. */
export class TorConsensusReader implements LineReader {
  readonly tally = new Tally()
  readonly #done: OpenConsensus[] = []
  readonly #normal = new Map<string, string | null>()
  #open: OpenConsensus | null = null
  #relay: OpenRelay | null = null
  /** The lines of a relay whose `r` line was bad belong to nobody. */
  #isOrphaned = false
  #isSigned = false

  line(text: string, number: number): Fate {
    const [keyword = '', ...words] = text.split(' ')
    if (keyword === 'network-status-version') return this.#begin(words, number)
    if (keyword === '@type' || text === '') return this.tally.pass()
    if (this.#open === null) {
      return this.tally.setLineAside(number, 'before-header', 'stands before the head of a consensus')
    }
    if (this.#isSigned) return isSignature(text) ? this.tally.pass() : this.#afterEnd(keyword)
    if (keyword === 'r') return this.#beginRelay(words, number)
    if (keyword === 'a' || keyword === 's' || keyword === 'p') return this.#ofRelay(keyword, words, number)
    if (keyword === 'valid-after' || keyword === 'valid-until') return this.#validity(keyword, words, number)
    if (keyword === 'directory-footer') {
      this.#closeRelay()
      this.#open.isWhole = true
      this.#isSigned = true
      return this.tally.use()
    }
    return known.has(keyword) ? this.tally.pass() : this.tally.passUnknown(keyword)
  }

  end(file: SourceFile): ReturnType<LineReader['end']> {
    this.#finish()
    const consensuses = this.#done.flatMap(({ validAfter, validUntil, ...rest }) =>
      validAfter === null || validUntil === null ? [] : [{ ...rest, file, validAfter, validUntil }],
    )
    const [first] = consensuses
    const asOf = first === undefined ? null : new Date(first.validAfter).toISOString()
    return { asOf, content: { kind: 'tor-consensus', consensuses } }
  }

  #begin([version, flavour]: readonly string[], number: number): Fate {
    this.#finish()
    this.#isSigned = false
    this.#isOrphaned = false
    if (version !== '3' || (flavour !== undefined && flavour !== 'microdesc')) {
      return this.tally.setLineAside(number, 'version-unknown', 'a version or flavour of the format that is not known')
    }
    const kind = flavour === undefined ? 'full' : 'microdesc'
    this.#open = { flavour: kind, validAfter: null, validUntil: null, isWhole: false, relays: [] }
    return this.tally.use()
  }

  #afterEnd(keyword: string): Fate {
    return known.has(keyword) ? this.tally.pass() : this.tally.passUnknown(keyword)
  }

  #validity(keyword: 'valid-after' | 'valid-until', [date, time]: readonly string[], number: number): Fate {
    const at = torTime(date, time)
    if (at === null || this.#open === null) {
      return this.tally.setLineAside(number, 'time-invalid', `${keyword} is no time of the agreed form`)
    }
    if (keyword === 'valid-after') this.#open.validAfter = at
    else this.#open.validUntil = at
    return this.tally.use()
  }

  #beginRelay(words: readonly string[], number: number): Fate {
    this.#closeRelay()
    // The microdescriptor flavour has no digest column.
    const [nickname, identity = '', ...rest] = words
    const [date, time, address = '', port = ''] = this.#open?.flavour === 'full' ? rest.slice(1) : rest
    const columns = this.#open?.flavour === 'full' ? 8 : 7
    const fingerprint = fingerprintOf(identity)
    const normal = this.#address(address)
    const isRead = words.length === columns && torTime(date, time) !== null && /^\d{1,5}$/.test(port)
    if (
      !isRead ||
      nickname === undefined ||
      !/^[A-Za-z0-9]{1,19}$/.test(nickname) ||
      fingerprint === null ||
      normal === null
    ) {
      this.#isOrphaned = true
      return this.tally.setBothAside(number, 'relay-invalid', 'the line of a relay is not of the agreed form')
    }
    this.#isOrphaned = false
    this.#relay = { line: number, nickname, fingerprint, addresses: [normal], policy: null, flags: null }
    return this.tally.use()
  }

  #ofRelay(keyword: 'a' | 's' | 'p', words: readonly string[], number: number): Fate {
    const relay = this.#relay
    if (relay === null) {
      const says = this.#isOrphaned ? 'belongs to a relay that was set aside' : 'belongs to no relay'
      return this.tally.setLineAside(number, 'of-no-relay', says)
    }
    if (keyword === 's') relay.flags = words
    else if (keyword === 'p') {
      const policy = words.join(' ')
      if (!/^(?:accept|reject) \d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*$/.test(policy)) {
        return this.tally.setLineAside(number, 'policy-invalid', 'an exit policy that is not of the agreed form')
      }
      relay.policy = policy
    } else {
      const address = this.#address(/^\[?([0-9A-Fa-f:.]+?)\]?:\d{1,5}$/.exec(words.join(' '))?.[1] ?? '')
      if (address === null) return this.tally.setLineAside(number, 'address-invalid', 'a further address that is none')
      relay.addresses.push(address)
    }
    return this.tally.use()
  }

  #closeRelay(isCut = false): void {
    const relay = this.#relay
    this.#relay = null
    if (relay === null || this.#open === null) return
    const { line, flags, ...rest } = relay
    if (isCut) this.tally.setRecordAside(`line ${line}`, 'relay-cut', 'the file ends within this relay')
    else if (flags === null) this.tally.setRecordAside(`line ${line}`, 'flags-missing', 'no flags: not known if it ran')
    else {
      this.#open.relays.push({ ...rest, flags })
      this.tally.accept()
    }
  }

  #finish(): void {
    const open = this.#open
    if (open === null) return
    this.#closeRelay(true)
    this.#open = null
    if (!open.isWhole)
      this.tally.remark('end', 'consensus-cut', 'its end is missing: it can show a relay, never that there was none')
    if (open.validAfter === null || open.validUntil === null || open.validUntil <= open.validAfter) {
      this.tally.remark(
        'head',
        'validity-missing',
        'it does not say for which hours it holds: none of its relays is used',
      )
      return
    }
    this.#done.push(open)
  }

  #address(written: string): string | null {
    const seen = this.#normal.get(written)
    if (seen !== undefined) return seen
    const key = addressKey(written)
    const normal = key === null ? null : addressText(key)
    this.#normal.set(written, normal)
    return normal
  }
}

/** 27 letters of base64 without `=`: the 20 bytes of the relay's identity. */
function fingerprintOf(identity: string): string | null {
  if (!/^[A-Za-z0-9+/]{27}$/.test(identity)) return null
  return Buffer.from(identity, 'base64').toString('hex').toUpperCase()
}

/** Behind the footer come signatures, whose lines are base64. */
const isSignature = (text: string): boolean => /^[A-Za-z0-9+/=]{1,64}$/.test(text)
