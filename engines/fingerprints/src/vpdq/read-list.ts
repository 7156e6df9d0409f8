import type { VpdqFrame } from './frame.ts'
import { type Line, LONGEST_LINE, linesOf } from './lines.ts'
import { readLine } from './read-line.ts'

export type VpdqItem =
  | { readonly kind: 'accepted'; readonly line: number; readonly frame: VpdqFrame }
  | { readonly kind: 'remarked'; readonly line: number; readonly frame: VpdqFrame; readonly remarks: readonly string[] }
  | { readonly kind: 'set-aside'; readonly line: number; readonly text: string; readonly reason: string }

/** Every line that is not empty is in exactly one of the three. */
export interface VpdqAccount {
  readonly records: number
  readonly accepted: number
  readonly remarked: number
  readonly setAside: number
}

/** Reads a frame list as it flows in; answers with the account when it has ended. */
export async function* readFrameList(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<VpdqItem, VpdqAccount> {
  const count = { accepted: 0, remarked: 0, 'set-aside': 0 }
  const order = new Order()
  for await (const line of linesOf(source)) {
    const item = readItem(line, order)
    count[item.kind] += 1
    yield item
  }
  const { accepted, remarked, 'set-aside': setAside } = count
  return { records: accepted + remarked + setAside, accepted, remarked, setAside }
}

export interface FrameList {
  readonly frames: readonly VpdqFrame[]
  readonly items: readonly Exclude<VpdqItem, { kind: 'accepted' }>[]
  readonly account: VpdqAccount
}

/** The whole list: its frames, everything that was remarked or set aside, the account. */
export async function gatherFrameList(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<FrameList> {
  const frames: VpdqFrame[] = []
  const items: FrameList['items'][number][] = []
  const reading = readFrameList(source)
  for (;;) {
    const { done, value } = await reading.next()
    if (done === true) return { frames, items, account: value }
    if (value.kind !== 'accepted') items.push(value)
    if (value.kind !== 'set-aside') frames.push(value.frame)
  }
}

function readItem({ number, text, tooLong }: Line, order: Order): VpdqItem {
  const aside = (reason: string): VpdqItem => ({ kind: 'set-aside', line: number, text: text.slice(0, 200), reason })
  if (tooLong) return aside(`The line is longer than ${LONGEST_LINE} characters.`)
  const read = readLine(text)
  if (!read.ok) return aside(read.reason)
  const remarks = [...read.remarks, ...order.remarksOn(read.frame)]
  return remarks.length === 0
    ? { kind: 'accepted', line: number, frame: read.frame }
    : { kind: 'remarked', line: number, frame: read.frame, remarks }
}

/** Frames of one video come in order; a list that jumps back may be several glued together. */
class Order {
  #frame = -1
  #timestamp = -1

  remarksOn({ frame, timestamp }: VpdqFrame): string[] {
    const remarks: string[] = []
    if (frame !== null && frame <= this.#frame) remarks.push(`frame ${frame} comes after frame ${this.#frame}`)
    if (timestamp < this.#timestamp) remarks.push(`the time goes back from ${this.#timestamp} s to ${timestamp} s`)
    if (frame !== null) this.#frame = frame
    this.#timestamp = timestamp
    return remarks
  }
}
