import type { Hundredths } from '../weight-set.ts'
import { lnHundredths } from './logarithm.ts'
import type { Thousandths } from './pool.ts'

/** What an agency knows of its own reviews: measured, or assumed and said so. */
export interface LookModel {
  /** How often a look at one referral of a dangerous person shows the danger. */
  readonly tells: Thousandths
  /** What each further referral of the same person costs in the same look, where the first costs 1000. */
  readonly furtherCost: Thousandths
}

/** A look that tells nothing would never be worth its cost, and one that surely tells is still no proof. */
export const usualLook: LookModel = { tells: 350, furtherCost: 100 }

export interface LookChoice {
  /** How many referrals to look at together. */
  readonly referrals: number
  readonly cost: Thousandths
  /** Chance that the look shows a danger that is there. */
  readonly shows: Thousandths
  /** ln(shows / cost): what this look is worth beside one that surely tells at the cost of one. */
  readonly hundredths: Hundredths
}

/**
 * How many of a person's referrals are worth looking at together. Where one look tells nearly all it is one, and linking
 * only orders; where one look tells little it is more. `links` are those of the referrals not yet looked at, best first.
 */
export function chooseLook(links: readonly Thousandths[], model: LookModel): LookChoice {
  let best: LookChoice = { referrals: 0, cost: 0, shows: 0, hundredths: 0 }
  let missed = 1_000_000_000
  for (let at = 0; at < links.length; at++) {
    // Nine digits: each step rounds the chance of missing up, so a further referral never looks better than it is.
    missed = Math.ceil((missed * (1_000_000 - model.tells * (links[at] ?? 0))) / 1_000_000)
    const shown = 1_000_000_000 - missed
    if (shown < 1_000_000) continue
    const cost = 1000 + model.furtherCost * at
    const hundredths = lnHundredths(shown, cost * 1_000_000)
    if (best.referrals === 0 || hundredths > best.hundredths) {
      best = { referrals: at + 1, cost, shows: Math.trunc(shown / 1_000_000), hundredths }
    }
  }
  return best
}

/** What a look that showed nothing takes away: never all, since the link may be wrong. */
export function afterLook(link: Thousandths, model: LookModel): Hundredths {
  const missed = Math.max(20_000, 1_000_000 - model.tells * link)
  return lnHundredths(missed, 1_000_000)
}
