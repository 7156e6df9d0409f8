import { at, exactly, hash, justAfter, justBefore, type Scene, token } from './gate-checks.ts'
import { frameChecks } from './gate-checks-frame.ts'
import type { Check } from './gate-scene.ts'
import { idOf } from './rows.ts'

/** Who gets in, and when no longer. */
export function sessionChecks(scene: Scene): Check[] {
  return [
    ...beginChecks(scene),
    ...frameChecks(scene),
    ...openChecks(scene),
    ...signInChecks(scene),
    ...chooseChecks(scene),
  ]
}

const sessionIs = (change: string): string => `UPDATE gate.session SET ${change} WHERE token_hash = ${hash('token')}`

function beginChecks({ person, agency, operation, authority, purpose }: Scene): Check[] {
  const begin = (name: string, answer: string, ...given: string[]): Check => ({
    name: `begin ${name}`,
    as: 'tandem_officer',
    given,
    call: [`SELECT authorised, purposed FROM gate.begin(${token('token')})`],
    answer,
  })
  const seen = (name: string, before: string, after: string): Check => ({
    name: `begin marks the session seen, ${name}`,
    as: 'tandem_officer',
    given: [sessionIs(`last_seen_at = ${before}`)],
    call: [`SELECT gate.begin(${token('token')})`],
    afterwards: `SELECT (SELECT last_seen_at = ${after} FROM gate.session WHERE token_hash = ${hash('token')}),
      (SELECT last_seen_at = ${at('-10 seconds')} FROM gate.session WHERE token_hash = ${hash('another token')})`,
    answer: 'true|true',
  })
  return [
    begin('in order', 'true|true'),
    { ...begin('on another login', 'TD001'), as: 'tandem_supervisor' },
    begin('revoked', 'TD001', sessionIs(`revoked_at = ${at('-1 second')}`)),
    begin('ended', 'TD001', sessionIs(`ends_at = ${justBefore}`)),
    begin('ends this instant', 'TD001', sessionIs(`ends_at = ${exactly}`)),
    begin('ends a moment later', 'true|true', sessionIs(`ends_at = ${justAfter}`)),
    begin('idle', 'TD001', sessionIs(`last_seen_at = ${at('-61 seconds')}`)),
    begin('idle as of this instant', 'TD001', sessionIs(`last_seen_at = ${at('-60 seconds')}`)),
    begin('nearly idle', 'true|true', sessionIs(`last_seen_at = ${at('-59.9 seconds')}`)),
    begin('second factor awaited', 'TD005', sessionIs(`second_factor = 'awaited'`)),
    begin('second factor given', 'true|true', sessionIs(`second_factor = 'given'`)),
    begin(
      'of a person no longer active',
      'TD001',
      `UPDATE tandem.person SET active = false WHERE person_id = '${person}'`,
    ),
    begin('of a person nobody knows', 'TD001', `DELETE FROM tandem.person WHERE person_id = '${person}'`),
    { ...begin('with an unknown token', 'TD001'), call: [`SELECT gate.begin(${token('no token')})`] },
    { ...begin('with the hash for the token', 'TD001'), call: [`SELECT gate.begin(${hash('token')})`] },
    {
      ...begin('twice', 'TD002'),
      call: [`SELECT gate.begin(${token('token')})`, `SELECT gate.begin(${token('another token')})`],
    },
    {
      ...begin('hands over what the session holds', ''),
      call: [
        `SELECT gate.begin(${token('token')})`,
        'SELECT agency_id, person_id, role, operation_id, authority_id, purpose_id, lane_id FROM gate.acting()',
      ],
      answer: `${agency}|${person}|triage analyst|${operation}|${authority}|${purpose}|null`,
    },
    seen('after a while', at('-31 seconds'), exactly),
    seen('not at once', at('-30 seconds'), at('-30 seconds')),
    ...(['tandem_gate', 'tandem_ingest', 'tandem_notifier'] as const).map((as) => ({
      ...begin(`is closed to ${as}`, '42501'),
      as,
    })),
  ]
}

