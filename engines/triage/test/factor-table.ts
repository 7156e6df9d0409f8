import type { Axis, FactorRule, WeightSet } from '@tandem/triage'

/** The weight file as the table that the documentation shows. */
export function factorTable(weights: WeightSet): string {
  const rows = weights.factors.map((rule) =>
    [
      `\`${rule.factor}\``,
      rule.gate ?? '',
      points(rule, 'child urgency'),
      points(rule, 'offender danger'),
      rule.group ?? '',
      `${rule.why} *${rule.source}.*`,
    ].join(' | '),
  )
  return [
    '| factor | gate | child urgency | offender danger | saturates with | why, and where it comes from |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

function points(rule: FactorRule, axis: Axis): string {
  if (rule.type === 'number') {
    const sign = rule.reachedWhen === 'at least' ? '≥' : '≤'
    return rule.steps
      .flatMap((step) => (step.points[axis] === undefined ? [] : [`${sign} ${step.at}: ${signed(step.points[axis])}`]))
      .join('<br>')
  }
  const pair = rule.points[axis]
  if (pair === undefined) return ''
  return pair.no === 0 ? signed(pair.yes) : `${signed(pair.yes)}, stated no ${signed(pair.no)}`
}

const signed = (hundredths: number): string =>
  hundredths === 0 ? '0' : `${hundredths > 0 ? '+' : '−'}${(Math.abs(hundredths) / 100).toFixed(2)}`
