import type { Check, KeyHealth } from '@tandem/work'
import type { KeyState } from './key-state.ts'

/** Key and seal state of each agency, in words for the health page. */
export function keyChecks(states: readonly KeyState[], mode: 'training' | 'live'): Check[] {
  return states.map((state) => ({ name: `keys of ${state.name}`, ...wordsOf(state, mode) }))
}

/** For every officer of the cell: how many, and never who. */
export function keyHealth(states: readonly KeyState[]): KeyHealth[] {
  return states.map(({ name, state, holder, threshold, officers, missing, rotation, openUntil }) => ({
    agency: name,
    state,
    openedBy: holder,
    threshold,
    holders: officers.length,
    missing,
    rotation,
    openUntil,
  }))
}

function wordsOf(state: KeyState, mode: 'training' | 'live'): Omit<Check, 'name'> {
  const { threshold, missing, newShares, openUntil, name } = state
  if (openUntil !== null) {
    return {
      state: 'bad',
      says: `OPENED BY BREAK-GLASS for a few named records until ${openUntil}. This alarm cannot be muted.`,
      remedy: 'Both agencies review the opening within 72 hours.',
    }
  }
  if (state.underReview !== null) {
    return {
      state: 'bad',
      says: `Break-glass opened records of this agency; it ended at ${state.underReview}. ${state.state === 'sealed' ? 'Its keys are sealed again. ' : ''}This alarm cannot be muted.`,
      remedy:
        'Both agencies review the opening within 72 hours: it stands in both ledgers, with its signed statement among the keys.',
    }
  }
  if (state.state === 'sealed') {
    return {
      state: 'bad',
      says: `Sealed: ${missing} of ${threshold ?? '?'} shares ${missing === 1 ? 'is' : 'are'} missing. Nothing of this agency can be read or taken in; other agencies work on.`,
      remedy: `Its officers bring their shares, on the machine of the cell: tandem unseal --agency "${name}"`,
    }
  }
  if (state.holder === 'this machine') {
    return mode === 'training'
      ? { state: 'good', says: 'Open. A training cell opens its own keys; a live one waits for its officers.' }
      : {
          state: 'warning',
          says: 'Open, but this machine itself holds the root: whoever is root here can read everything of this agency.',
          remedy: `Give the root to its officers: tandem keys shares --agency "${name}"`,
        }
  }
  if (newShares !== null) {
    return {
      state: 'warning',
      says: `Open. New shares for ${newShares.officers.length} officers were printed and have not opened the keys yet: the old ones still do.`,
      remedy: `Bring ${newShares.threshold} of the new ones once: tandem unseal --agency "${name}"`,
    }
  }
  return {
    state: 'good',
    says: `Open. ${threshold} of ${state.officers.length} officers open it at a start; ${state.module === null ? 'no machine holds the root' : `the root is in the hardware module ${state.module}`}. Rotation ${state.rotation}.`,
  }
}
