import { err, ok, type Priority, type Result } from '@tandem/core'
import { flagNames, type InstantName, instantNames, numberNames } from './facts.ts'
import { type Fault, JsonReader } from './json-reader.ts'
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
export type WeightFault = Fault

/** Reads a weight file. All faults are reported at once, each with its field. */
export function parseWeights(json: unknown): Result<WeightSet, readonly WeightFault[]> {
  const faults: WeightFault[] = []
  const file = new JsonReader(json, '$', faults)
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

const readThreshold = (at: JsonReader): Threshold => ({
  priority: at.oneOf('priority', ['P1', 'P2']),
  axis: at.oneOf('axis', axes),
  atLeast: at.points('atLeast'),
  why: at.text('why'),
})

const readGroup = (at: JsonReader): SaturationGroup => ({
  group: at.text('group'),
  caps: readAxisPoints(at.object('caps', axes)),
  why: at.text('why'),
})

function readClocks(at: JsonReader): WeightSet['clocks'] {
  const first = at.object('firstDecisionMinutes', ['P1', 'P2', 'P3'])
  const safeguarding = at.object('safeguardingMinutes', ['P1', 'P2'])
  const sources = at.object('sources', ['firstDecision', 'safeguarding', 'providerData'])
  const minutes = (of: JsonReader, level: Priority): number => of.whole(level, 1)
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

function readFactor(at: JsonReader): FactorRule {
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

function readFlagRule(at: JsonReader, shared: Shared): FlagRule {
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

function readNumberRule(at: JsonReader, shared: Shared): NumberRule {
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

const readSentences = (at: JsonReader): Sentences => ({
  yes: at.text('yes'),
  no: at.text('no'),
  'not said': at.text('not said'),
})

function readAxisPoints(at: JsonReader): AxisPoints {
  let of: AxisPoints = {}
  for (const axis of axes) if (at.has(axis)) of = { ...of, [axis]: at.points(axis) }
  return of
}
