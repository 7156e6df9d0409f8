import { err, ok, type Priority, type Result } from '@tandem/core'
import { flagNames, type InstantName, instantNames, numberNames } from './facts.ts'
import { lawsBroken } from './weight-laws.ts'
import {
  type AxisPoints,
  axes,
  type FactorKind,
  type FactorRule,
  type FlagPoints,
  type FlagRule,
  type NumberRule,
  type SaturationGroup,
  type Sentences,
  type Threshold,
  type WeightSet,
} from './weight-set.ts'

/** `field` is the path in the weight file, `says` what is wrong with it. */
export interface WeightFault {
  readonly field: string
  readonly says: string
}

/** Reads a weight file. All faults are reported at once, each with its field. */
export function parseWeights(json: unknown): Result<WeightSet, readonly WeightFault[]> {
  const faults: WeightFault[] = []
  const file = new Reader(json, '$', faults)
  file.only(['id', 'declaration', 'band', 'thresholds', 'groups', 'clocks', 'factors'])
  const band = file.object('band', ['from', 'to'])
  const weights: WeightSet = {
    id: file.text('id'),
    declaration: file.text('declaration'),
    band: { from: band.points('from'), to: band.points('to') },
    thresholds: file.list('thresholds', ['priority', 'axis', 'atLeast', 'why']).map(readThreshold),
    groups: file.list('groups', ['group', 'caps', 'why']).map(readGroup),
    clocks: readClocks(
      file.object('clocks', ['firstDecisionMinutes', 'safeguardingMinutes', 'providerDataYears', 'sources']),
    ),
    factors: file.list('factors', null).map(readFactor),
  }
  if (faults.length === 0) faults.push(...lawsBroken(weights))
  return faults.length === 0 ? ok(weights) : err(faults)
}

const readThreshold = (at: Reader): Threshold => ({
  priority: at.oneOf('priority', ['P1', 'P2']),
  axis: at.oneOf('axis', axes),
  atLeast: at.points('atLeast'),
  why: at.text('why'),
})

const readGroup = (at: Reader): SaturationGroup => ({
  group: at.text('group'),
  caps: readAxisPoints(at.object('caps', axes)),
  why: at.text('why'),
})

function readClocks(at: Reader): WeightSet['clocks'] {
  const first = at.object('firstDecisionMinutes', ['P1', 'P2', 'P3'])
  const safeguarding = at.object('safeguardingMinutes', ['P1', 'P2'])
  const sources = at.object('sources', ['firstDecision', 'safeguarding', 'providerData'])
  const minutes = (of: Reader, level: Priority): number => of.whole(level, 1)
  return {
    firstDecisionMinutes: { P1: minutes(first, 'P1'), P2: minutes(first, 'P2'), P3: minutes(first, 'P3') },
    safeguardingMinutes: { P1: minutes(safeguarding, 'P1'), P2: minutes(safeguarding, 'P2') },
    providerDataYears: at.whole('providerDataYears', 1),
    sources: {
      firstDecision: sources.text('firstDecision'),
      safeguarding: sources.text('safeguarding'),
      providerData: sources.text('providerData'),
    },
  }
}

const common = ['factor', 'kind', 'gate', 'group', 'says', 'why', 'source']
const kinds: readonly FactorKind[] = ['risk', 'protective', 'context']

function readFactor(at: Reader): FactorRule {
  const shared = {
    kind: at.oneOf('kind', kinds),
    gate: at.isNull('gate') ? null : at.oneOf('gate', ['P1', 'P2'] as const),
    group: at.isNull('group') ? null : at.text('group'),
    says: readSentences(at.object('says', ['yes', 'no', 'not said'])),
    why: at.text('why'),
    source: at.text('source'),
  }
  return at.has('steps') ? readNumberRule(at, shared) : readFlagRule(at, shared)
}

type Shared = Pick<FactorRule, 'kind' | 'gate' | 'group' | 'says' | 'why' | 'source'>

