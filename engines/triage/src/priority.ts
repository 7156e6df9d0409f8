import { isHigher, type Priority } from '@tandem/core'
import type { OpenGate } from './tally.ts'

/** What the engine says, with the gates that stand open. */
export interface Computed {
  readonly level: Priority
  readonly openGates: readonly OpenGate[]
}

/** What a person set, and what that person had before their eyes. */
export interface Confirmed {
  readonly level: Priority
  readonly saw: { readonly declared: Priority | null; readonly computed: Computed }
}

export interface EffectivePriority {
  readonly level: Priority
  readonly from: 'declared' | 'computed' | 'confirmed' | 'standing'
  /** Something rose after a person had confirmed: look again. */
  readonly risenSinceConfirmed: boolean
  readonly says: string
}

/**
 * The priority that orders work. Until a person confirms: the higher of declared and computed. Afterwards the
 * person's level holds against everything the person saw; only what is new and higher raises it again.
 * Nothing but a person lowers what stands: not a calming supplement, not the passing of time.
 */
export function effectivePriority(of: {
  readonly declared: Priority | null
  readonly computed: Computed
  readonly confirmed: Confirmed | null
  /** The effective priority in force until now: null for a new referral, the set level after a person's decision. */
  readonly standing: Priority | null
}): EffectivePriority {
  const found = of.confirmed === null ? unconfirmed(of.declared, of.computed) : sinceConfirmed(of, of.confirmed)
  if (of.standing === null || !isHigher(of.standing, found.level)) return found
  return {
    level: of.standing,
    from: 'standing',
    risenSinceConfirmed: of.confirmed !== null && isHigher(of.standing, of.confirmed.level),
    says: `Was ${of.standing} and would now be ${found.level}; only a person lowers it.`,
  }
}

function unconfirmed(declared: Priority | null, computed: Computed): EffectivePriority {
  if (declared !== null && isHigher(declared, computed.level)) {
    return {
      level: declared,
      from: 'declared',
      risenSinceConfirmed: false,
      says: `The sender declared ${declared}; the computed ${computed.level} does not lower it. Nobody has confirmed it yet.`,
    }
  }
  const says = 'Computed; nobody has confirmed it yet.'
  return { level: computed.level, from: 'computed', risenSinceConfirmed: false, says }
}

function sinceConfirmed(
  { declared, computed }: { readonly declared: Priority | null; readonly computed: Computed },
  confirmed: Confirmed,
): EffectivePriority {
  const newGate = computed.openGates
    .filter((gate) => !confirmed.saw.computed.openGates.some((seen) => seen.factor === gate.factor))
    .map((gate) => gate.priority)
    .reduce<Priority | null>((highest, level) => (isHigher(level, highest) ? level : highest), null)
  const risen = isHigher(computed.level, confirmed.saw.computed.level) ? computed.level : newGate
  const declaredRose = declared !== null && isHigher(declared, confirmed.saw.declared)
  if (risen !== null && isHigher(risen, confirmed.level) && !(declaredRose && isHigher(declared, risen))) {
    return {
      level: risen,
      from: 'computed',
      risenSinceConfirmed: true,
      says: `Rose to ${risen} after a person had set ${confirmed.level}: something is new since then.`,
    }
  }
  if (declaredRose && isHigher(declared, confirmed.level)) {
    return {
      level: declared,
      from: 'declared',
      risenSinceConfirmed: true,
      says: `A sender declared ${declared} after a person had set ${confirmed.level}.`,
    }
  }
  return { level: confirmed.level, from: 'confirmed', risenSinceConfirmed: false, says: 'Set by a person.' }
}

/** `from` is the effective priority before the step. Taking anything out of P1 needs a second person. */
export const mayConfirm = (step: { readonly from: Priority; readonly to: Priority }): 'one person' | 'two people' =>
  step.from === 'P1' && step.to !== 'P1' ? 'two people' : 'one person'
