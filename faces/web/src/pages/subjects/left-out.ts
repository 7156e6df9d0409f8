import { many } from '../../text/words.ts'

/** What was asked of a node, and how much of the answer was beyond the limit. */
export interface Look<Part extends LeftOut = LeftOut> {
  readonly node: string
  readonly part: Part
}

interface LeftOut {
  readonly leftOut: number
  readonly leftOutBy: readonly { readonly kind: string; readonly links: number }[]
}

/** A second look at a node stands for the first: nobody is counted twice. */
export function leftOutOf(looks: readonly Look[]): string | null {
  const last = [...new Map(looks.map(({ node, part }) => [node, part])).values()]
  const neighbours = last.reduce((sum, { leftOut }) => sum + leftOut, 0)
  if (neighbours === 0) return null
  const by = new Map<string, number>()
  for (const { kind, links } of last.flatMap(({ leftOutBy }) => leftOutBy)) by.set(kind, (by.get(kind) ?? 0) + links)
  const kinds = [...by].map(([kind, links]) => `${kind} ${links}`).join(', ')
  return `${many(neighbours, 'neighbour')} counted and not drawn, by these links: ${kinds}.`
}