function openChecks(scene: Scene): Check[] {
  const { cell, agency, person, operation, authority, purpose } = scene
  const analyst = cell.national.triageAnalyst
  const call = `SELECT * FROM gate.open_session('${analyst.issuer}', '${analyst.subject}', ${hash('new')}, 8, 900, false)`
  const session = `SELECT person_id, login, operation_id, authority_id, purpose_id, ends_at = ${at('8 hours')}, idle_seconds, second_factor,
    agency_id, cell_id, revoked_at FROM gate.session WHERE token_hash = ${hash('new')}`
  const opened = (o: string, a: string, p: string) =>
    `${person}|tandem_officer|${o}|${a}|${p}|true|900|not required|${agency}|${cell.cell}|null`
  const open = (name: string, answer: string, ...given: string[]): Check => ({
    name: `open_session ${name}`,
    as: 'tandem_gate',
    given,
    call: [call],
    afterwards: session,
    answer,
  })
  const authorityIs = (change: string) => `UPDATE tandem.authority SET ${change} WHERE authority_id = '${authority}'`
  const purposeIs = (change: string) => `UPDATE tandem.purpose SET ${change} WHERE purpose_id = '${purpose}'`
  const memberIs = (change: string) =>
    `UPDATE tandem.operation_member SET ${change} WHERE operation_id = '${operation}' AND person_id = '${person}'`
  const fresh = idOf('fresh')
  const secondAuthority = (
    expires: string,
  ) => `INSERT INTO tandem.authority SELECT cell_id, agency_id, '${fresh}', operation_id, kind, act, section, issuer,
    scope, necessity, proportionality, starts_at, ${expires}, created_by FROM tandem.authority WHERE authority_id = '${authority}'`
  const secondPurpose = (
    made: string,
  ) => `INSERT INTO tandem.purpose (cell_id, agency_id, purpose_id, operation_id, code, task, created_by, created_at)
    SELECT cell_id, agency_id, '${fresh}', operation_id, code, task, created_by, ${made} FROM tandem.purpose WHERE purpose_id = '${purpose}'`
  const elsewhere = cell.national.other
  const alsoMember = (
    since: string,
  ) => `INSERT INTO tandem.operation_member (cell_id, agency_id, operation_id, person_id, since)
    VALUES ('${cell.cell}', '${agency}', '${elsewhere.operation}', '${person}', ${since})`
  const inOrder = opened(operation, authority, purpose)
  const roles = [
    ['duty manager', 'tandem_supervisor'],
    ['triage analyst', 'tandem_officer'],
    ['case officer', 'tandem_officer'],
    ['safeguarding officer', 'tandem_officer'],
    ['partner', 'tandem_partner'],
    ['inspector', 'tandem_inspector'],
    ['administrator', 'tandem_administrator'],
  ]
  return [
    open('in order', inOrder),
    {
      ...open('answers who', ''),
      afterwards: undefined,
      answer: `${person}|${agency}|triage analyst|tandem_officer|not required`,
    },
    {
      ...open('awaiting a second factor', inOrder.replace('not required', 'awaited')),
      call: [call.replace('false)', 'true)')],
    },
    { ...open('of a stranger', ''), call: [call.replace(`'${analyst.subject}'`, "'stranger'")] },
    {
      ...open('of the same name at another provider', ''),
      call: [call.replace(analyst.issuer, 'https://elsewhere.example')],
    },
    open('of a person no longer active', '', `UPDATE tandem.person SET active = false WHERE person_id = '${person}'`),
    open('of a lane', '', `UPDATE tandem.person SET role = 'lane' WHERE person_id = '${person}'`),
    ...roles.map(
      ([role, login]): Check => ({
        ...open(
          `gives a ${role} the login`,
          `${login}`,
          `UPDATE tandem.person SET role = '${role}' WHERE person_id = '${person}'`,
        ),
        afterwards: `SELECT login FROM gate.session WHERE token_hash = ${hash('new')}`,
      }),
    ),
    {
      name: 'login_of knows no login for lanes',
      as: 'superuser',
      call: ["SELECT gate.login_of('lane')"],
      answer: 'null',
    },
    open('authority begins this instant', inOrder, authorityIs(`starts_at = ${exactly}`)),
    open(
      'authority begins a moment later',
      opened(operation, 'null', purpose),
      authorityIs(`starts_at = ${justAfter}`),
    ),
    open('authority expires this instant', opened(operation, 'null', purpose), authorityIs(`expires_at = ${exactly}`)),
    open('authority expires a moment later', inOrder, authorityIs(`expires_at = ${justAfter}`)),
    open(
      'authority cancelled',
      opened(operation, 'null', purpose),
      authorityIs(`cancelled_at = ${exactly}, cancelled_by = created_by`),
    ),
    open(
      'authority of the other agency',
      opened(operation, 'null', purpose),
      authorityIs(`agency_id = '${scene.other}'`),
    ),
    open(
      'authority of another operation',
      opened(operation, 'null', purpose),
      authorityIs(`operation_id = '${elsewhere.operation}'`),
    ),
    open('takes the authority that lasts longest', opened(operation, fresh, purpose), secondAuthority(at('2 hours'))),
    open('leaves the one that lasts less long', inOrder, secondAuthority(at('1 minute'))),
    open('purpose ends this instant', opened(operation, authority, 'null'), purposeIs(`ended_at = ${exactly}`)),
    open('purpose ends a moment later', inOrder, purposeIs(`ended_at = ${justAfter}`)),
    open(
      'purpose of the other agency',
      opened(operation, authority, 'null'),
      purposeIs(`agency_id = '${scene.other}'`),
    ),
    open(
      'purpose of another operation',
      opened(operation, authority, 'null'),
      purposeIs(`operation_id = '${elsewhere.operation}'`),
    ),
    open('takes the oldest purpose', opened(operation, authority, fresh), secondPurpose(at('-2 hours'))),
    open('leaves a newer purpose', inOrder, secondPurpose(exactly)),
    open('member since this instant', inOrder, memberIs(`since = ${exactly}`)),
    open('member since a moment later', opened('null', 'null', 'null'), memberIs(`since = ${justAfter}`)),
    open('member until this instant', opened('null', 'null', 'null'), memberIs(`until = ${exactly}`)),
    open('member until a moment later', inOrder, memberIs(`until = ${justAfter}`)),
    open('membership of another person', opened('null', 'null', 'null'), memberIs(`person_id = '${idOf('nobody')}'`)),
    open('membership in the other agency', opened('null', 'null', 'null'), memberIs(`agency_id = '${scene.other}'`)),
    open(
      'prefers the older membership',
      opened(elsewhere.operation, elsewhere.authority, elsewhere.purpose),
      alsoMember(at('-2 hours')),
    ),
    open('leaves the newer membership', inOrder, alsoMember(at('-1 minute'))),
    open(
      'prefers an operation with an authority',
      opened(elsewhere.operation, elsewhere.authority, elsewhere.purpose),
      alsoMember(at('-1 minute')),
      authorityIs(`expires_at = ${exactly}`),
    ),
  ]
}

