import { at, exactly, type Scene } from './gate-checks.ts'
import type { Check } from './gate-scene.ts'

/** The quota of another agency's questions: all or none, under an authority and a purpose, a window at a time. */
export function questionChecks({ cell, agency, other, person, operation, authority, purpose }: Scene): Check[] {
  const enter = `SELECT gate.enter('${agency}', '${person}', 'case officer', '${operation}', '${authority}', '${purpose}', NULL)`
  const take = (questions: number, peer = 'B', allowed = 10) =>
    `SELECT gate.take_questions('${peer}', ${questions}, ${allowed}, '1 day')`
  const used = (count: number, of: string, starts: string) =>
    `INSERT INTO gate.question_quota VALUES ('${cell.cell}', '${of}', 'B', ${starts}, ${count})`
  const check = (name: string, calls: readonly string[], answer: string, ...given: string[]): Check => ({
    name: `take_questions ${name}`,
    as: 'tandem_officer',
    given: [enter, ...given],
    call: calls,
    answer,
  })
  const midnight = at('-12 hours')
  return [
    check('in order', [take(3)], '7'),
    { ...check('by a supervisor', [take(3)], '7'), as: 'tandem_supervisor' },
    { ...check('by the machine, for whoever accepted', [take(3)], '7'), as: 'tandem_ingest' },
    check('one', [take(1)], '9'),
    check('all', [take(10)], '0'),
    check('more than all', [take(11)], 'null'),
    check('none', [take(0)], 'null'),
    check('less than none', [take(-3)], 'null'),
    check('twice to the last', [take(6), take(4)], '0'),
    check('twice and one too many', [take(6), take(5)], 'null'),
    check('after one too many', [take(6), take(5), take(4)], '0'),
    check('of two askers', [take(6), take(6, 'C')], '4'),
    check('of a window in use', [take(3)], 'null', used(8, agency, midnight)),
    check('of the window before', [take(3)], '7', used(8, agency, at('-36 hours'))),
    check('put to the other agency', [take(3)], '7', used(8, other, midnight)),
    check(
      'under an authority that expires this instant',
      [take(3)],
      'null',
      `UPDATE tandem.authority SET expires_at = ${exactly} WHERE authority_id = '${authority}'`,
    ),
    check(
      'under a purpose that ends this instant',
      [take(3)],
      'null',
      `UPDATE tandem.purpose SET ended_at = ${exactly} WHERE purpose_id = '${purpose}'`,
    ),
    { ...check('without a context', [take(3)], 'null'), given: [] },
    {
      ...check('writes down what was taken', [take(3), take(4)], `${cell.cell}|${agency}|B|true|7`),
      afterwards: `SELECT cell_id, agency_id, peer, window_starts = ${midnight}, used FROM gate.question_quota`,
    },
    ...(['tandem_partner', 'tandem_gate'] as const).map((as) => ({
      ...check(`is closed to ${as}`, [take(3)], '42501'),
      as,
    })),
  ]
}
