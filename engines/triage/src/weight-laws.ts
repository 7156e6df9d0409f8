import { flagNames, numberNames } from './facts.ts'
import type { WeightFault } from './parse-weights.ts'
import { type Axis, type AxisPoints, axes, type FactorRule, type WeightSet } from './weight-set.ts'

/**
 * What no weight file may break, whoever wrote it: silence never lowers, a risk never lowers, a protective
 * statement never raises, a gate stays on the child's axis, and every fact has its place.
 */
export function lawsBroken(weights: WeightSet): WeightFault[] {
  const faults: WeightFault[] = []
  const fault = (field: string, says: string): void => void faults.push({ field, says })

  if (weights.band.from >= weights.band.to) fault('$.band', 'must run from a lower to a higher value')
  const { P1, P2, P3 } = weights.clocks.firstDecisionMinutes
  if (P1 > P2 || P2 > P3) fault('$.clocks.firstDecisionMinutes', 'a higher priority cannot have the longer clock')

  weights.thresholds.forEach((threshold, index) => {
    if (threshold.atLeast <= 0) fault(`$.thresholds[${index}].atLeast`, 'must be above 0: silence may not reach it')
    if (threshold.priority === 'P1' && threshold.axis !== 'child urgency') {
      fault(`$.thresholds[${index}].axis`, 'P1 is risk to a person: only child urgency can reach it')
    }
  })
  repeated(weights.groups.map((group) => group.group)).forEach((name) => {
    fault('$.groups', `"${name}" is listed twice`)
  })
  repeated(weights.factors.map((rule) => rule.factor)).forEach((name) => {
    fault('$.factors', `"${name}" is listed twice`)
  })
  for (const name of [...flagNames, ...numberNames]) {
    if (!weights.factors.some((rule) => rule.factor === name)) fault('$.factors', `"${name}" is missing`)
  }
  weights.factors.forEach((rule, index) => {
    const path = `$.factors[${index}]`
    for (const [field, says] of ruleFaults(rule)) fault(`${path}${field}`, says)
    if (rule.group === null) return
    const group = weights.groups.find((one) => one.group === rule.group)
    if (group === undefined) fault(`${path}.group`, `"${rule.group}" is not in $.groups`)
    else if (rule.kind !== 'risk') fault(`${path}.group`, 'only a risk saturates')
    for (const axis of axes) {
      const needsCap = allPoints(rule, axis).length > 0
      if (group !== undefined && needsCap && (group.caps[axis] ?? -1) < 0) {
        fault(`${path}.group`, `"${rule.group}" has no cap of 0 or more for ${axis}`)
      }
    }
  })
  return faults
}

function ruleFaults(rule: FactorRule): [field: string, says: string][] {
  const faults: [string, string][] = []
  const numbers = axes.flatMap((axis) => allPoints(rule, axis))
  if (rule.kind === 'context' && numbers.some((points) => points !== 0)) {
    faults.push(['', 'a context factor moves nothing: all points must be 0'])
  }
  if (rule.gate !== null && rule.kind !== 'risk') faults.push(['.gate', 'only a risk can be a gate'])
  if (rule.type === 'number') return [...faults, ...stepFaults(rule)]
  if (axes.every((axis) => rule.points[axis] === undefined)) faults.push(['.points', 'must name an axis'])
  if (rule.gate !== null && rule.points['child urgency'] === undefined) {
    faults.push(['.points', 'a gate must stand on child urgency'])
  }
  for (const axis of axes) {
    const pair = rule.points[axis]
    if (pair === undefined) continue
    const at = `.points.${axis}`
    if (rule.kind === 'risk' && pair.yes < 0) faults.push([`${at}.yes`, 'a risk never lowers'])
    if (rule.kind === 'risk' && pair.no > 0) faults.push([`${at}.no`, 'a stated no never raises'])
    if (rule.kind === 'protective' && pair.yes > 0) faults.push([`${at}.yes`, 'a protective statement never raises'])
    if (rule.kind === 'protective' && pair.no !== 0)
      faults.push([`${at}.no`, 'must be 0: silence may not rank below no'])
  }
  return faults
}

function stepFaults(rule: Extract<FactorRule, { type: 'number' }>): [field: string, says: string][] {
  const faults: [string, string][] = []
  if (rule.gate !== null) faults.push(['.gate', 'a number is no gate: state the fact as yes or no'])
  if (rule.kind === 'protective') faults.push(['.kind', 'a number cannot be protective'])
  rule.steps.forEach((step, index) => {
    const before = rule.steps[index - 1]
    if (before !== undefined && (rule.reachedWhen === 'at least' ? step.at <= before.at : step.at >= before.at)) {
      faults.push([`.steps[${index}].at`, 'must lie beyond the step before'])
    }
    for (const axis of axes) {
      if (pointsOn(step.points, axis) < (before === undefined ? 0 : pointsOn(before.points, axis))) {
        faults.push([`.steps[${index}].points.${axis}`, 'must not be lower than the step before'])
      }
    }
  })
  return faults
}

const pointsOn = (points: AxisPoints, axis: Axis): number => points[axis] ?? 0

const allPoints = (rule: FactorRule, axis: Axis): number[] => {
  if (rule.type === 'number') {
    return rule.steps.flatMap((step) => (step.points[axis] === undefined ? [] : [step.points[axis]]))
  }
  const pair = rule.points[axis]
  return pair === undefined ? [] : [pair.yes, pair.no]
}

const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index)