function signInChecks({ person, agency, operation, authority, colleague, cell }: Scene): Check[] {
  const authorityIs = (change: string) => `UPDATE tandem.authority SET ${change} WHERE authority_id = '${authority}'`
  const memberIs = (change: string) =>
    `UPDATE tandem.operation_member SET ${change} WHERE operation_id = '${operation}' AND person_id = '${person}'`
  const name = cell.national.triageAnalyst.name
  const holder = `${person}|${agency}|${name}|triage analyst|tandem_officer|not required|${operation}`
  const withoutOperation = holder.replace(/[^|]+$/, 'null')
  const of = (what: string, answer: string, ...given: string[]): Check => ({
    name: `session_of ${what}`,
    as: 'tandem_gate',
    given,
    call: [`SELECT * FROM gate.session_of(${token('token')})`],
    answer,
  })
  const passkey = (
    id: string,
    who: string,
  ) => `INSERT INTO gate.passkey (credential_id, cell_id, agency_id, person_id, public_key, counter)
    VALUES (${token(id)}, '${cell.cell}', '${agency}', '${who}', ${token('key')}, 1)`
  const state = (column: string) => `SELECT (SELECT ${column} FROM gate.session WHERE token_hash = ${hash('token')}),
    (SELECT ${column} FROM gate.session WHERE token_hash = ${hash('another token')})`
  const passkeys = `SELECT convert_from(credential_id, 'UTF8'), agency_id, person_id, convert_from(public_key, 'UTF8'), counter FROM gate.passkey ORDER BY 1`
  const addsWhileAwaited = (name: string, may: boolean, ...given: string[]): Check => ({
    name: `add_passkey ${name}`,
    as: 'tandem_gate',
    given: [...given, sessionIs(`second_factor = 'awaited'`)],
    call: [`SELECT gate.add_passkey(${token('token')}, ${token('mine')}, ${token('key')}, 7)`],
    afterwards: `SELECT count(*) FROM gate.passkey WHERE credential_id = ${token('mine')}`,
    answer: may ? '1' : '0',
  })
  return [
    of('in order', holder),
    of('revoked', '', sessionIs(`revoked_at = ${exactly}`)),
    of('ends this instant', '', sessionIs(`ends_at = ${exactly}`)),
    of('ends a moment later', holder, sessionIs(`ends_at = ${justAfter}`)),
    of('idle as of this instant', '', sessionIs(`last_seen_at = ${at('-60 seconds')}`)),
    of('nearly idle', holder, sessionIs(`last_seen_at = ${at('-59.9 seconds')}`)),
    ...[
      ['member since a moment later', memberIs(`since = ${justAfter}`)],
      ['member until this instant', memberIs(`until = ${exactly}`)],
      ['membership of another person', memberIs(`person_id = '${idOf('nobody')}'`)],
      ['membership in the other agency', memberIs(`agency_id = '${cell.signals.agency}'`)],
      ['authority begins a moment later', authorityIs(`starts_at = ${justAfter}`)],
      ['authority expires this instant', authorityIs(`expires_at = ${exactly}`)],
      ['authority cancelled', authorityIs(`cancelled_at = ${exactly}, cancelled_by = created_by`)],
      ['authority of another operation', authorityIs(`operation_id = '${cell.national.other.operation}'`)],
      ['authority of the other agency', authorityIs(`agency_id = '${cell.signals.agency}'`)],
    ].map(([what = '', change = '']) => of(what, withoutOperation, change)),
    of('member since this instant', holder, memberIs(`since = ${exactly}`)),
    of('member until a moment later', holder, memberIs(`until = ${justAfter}`)),
    of('authority begins this instant', holder, authorityIs(`starts_at = ${exactly}`)),
    of('authority expires a moment later', holder, authorityIs(`expires_at = ${justAfter}`)),
    of('second factor awaited', holder.replace('not required', 'awaited'), sessionIs(`second_factor = 'awaited'`)),
    of('of a person no longer active', '', `UPDATE tandem.person SET active = false WHERE person_id = '${person}'`),
    { ...of('with an unknown token', ''), call: [`SELECT * FROM gate.session_of(${token('no token')})`] },
    {
      name: 'close_session closes this one',
      as: 'tandem_gate',
      call: [`SELECT gate.close_session(${token('token')})`],
      afterwards: state(`revoked_at IS NOT DISTINCT FROM ${exactly}`),
      answer: 'true|false',
    },
    {
      name: 'close_session keeps when it was closed',
      as: 'tandem_gate',
      given: [sessionIs(`revoked_at = ${at('-1 minute')}`)],
      call: [`SELECT gate.close_session(${token('token')})`],
      afterwards: `SELECT revoked_at = ${at('-1 minute')} FROM gate.session WHERE token_hash = ${hash('token')}`,
      answer: 'true',
    },
    {
      name: 'give_second_factor where awaited',
      as: 'tandem_gate',
      given: [`UPDATE gate.session SET second_factor = 'awaited'`],
      call: [`SELECT gate.give_second_factor(${token('token')})`],
      afterwards: state('second_factor'),
      answer: 'given|awaited',
    },
    {
      name: 'give_second_factor where none is required',
      as: 'tandem_gate',
      call: [`SELECT gate.give_second_factor(${token('token')})`],
      afterwards: state('second_factor'),
      answer: 'not required|not required',
    },
    {
      name: "passkeys_of are the holder's own",
      as: 'tandem_gate',
      given: [
        passkey('mine', person),
        passkey('theirs', colleague),
        `INSERT INTO gate.passkey SELECT ${token('elsewhere')}, cell_id, '${cell.signals.agency}', person_id, public_key, counter FROM gate.passkey WHERE person_id = '${person}'`,
      ],
      call: [
        `SELECT convert_from(credential_id, 'UTF8'), convert_from(public_key, 'UTF8'), counter FROM gate.passkeys_of(${token('token')})`,
      ],
      answer: 'mine|key|1',
    },
    {
      name: 'add_passkey adds it to the holder',
      as: 'tandem_gate',
      call: [`SELECT gate.add_passkey(${token('token')}, ${token('mine')}, ${token('key')}, 7)`],
      afterwards: passkeys,
      answer: `mine|${agency}|${person}|key|7`,
    },
    {
      name: 'add_passkey to no session',
      as: 'tandem_gate',
      call: [`SELECT gate.add_passkey(${token('no token')}, ${token('mine')}, ${token('key')}, 7)`],
      afterwards: passkeys,
      answer: '',
    },
    addsWhileAwaited('with none yet', true),
    addsWhileAwaited('with one already', false, passkey('first', person)),
    addsWhileAwaited("beside a colleague's", true, passkey('first', colleague)),
    addsWhileAwaited(
      'beside one of the other agency',
      true,
      passkey('first', person),
      `UPDATE gate.passkey SET agency_id = '${cell.signals.agency}'`,
    ),
    {
      ...addsWhileAwaited('once the second factor is given', true, passkey('first', person)),
      given: [passkey('first', person), sessionIs(`second_factor = 'given'`)],
    },
    {
      name: 'use_passkey counts this one',
      as: 'tandem_gate',
      given: [passkey('mine', person), passkey('theirs', colleague)],
      call: [`SELECT gate.use_passkey(${token('mine')}, 9)`],
      afterwards: passkeys,
      answer: `mine|${agency}|${person}|key|9;theirs|${agency}|${colleague}|key|1`,
    },
    {
      name: 'use_passkey does not fall back',
      as: 'tandem_gate',
      given: [passkey('mine', person)],
      call: [`SELECT gate.use_passkey(${token('mine')}, 0)`],
      afterwards: passkeys,
      answer: `mine|${agency}|${person}|key|1`,
    },
  ]
}

