import type { Completeness } from './completeness.ts'

export interface Chased {
  /** The sender's own reference. */
  readonly reference: string | null
  /** Our number of it. */
  readonly number: number
  /** Date as people write it. */
  readonly received: string
}

/**
 * A message to the sender that lists what is missing, essentials first; null when nothing is. It repeats nothing of the
 * report but its reference, so that it can go by ordinary mail, and nobody but a person sends it.
 */
export function chaserOf({ answers }: Completeness, { reference, number, received }: Chased): string | null {
  const open = answers.filter(({ state }) => state === 'missing' || state === 'in part')
  if (open.length === 0) return null
  const lines = [...open.filter(({ essential }) => essential), ...open.filter(({ essential }) => !essential)].map(
    ({ request, state, lacks }, index) =>
      `${index + 1}. ${request}${state === 'in part' && lacks !== null ? ` (still missing: ${lacks})` : ''}`,
  )
  const yours = reference === null ? 'your report' : `your report ${reference}`
  return `Re: ${yours}, received ${received}, our number ${number}

Thank you for this report. To act on it we still need, where you hold it:

${lines.join('\n')}

Where you do not hold something, please say so: that is an answer. Please send it as a supplementary report that names your
reference. Send fingerprints and text only, never the material itself.
`
}
