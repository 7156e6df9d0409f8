/** What became of referrals that ranked low, drawn by lot or not. */
export interface SliceOutcome {
  /** People found that they matter. */
  readonly mattered: number
  /** Decided on otherwise. */
  readonly nothing: number
  /** Nobody has decided yet. */
  readonly waiting: number
}

/** A share with its interval of 95 in 100, from 0 to 1. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

export interface SliceJudged {
  /**
   * Of those drawn, how many matter: `share` of the decided ones; the interval holds whatever those turn out to be that still
   * wait. Null where too few were decided to say.
   */
  readonly share: Share | null
  /** Of those not drawn that still wait, how many may matter, less those that people found; null with the share. */
  readonly mayMatter: { readonly low: number; readonly high: number } | null
  /** So many of those drawn still wait that the share may be wrong. */
  readonly isIncomplete: boolean
}

/** With 30 decided on and none that mattered, the share may still be 11 in 100: fewer say nothing. */
export const fewestDecided = 30
/** Who waits may be the hard ones. */
const mostWaiting = 0.1

/**
 * What the low ranks hold, judged from those drawn by lot alone: whoever was not drawn was picked by people, so a share
 * among them says what people pick and not what there is.
 */
export function judgeSlice(drawn: SliceOutcome, others: SliceOutcome): SliceJudged {
  const decided = drawn.mattered + drawn.nothing
  const isIncomplete = drawn.waiting > mostWaiting * (decided + drawn.waiting)
  if (decided < fewestDecided) return { share: null, mayMatter: null, isIncomplete }
  // Some outcomes come sooner than others: who waits may turn out either way.
  const all = decided + drawn.waiting
  const share = {
    share: drawn.mattered / decided,
    low: wilson(drawn.mattered, all).low,
    high: wilson(drawn.mattered + drawn.waiting, all).high,
  }
  // The share is of all that rank low. People pick what they look at, so what they leave is another mixture.
  const received = others.mattered + others.nothing + others.waiting
  const left = (part: number): number => Math.min(others.waiting, Math.max(0, part * received - others.mattered))
  const mayMatter = { low: Math.floor(left(share.low)), high: Math.ceil(left(share.high)) }
  return { share, mayMatter, isIncomplete }
}

/** Score interval of a share (Wilson 1927), at 95 in 100: it stays between 0 and 1 and holds for small counts too. */
export function wilson(hits: number, of: number): Share {
  if (!Number.isSafeInteger(of) || !Number.isSafeInteger(hits) || of < 1 || hits < 0 || hits > of)
    throw new TypeError('a share is of at least one, and of no more than there are')
  const z = 1.959963984540054
  const share = hits / of
  const square = (z * z) / of
  const middle = (share + square / 2) / (1 + square)
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of))
  // Rounding must not say that what was seen is impossible.
  return { share, low: hits === 0 ? 0 : middle - half, high: hits === of ? 1 : middle + half }
}
