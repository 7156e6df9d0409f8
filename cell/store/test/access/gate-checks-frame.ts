import { exactly, hash, justAfter, type Scene, token } from './gate-checks.ts'
import type { Check } from './gate-scene.ts'

/** The frame of the work: what it tells of the session's authority, and that the context itself carries none. */
export function frameChecks({ agency, other, person, operation, authority, purpose, cell }: Scene): Check[] {
  const elsewhere = cell.national.other.operation
  const frame = (name: string, answer: string, ...given: string[]): Check => ({
    name: `begin_frame ${name}`,
    as: 'tandem_officer',
    given,
    call: [`SELECT authorised, purposed FROM gate.begin_frame(${token('token')})`],
    answer,
  })
  const authorityIs = (change: string) => `UPDATE tandem.authority SET ${change} WHERE authority_id = '${authority}'`
  const purposeIs = (change: string) => `UPDATE tandem.purpose SET ${change} WHERE purpose_id = '${purpose}'`
  return [
    frame('in order', 'true|true'),
    {
      ...frame(
        'tells what the session works under',
        `${agency}|${person}|triage analyst|${operation}|${authority}|${purpose}`,
      ),
      call: [
        `SELECT agency_id, person_id, role, operation_id, authority_id, purpose_id FROM gate.begin_frame(${token('token')})`,
      ],
    },
    {
      ...frame(
        'carries neither authority nor purpose',
        `${agency}|${person}|triage analyst|${operation}|null|null|null|null`,
      ),
      call: [
        `SELECT gate.begin_frame(${token('token')})`,
        `SELECT agency_id, person_id, role, operation_id, authority_id, purpose_id,
           gate.authorised_operation(), gate.purposed_operation() FROM gate.acting()`,
      ],
    },
    { ...frame('on another login', 'TD001'), as: 'tandem_supervisor' },
    { ...frame('with an unknown token', 'TD001'), call: [`SELECT gate.begin_frame(${token('no token')})`] },
    frame('authority begins this instant', 'true|true', authorityIs(`starts_at = ${exactly}`)),
    frame('authority begins a moment later', 'false|true', authorityIs(`starts_at = ${justAfter}`)),
    frame('authority expires this instant', 'false|true', authorityIs(`expires_at = ${exactly}`)),
    frame('authority expires a moment later', 'true|true', authorityIs(`expires_at = ${justAfter}`)),
    frame('authority cancelled', 'false|true', authorityIs(`cancelled_at = ${exactly}, cancelled_by = created_by`)),
    frame('authority of the other agency', 'false|true', authorityIs(`agency_id = '${other}'`)),
    frame('authority of another operation', 'false|true', authorityIs(`operation_id = '${elsewhere}'`)),
    frame('purpose ends this instant', 'true|false', purposeIs(`ended_at = ${exactly}`)),
    frame('purpose ends a moment later', 'true|true', purposeIs(`ended_at = ${justAfter}`)),
    frame('purpose of the other agency', 'true|false', purposeIs(`agency_id = '${other}'`)),
    frame('purpose of another operation', 'true|false', purposeIs(`operation_id = '${elsewhere}'`)),
  ]
}

/** A context falls with its session and with its person, in the middle of a transaction. */
export function fallingChecks({ agency, other, person, operation, authority, purpose }: Scene): Check[] {
  const enter = `SELECT gate.enter('${agency}', '${person}', 'case officer', '${operation}', '${authority}', '${purpose}',
    NULL, ${hash('token')})`
  const sessionIs = (change: string) => `UPDATE gate.session SET ${change} WHERE token_hash = ${hash('token')}`
  const personIs = (change: string) => `UPDATE tandem.person SET ${change} WHERE person_id = '${person}'`
  const still = (name: string, stands: boolean, ...meanwhile: string[]): Check => ({
    name: `acting ${name}`,
    as: 'tandem_officer',
    given: [enter, ...meanwhile],
    call: ['SELECT gate.agency()'],
    answer: stands ? agency : 'null',
  })
  return [
    still('with its session', true),
    still('after its session is revoked', false, sessionIs(`revoked_at = ${exactly}`)),
    still('when its session ends this instant', false, sessionIs(`ends_at = ${exactly}`)),
    still('when its session ends a moment later', true, sessionIs(`ends_at = ${justAfter}`)),
    still('after its person has left', false, personIs('active = false')),
    still('when its person is of the other agency', false, personIs(`agency_id = '${other}'`)),
  ]
}