function chooseChecks({ cell, agency, other, person, operation, authority, purpose }: Scene): Check[] {
  const target = cell.national.other
  const member = `INSERT INTO tandem.operation_member (cell_id, agency_id, operation_id, person_id, since)
    VALUES ('${cell.cell}', '${agency}', '${target.operation}', '${person}', ${at('-1 hour')})`
  const session = `SELECT (SELECT operation_id || ' ' || authority_id || ' ' || purpose_id FROM gate.session WHERE token_hash = ${hash('token')}),
    (SELECT operation_id || ' ' || authority_id || ' ' || purpose_id FROM gate.session WHERE token_hash = ${hash('another token')})`
  const old = `${operation} ${authority} ${purpose}`
  const changed = `${target.operation} ${target.authority} ${target.purpose}|${old}`
  const choose = (name: string, may: boolean, ...given: string[]): Check => ({
    name: `choose ${name}`,
    as: 'tandem_officer',
    given: [member, ...given],
    call: [`SELECT gate.choose(${token('token')}, '${target.operation}', '${target.authority}', '${target.purpose}')`],
    afterwards: session,
    answer: may ? changed : `${old}|${old}`,
  })
  const authorityIs = (change: string) =>
    `UPDATE tandem.authority SET ${change} WHERE authority_id = '${target.authority}'`
  const purposeIs = (change: string) => `UPDATE tandem.purpose SET ${change} WHERE purpose_id = '${target.purpose}'`
  const memberIs = (change: string) =>
    `UPDATE tandem.operation_member SET ${change} WHERE operation_id = '${target.operation}' AND person_id = '${person}'`
  return [
    choose('in order', true),
    { ...choose('says so', true), afterwards: undefined, answer: 'true' },
    { ...choose('says when not', true, sessionIs(`revoked_at = ${exactly}`)), afterwards: undefined, answer: 'false' },
    { ...choose('on another login', false), as: 'tandem_supervisor' },
    {
      ...choose('with an unknown token', false),
      call: [
        `SELECT gate.choose(${token('no token')}, '${target.operation}', '${target.authority}', '${target.purpose}')`,
      ],
    },
    choose('revoked', false, sessionIs(`revoked_at = ${at('-1 second')}`)),
    choose('ends this instant', false, sessionIs(`ends_at = ${exactly}`)),
    choose('ends a moment later', true, sessionIs(`ends_at = ${justAfter}`)),
    choose('no member', false, memberIs(`person_id = '${idOf('nobody')}'`)),
    choose('member in the other agency', false, memberIs(`agency_id = '${other}'`)),
    choose('member of another operation', false, memberIs(`operation_id = '${idOf('nobody')}'`)),
    choose('member until this instant', false, memberIs(`until = ${exactly}`)),
    choose('member until a moment later', true, memberIs(`until = ${justAfter}`)),
    choose('authority of the other agency', false, authorityIs(`agency_id = '${other}'`)),
    choose('authority of another operation', false, authorityIs(`operation_id = '${operation}'`)),
    choose('another authority', false, authorityIs(`authority_id = '${idOf('nobody')}'`)),
    choose('authority cancelled', false, authorityIs(`cancelled_at = ${exactly}, cancelled_by = created_by`)),
    choose('authority expires this instant', false, authorityIs(`expires_at = ${exactly}`)),
    choose('authority expires a moment later', true, authorityIs(`expires_at = ${justAfter}`)),
    choose('purpose of the other agency', false, purposeIs(`agency_id = '${other}'`)),
    choose('purpose of another operation', false, purposeIs(`operation_id = '${operation}'`)),
    choose('another purpose', false, purposeIs(`purpose_id = '${idOf('nobody')}'`)),
    choose('purpose ends this instant', false, purposeIs(`ended_at = ${exactly}`)),
    choose('purpose ends a moment later', true, purposeIs(`ended_at = ${justAfter}`)),
  ]
}
