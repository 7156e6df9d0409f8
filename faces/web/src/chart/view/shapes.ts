/** A shape round (0, 0) within radius 1: a circle, or corners as x, y, x, y. */
export interface Shape {
  readonly says: string
  readonly corners: readonly number[] | 'circle'
  /** A ring round the shape. */
  readonly ring?: true
  /** The name of its colour among the tokens (`--chart-…`). */
  readonly colour: string
  /** How large beside an ordinary node. */
  readonly size: number
}

const regular = (sides: number, turned = 0): number[] =>
  Array.from({ length: sides }, (_, side) => {
    const angle = -Math.PI / 2 + turned + (side * 2 * Math.PI) / sides
    return [Math.cos(angle), Math.sin(angle)]
  }).flat()

const star = (points: number, inner: number): number[] =>
  Array.from({ length: points * 2 }, (_, at) => {
    const angle = -Math.PI / 2 + (at * Math.PI) / points
    const radius = at % 2 === 0 ? 1 : inner
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  }).flat()

const plus = [
  -0.36, -1, 0.36, -1, 0.36, -0.36, 1, -0.36, 1, 0.36, 0.36, 0.36, 0.36, 1, -0.36, 1, -0.36, 0.36, -1, 0.36,
].concat([-1, -0.36, -0.36, -0.36])

/** Style by rule: every kind differs in shape and in colour, so that neither is needed alone. */
export const shapes = {
  subject: { says: 'ringed circle', corners: 'circle', ring: true, colour: 'subject', size: 1.3 },
  persona: { says: 'circle', corners: 'circle', colour: 'persona', size: 1.1 },
  account: { says: 'square', corners: regular(4, Math.PI / 4), colour: 'account', size: 1.15 },
  phone: { says: 'triangle', corners: regular(3), colour: 'phone', size: 1.2 },
  email: { says: 'diamond', corners: regular(4), colour: 'email', size: 1.1 },
  ip: { says: 'hexagon', corners: regular(6), colour: 'ip', size: 1.05 },
  device: { says: 'lying rectangle', corners: [-1.1, -0.6, 1.1, -0.6, 1.1, 0.6, -1.1, 0.6], colour: 'device', size: 1 },
  hash: { says: 'plus', corners: plus, colour: 'hash', size: 1 },
  payment: { says: 'triangle on its tip', corners: regular(3, Math.PI), colour: 'payment', size: 1.2 },
  referral: {
    says: 'page with a cut corner',
    corners: [-0.75, -1, 0.25, -1, 0.75, -0.5, 0.75, 1, -0.75, 1],
    colour: 'referral',
    size: 1.05,
  },
  group: { says: 'ringed octagon', corners: regular(8, Math.PI / 8), ring: true, colour: 'group', size: 1.7 },
  other: { says: 'star', corners: star(5, 0.45), colour: 'other', size: 1.15 },
} as const satisfies Record<string, Shape>

export type ShapeName = keyof typeof shapes
export const shapeNames: readonly ShapeName[] = [
  'subject',
  'persona',
  'account',
  'phone',
  'email',
  'ip',
  'device',
  'hash',
  'payment',
  'referral',
  'group',
  'other',
]

const numberOf: ReadonlyMap<string, number> = new Map(shapeNames.map((name, at) => [name, at]))

export const shapeNumber = (kind: string): number => {
  return numberOf.get(kind) ?? shapeNames.length - 1
}
export const shapeOf = (kind: string): Shape => shapes[shapeNames[shapeNumber(kind)] ?? 'other']

/** How a kind of link is drawn: its colour, its dashes, how thick. */
export interface Line {
  readonly says: string
  readonly colour: string
  readonly dashes: readonly number[]
  readonly width: number
}

export const lines = {
  'same-person': { says: 'thick line', colour: 'same-person', dashes: [], width: 2.5 },
  'same-account': { says: 'line', colour: 'same-account', dashes: [], width: 1.5 },
  'same-device': { says: 'long dashes', colour: 'same-device', dashes: [9, 4], width: 1.5 },
  household: { says: 'dots', colour: 'household', dashes: [2, 3], width: 1.5 },
  contact: { says: 'thin line', colour: 'contact', dashes: [], width: 1 },
  'shared-file': { says: 'dash and dot', colour: 'shared-file', dashes: [8, 3, 2, 3], width: 1.5 },
  payment: { says: 'arrow, short dashes', colour: 'money', dashes: [5, 3], width: 1.5 },
  'shared-payment': { says: 'thick short dashes', colour: 'money', dashes: [4, 4], width: 2.5 },
  mentions: { says: 'arrow, wide dots', colour: 'mentions', dashes: [1, 5], width: 1 },
} as const satisfies Record<string, Line>
