import type { ThreeValued } from '@tandem/core'

/** Whether a policy lets anything out: all that is not `reject 1-65535` does (ExoneraTor's rule). */
export const letsSomethingOut = (policy: string | null): ThreeValued =>
  policy === null ? 'not said' : policy === 'reject 1-65535' ? 'no' : 'yes'

/** Whether it lets out to this port. */
export function letsOutTo(policy: string | null, port: number): ThreeValued {
  if (policy === null) return 'not said'
  const [rule = '', ports = ''] = policy.split(' ')
  const isNamed = ports.split(',').some((range) => {
    const [low = '', high = low] = range.split('-')
    return Number(low) <= port && port <= Number(high)
  })
  return isNamed === (rule === 'accept') ? 'yes' : 'no'
}
