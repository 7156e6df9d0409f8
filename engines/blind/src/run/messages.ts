import { type Check, hexText, integer, oneOf, record, text } from '../wire/shape.ts'
import { mostPlaces } from './request.ts'

/** A side's list, fixed before the key of the run exists. */
export type Committed = {
  readonly version: 1
  readonly run: string
  readonly side: 'asker' | 'holder'
  readonly size: number
  readonly root: string
  /** What the ledger of that side gave for it: a proof that an outsider can check (C2SP tlog-proof, say). */
  readonly receipt: string
}

export const isCommitted: Check<Committed> = record<Committed>({
  version: oneOf(1),
  run: hexText(32),
  side: oneOf('asker', 'holder'),
  size: integer(16, mostPlaces),
  root: hexText(32),
  receipt: text(32 * 1024, /^[^\0]+$/),
})

/** The last word of a side: which messages it saw; from the holder also which key it used and that it is gone. */
export type Closing = {
  readonly version: 1
  readonly run: string
  readonly side: 'asker' | 'holder'
  readonly transcript: string
  /** Of the holder; the asker has none and writes `-`. */
  readonly publicKey: string
  readonly keyDestroyed: boolean
}

export const isClosing: Check<Closing> = record<Closing>({
  version: oneOf(1),
  run: hexText(32),
  side: oneOf('asker', 'holder'),
  transcript: hexText(32),
  publicKey: text(64, /^(?:[0-9a-f]{64}|-)$/),
  keyDestroyed: oneOf(true, false),
})