function readFlagRule(at: Reader, shared: Shared): FlagRule {
  at.only([...common, 'points', 'recent'])
  const points = at.object('points', axes)
  const recent = at.isNull('recent') ? null : at.object('recent', ['instant', 'days'])
  let of: FlagPoints = {}
  for (const axis of axes) {
    if (!points.has(axis)) continue
    const pair = points.object(axis, ['yes', 'no'])
    of = { ...of, [axis]: { yes: pair.points('yes'), no: pair.points('no') } }
  }
  return {
    type: 'flag',
    factor: at.oneOf('factor', flagNames),
    ...shared,
    points: of,
    recent:
      recent === null
        ? null
        : { instant: recent.oneOf<InstantName>('instant', instantNames), days: recent.whole('days', 1) },
  }
}

function readNumberRule(at: Reader, shared: Shared): NumberRule {
  at.only([...common, 'reachedWhen', 'steps'])
  return {
    type: 'number',
    factor: at.oneOf('factor', numberNames),
    ...shared,
    reachedWhen: at.oneOf('reachedWhen', ['at least', 'at most']),
    steps: at.list('steps', ['at', 'points']).map((step) => ({
      at: step.whole('at', 0),
      points: readAxisPoints(step.object('points', axes)),
    })),
  }
}

const readSentences = (at: Reader): Sentences => ({
  yes: at.text('yes'),
  no: at.text('no'),
  'not said': at.text('not said'),
})

function readAxisPoints(at: Reader): AxisPoints {
  let of: AxisPoints = {}
  for (const axis of axes) if (at.has(axis)) of = { ...of, [axis]: at.points(axis) }
  return of
}

type Fields = { readonly [name: string]: unknown }
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Walks the file; a wrong field becomes a fault with its path and a stand-in, so that the walk goes on. */
class Reader {
  readonly #fields: Fields
  readonly #path: string
  readonly #faults: WeightFault[]

  constructor(value: unknown, path: string, faults: WeightFault[]) {
    this.#path = path
    this.#faults = faults
    this.#fields = isFields(value) ? value : {}
    if (!isFields(value)) this.#fault(null, 'must be an object')
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name)
  }

  isNull(name: string): boolean {
    return !this.has(name) || this.#fields[name] === null
  }

  only(names: readonly string[]): void {
    for (const name of Object.keys(this.#fields)) if (!names.includes(name)) this.#fault(name, 'is not a known field')
  }

  text(name: string): string {
    const value = this.#fields[name]
    if (typeof value === 'string' && value.trim() !== '') return value
    this.#fault(name, 'must be a text that says something')
    return ''
  }

  whole(name: string, least: number): number {
    const value = this.#fields[name]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
    this.#fault(name, `must be a whole number of ${least} or more`)
    return least
  }

  /** Quarters of log-odds; the bound keeps every sum within five digits. */
  points(name: string): number {
    const value = this.#fields[name]
    if (typeof value === 'number' && value % 25 === 0 && Math.abs(value) <= 1000) return value
    this.#fault(name, 'must be hundredths of log-odds in steps of 25, between -1000 and 1000')
    return 0
  }

  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]] | readonly T[]): T {
    const value = this.#fields[name]
    const found = allowed.find((one) => one === value)
    if (found !== undefined) return found
    this.#fault(name, `must be one of: ${allowed.join(', ')}`)
    const [standIn] = allowed
    if (standIn === undefined) throw new TypeError('a choice needs at least one value')
    return standIn
  }

  object(name: string, names: readonly string[]): Reader {
    const inner = new Reader(this.#fields[name], `${this.#path}.${name}`, this.#faults)
    inner.only(names)
    return inner
  }

  list(name: string, names: readonly string[] | null): Reader[] {
    const value = this.#fields[name]
    if (!Array.isArray(value)) {
      this.#fault(name, 'must be a list')
      return []
    }
    return value.map((item, index) => {
      const inner = new Reader(item, `${this.#path}.${name}[${index}]`, this.#faults)
      if (names !== null) inner.only(names)
      return inner
    })
  }

  #fault(name: string | null, says: string): void {
    this.#faults.push({ field: name === null ? this.#path : `${this.#path}.${name}`, says })
  }
}
