import type { Factor, Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { many } from '../../text/words.ts'
import { axisNumber } from '../../ui/axis.tsx'
import { Hint } from '../../ui/hint.tsx'

type Score = Referral['score']

const axes = [
  { axis: 'child urgency', title: 'Child urgency', total: (score: Score) => score.childUrgency },
  { axis: 'offender danger', title: 'Offender danger', total: (score: Score) => score.offenderDanger },
] as const

/**
 * The factors of each axis, one under the other, each starting where the last one ended: they add up to the score.
 * What weighs most comes first; what moved nothing is folded away below.
 */
export function Waterfall({ score, brief = false }: { score: Score; brief?: boolean }) {
  return (
    <div className="waterfalls">
      {axes.map(({ axis, title, total }) => (
        <AxisTable
          key={axis}
          title={title}
          total={total(score)}
          factors={score.factors.filter((factor) => factor.axis === axis)}
          brief={brief}
        />
      ))}
    </div>
  )
}

interface Step {
  readonly factor: Factor
  readonly from: number
  readonly to: number
}

export function stepsOf(factors: readonly Factor[]): Step[] {
  let sum = 0
  return factors.map((factor) => {
    const from = sum
    sum += factor.contribution
    return { factor, from, to: sum }
  })
}

function AxisTable({
  title,
  total,
  factors,
  brief,
}: {
  title: string
  total: number
  factors: readonly Factor[]
  brief: boolean
}) {
  const speaks = (factor: Factor) => factor.contribution !== 0 || factor.gate !== undefined
  const speaking = factors.filter(speaks).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const silent = brief ? [] : factors.filter((factor) => !speaks(factor))
  const steps = stepsOf(speaking)
  const ends = steps.flatMap((step) => [step.from, step.to])
  const least = Math.min(0, ...ends)
  const width = Math.max(1, Math.max(0, ...ends) - least)
  const sum = factors.reduce((all, factor) => all + factor.contribution, 0)
  return (
    <>
      <table className="waterfall">
        <caption>
          {title} <span className="number">{axisNumber(total)}</span>
        </caption>
        {steps.length === 0 ? null : (
          <thead>
            <tr>
              <th scope="col">Factor</th>
              <th scope="col" className="waterfall-said">
                Said
              </th>
              <th scope="col" className="waterfall-weight end">
                Log-odds
              </th>
              <td aria-hidden="true" className="waterfall-room" />
            </tr>
          </thead>
        )}
        <tbody>
          {steps.map((step) => (
            <tr key={step.factor.factor} className={step.factor.contribution === 0 ? 'silent' : ''}>
              <th scope="row">
                <FactorName of={step.factor} />
              </th>
              <td>{step.factor.value}</td>
              <td className="end number">{axisNumber(step.factor.contribution)}</td>
              <td aria-hidden="true" className="waterfall-bar">
                {step.to === step.from ? null : (
                  <span
                    className={step.to < step.from ? 'bar-down' : 'bar-up'}
                    style={{
                      left: `${((Math.min(step.from, step.to) - least) / width) * 100}%`,
                      width: `${(Math.abs(step.to - step.from) / width) * 100}%`,
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
          {steps.length === 0 ? (
            <tr>
              <td colSpan={4} className="dim">
                Nothing that is stated weighs here.
              </td>
            </tr>
          ) : null}
        </tbody>
        {brief || steps.length === 0 ? null : (
          <tfoot>
            <tr>
              <th scope="row">Sum</th>
              <td>{sum === total ? '' : `stored score ${axisNumber(total)} differs`}</td>
              <td className="end number">{axisNumber(sum)}</td>
              <td aria-hidden="true" />
            </tr>
          </tfoot>
        )}
      </table>
      {silent.length === 0 ? null : <SilentFactors title={title} factors={silent} />}
    </>
  )
}

/** What did not move this axis, folded away: absent is not false, so it can be looked up. */
function SilentFactors({ title, factors }: { title: string; factors: readonly Factor[] }) {
  return (
    <details className="folded-away">
      <summary>
        {many(factors.length, 'factor')} moved nothing on {title.toLowerCase()}
      </summary>
      <ul className="plain-list">
        {factors.map((factor) => (
          <li key={factor.factor} className="dim">
            <FactorName of={factor} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function FactorName({ of }: { of: Factor }) {
  const gate = of.gate === undefined ? null : <span className={`tag tag-gate-${of.gate}`}>at least {of.gate}</span>
  return (
    <Hint
      says={
        of.evidence.length === 0 ? (
          'The report says nothing about this, so it counts as nothing.'
        ) : (
          <ul className="plain-list">
            {of.evidence.map((each) => (
              <li key={each.place}>
                <code>
                  <Safe text={each.place} />
                </code>
                {each.quote === undefined ? null : (
                  <>
                    {' '}
                    “<Safe text={each.quote} />”
                  </>
                )}
              </li>
            ))}
          </ul>
        )
      }
    >
      <Safe text={of.says} /> {gate}
      {of.reduced === undefined ? null : (
        <span className="dim">
          {' '}
          reduced from {axisNumber(of.reduced.from)}: {of.reduced.because}
        </span>
      )}
    </Hint>
  )
}
