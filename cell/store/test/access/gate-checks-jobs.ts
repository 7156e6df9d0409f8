import { at, exactly, justAfter, justBefore, type Scene, token } from './gate-checks.ts'
import type { Check } from './gate-scene.ts'
import { idOf } from './rows.ts'

/** Lanes, senders and jobs: work that nobody signs in for. */
export function jobChecks(scene: Scene): Check[] {
  return [
    ...laneChecks(scene),
    ...leaseChecks(scene),
    ...settleChecks(scene),
    ...giveLaneChecks(scene),
    ...countChecks(scene),
  ]
}

function laneChecks({ cell, agency }: Scene): Check[] {
  const { lanes, lanePrincipal, desk, sender } = cell.national
  const lane = lanes.endpoint
  const laneIs = (change: string) => `UPDATE tandem.lane SET ${change} WHERE lane_id = '${lane}'`
  const begin = (name: string, answer: string, ...given: string[]): Check => ({
    name: `begin_lane ${name}`,
    as: 'tandem_ingest',
    given,
    call: [`SELECT authorised, purposed FROM gate.begin_lane('${lane}')`],
    answer,
  })
  const senderOf = (name: string, answer: string, ...given: string[]): Check => ({
    name: `sender_of ${name}`,
    as: 'tandem_gate',
    given,
    call: [`SELECT * FROM gate.sender_of('\\x${sender.apiKey.toString('hex')}')`],
    answer,
  })
  const found = `${agency}|${sender.sender}|${lane}`
  const all = [cell.national, cell.signals].flatMap((each) =>
    Object.entries(each.lanes).map(
      ([kind, id]) => `${each.agency}|${each === cell.national ? 'National' : 'Signals'}|${id}|${kind}`,
    ),
  )
  const told = (lines: readonly string[]) => [...lines].sort().join(';')
  const list = `SELECT * FROM gate.lanes() AS l ORDER BY concat_ws('|', agency_id, agency, lane_id, kind) COLLATE "C"`
  return [
    begin('in order', 'true|true'),
    begin('not active', 'TD001', laneIs('active = false')),
    begin(
      'whose principal is no longer active',
      'TD001',
      `UPDATE tandem.person SET active = false WHERE person_id = '${lanePrincipal.person}'`,
    ),
    { ...begin('unknown', 'TD001'), call: [`SELECT gate.begin_lane('${idOf('nobody')}')`] },
    { ...begin('is closed to officers', '42501'), as: 'tandem_officer' },
    {
      ...begin('hands over what the lane holds', ''),
      call: [
        `SELECT gate.begin_lane('${lane}')`,
        'SELECT agency_id, person_id, role, operation_id, authority_id, purpose_id, lane_id FROM gate.acting()',
      ],
      answer: `${agency}|${lanePrincipal.person}|lane|${desk.operation}|${desk.authority}|${desk.purpose}|${lane}`,
    },
    senderOf('in order', found),
    senderOf('no longer active', '', `UPDATE tandem.sender SET active = false WHERE sender_id = '${sender.sender}'`),
    senderOf('whose lane is not active', '', laneIs('active = false')),
    senderOf(
      'whose agency has no endpoint',
      '',
      laneIs(`kind = 'other'`)
        .replace("'other'", "'command'")
        .replace('UPDATE', `DELETE FROM tandem.lane WHERE kind = 'command'; UPDATE`),
    ),
    { ...senderOf('with an unknown key', ''), call: [`SELECT * FROM gate.sender_of(${token('no key')})`] },
    { name: 'lanes in order', as: 'tandem_ingest', call: [list], answer: told(all) },
    {
      name: 'lanes without those not active',
      as: 'tandem_ingest',
      given: [laneIs('active = false')],
      call: [list],
      answer: told(all.filter((line) => !line.includes(lane))),
    },
  ]
}

const job = (scene: Scene, name: string, columns: Readonly<Record<string, string>> = {}): string => {
  const row: Readonly<Record<string, string>> = {
    cell_id: `'${scene.cell.cell}'`,
    agency_id: `'${scene.agency}'`,
    job_id: `'${idOf('job', name)}'`,
    kind: `'${name}'`,
    subject_id: `'${idOf('subject', name)}'`,
    operation_id: `'${scene.operation}'`,
    person_id: `'${scene.person}'`,
    authority_id: `'${scene.authority}'`,
    purpose_id: `'${scene.purpose}'`,
    run_after: at('-1 minute'),
    created_at: at('-1 minute'),
    ...columns,
  }
  return `INSERT INTO tandem.job (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`
}

function leaseChecks(scene: Scene): Check[] {
  const lease = (name: string, answer: string, ...given: string[]): Check => ({
    name: `lease_jobs ${name}`,
    as: 'tandem_ingest',
    given,
    call: ['SELECT kind, attempts FROM gate.lease_jobs(2, 60) ORDER BY kind'],
    answer,
  })
  const begin = (name: string, answer: string, ...given: string[]): Check => ({
    name: `begin_job ${name}`,
    as: 'tandem_ingest',
    given,
    call: [`SELECT authorised, purposed FROM gate.begin_job('${idOf('job', 'a')}', 2)`],
    answer,
  })
  const leased = { state: `'leased'`, lease_until: at('1 minute'), attempts: '2' }
  return [
    lease('in order', 'a|1', job(scene, 'a')),
    lease('due this instant', 'a|1', job(scene, 'a', { run_after: exactly })),
    lease('due a moment later', '', job(scene, 'a', { run_after: justAfter })),
    lease('leased until this instant', '', job(scene, 'a', { state: `'leased'`, lease_until: exactly })),
    lease(
      'leased until a moment ago',
      'a|4',
      job(scene, 'a', { state: `'leased'`, lease_until: justBefore, attempts: '3' }),
    ),
    lease('leased until later', '', job(scene, 'a', leased)),
    lease('done', '', job(scene, 'a', { state: `'done'`, lease_until: at('-1 hour') })),
    lease('failed', '', job(scene, 'a', { state: `'failed'` })),
    lease('awaiting authority', '', job(scene, 'a', { state: `'awaiting authority'` })),
    lease(
      'the longest due first, no more than asked for',
      'a|1;c|1',
      job(scene, 'a', { run_after: at('-3 minutes') }),
      job(scene, 'b'),
      job(scene, 'c', { run_after: at('-2 minutes') }),
    ),
    {
      ...lease(
        'tells the job',
        '',
        job(scene, 'a'),
        job(scene, 'other', {
          agency_id: `'${scene.other}'`,
          job_id: `'${idOf('job', 'other')}'`,
          run_after: justAfter,
        }),
      ),
      call: ['SELECT * FROM gate.lease_jobs(2, 60)'],
      answer: `${idOf('job', 'a')}|${scene.agency}|a|${idOf('subject', 'a')}|1`,
    },
    {
      ...lease('writes the lease', '', job(scene, 'a'), job(scene, 'b', { run_after: justAfter })),
      afterwards: `SELECT kind, state, lease_until = ${at('60 seconds')} FROM tandem.job ORDER BY kind`,
      answer: 'a|leased|true;b|ready|null',
    },
    begin('in order', 'true|true', job(scene, 'a', leased)),
    begin('not leased', 'TD006', job(scene, 'a', { attempts: '2' })),
    begin('leased anew by another', 'TD006', job(scene, 'a', { ...leased, attempts: '3' })),
    begin('unknown', 'TD006', job(scene, 'b', leased)),
    begin(
      'of a person no longer active',
      'TD001',
      job(scene, 'a', leased),
      `UPDATE tandem.person SET active = false WHERE person_id = '${scene.person}'`,
    ),
    begin(
      'of a person of the other agency',
      'TD001',
      job(scene, 'a', leased),
      `UPDATE tandem.person SET agency_id = '${scene.other}' WHERE person_id = '${scene.person}'`,
    ),
    begin('of a person nobody knows', 'TD001', job(scene, 'a', { ...leased, person_id: `'${idOf('nobody')}'` })),
    { ...begin('is closed to officers', '42501', job(scene, 'a', leased)), as: 'tandem_officer' },
    {
      ...begin(
        'hands over what the job holds',
        '',
        job(scene, 'a', { ...leased, lane_id: `'${scene.cell.national.lanes.folder}'` }),
      ),
      call: [
        `SELECT gate.begin_job('${idOf('job', 'a')}', 2)`,
        'SELECT agency_id, person_id, role, operation_id, authority_id, purpose_id, lane_id FROM gate.acting()',
      ],
      answer: `${scene.agency}|${scene.person}|triage analyst|${scene.operation}|${scene.authority}|${scene.purpose}|${scene.cell.national.lanes.folder}`,
    },
  ]
}

function settleChecks(scene: Scene): Check[] {
  const leased = { state: `'leased'`, lease_until: at('1 minute'), attempts: '2' }
  const park = (
    name: string,
    state: string,
    answer: string,
    columns: Readonly<Record<string, string>> = leased,
  ): Check => ({
    name: `park_job ${name}`,
    as: 'tandem_ingest',
    given: [job(scene, 'a', columns), job(scene, 'b', leased)],
    call: [`SELECT gate.park_job('${idOf('job', 'a')}', 2, '${state}', 'test', 30)`],
    afterwards: `SELECT kind, state, reason, lease_until IS NULL, run_after = ${at('30 seconds')} FROM tandem.job ORDER BY kind`,
    answer: `${answer};b|leased|null|false|false`,
  })
  const wake = (
    name: string,
    answer: string,
    change: string,
    columns: Readonly<Record<string, string>> = {},
  ): Check => ({
    name: `wake_jobs ${name}`,
    as: 'tandem_ingest',
    given: [
      job(scene, 'a', { state: `'awaiting authority'`, ...columns }),
      job(scene, 'b'),
      `UPDATE tandem.authority SET ${change} WHERE authority_id = '${scene.authority}'`,
    ],
    call: ['SELECT gate.wake_jobs()'],
    afterwards: `SELECT state, run_after = ${exactly} FROM tandem.job ORDER BY kind`,
    answer: `${answer};ready|false`,
  })
  const woken = 'ready|true'
  const asleep = 'awaiting authority|false'
  return [
    ...['ready', 'awaiting authority', 'failed'].map((state) =>
      park(`as ${state}`, state, `a|${state}|test|true|true`),
    ),
    park('as done', 'done', 'a|leased|null|false|false'),
    park('when not leased', 'failed', 'a|ready|null|true|false', { attempts: '2' }),
    park('leased anew by another', 'ready', 'a|leased|null|false|false', { ...leased, attempts: '3' }),
    wake('in order', woken, 'section = section'),
    { ...wake('counts them', '', 'section = section'), afterwards: undefined, answer: '1' },
    wake('whose authority begins this instant', woken, `starts_at = ${exactly}`),
    wake('whose authority begins a moment later', asleep, `starts_at = ${justAfter}`),
    wake('whose authority expires this instant', asleep, `expires_at = ${exactly}`),
    wake('whose authority expires a moment later', woken, `expires_at = ${justAfter}`),
    wake('whose authority is cancelled', asleep, `cancelled_at = ${exactly}, cancelled_by = created_by`),
    wake('whose authority is of the other agency', asleep, `agency_id = '${scene.other}'`),
    wake('whose authority is another', asleep, `authority_id = '${idOf('nobody')}'`),
    wake('leaves what is done', 'done|false', 'section = section', { state: `'done'` }),
  ]
}

/** A lapsed lane gets a new authority from its own agency's supervisor, and what waited goes on. */
function giveLaneChecks(scene: Scene): Check[] {
  const { cell, agency, other, person, operation, authority, purpose } = scene
  const lane = cell.national.lanes.folder
  const fresh = idOf('fresh')
  const elsewhere = cell.national.other.operation
  const enter = `SELECT gate.enter('${agency}', '${person}', 'duty manager', '${operation}', NULL, '${purpose}', NULL)`
  const making = `INSERT INTO tandem.authority SELECT cell_id, agency_id, '${fresh}', operation_id, kind, act, section, issuer, scope, necessity,
    proportionality, starts_at, expires_at, created_by FROM tandem.authority WHERE authority_id = '${authority}'`
  const laneIs = (change: string) => `UPDATE tandem.lane SET ${change} WHERE lane_id = '${lane}'`
  const freshIs = (change: string) => `UPDATE tandem.authority SET ${change} WHERE authority_id = '${fresh}'`
  const memberIs = (change: string) =>
    `UPDATE tandem.operation_member SET ${change} WHERE operation_id = '${operation}' AND person_id = '${person}'`
  const ofLane = { lane_id: `'${lane}'` }
  const jobs = [
    job(scene, 'a', { ...ofLane, state: `'awaiting authority'` }),
    job(scene, 'b', ofLane),
    job(scene, 'c', { ...ofLane, state: `'failed'` }),
    job(scene, 'd', { lane_id: `'${cell.national.lanes.endpoint}'`, state: `'awaiting authority'` }),
    job(scene, 'e', { ...ofLane, agency_id: `'${other}'`, state: `'awaiting authority'` }),
  ]
  const look = `SELECT (SELECT string_agg(kind, '' ORDER BY kind) FROM tandem.lane WHERE authority_id = '${fresh}'),
    (SELECT string_agg(kind || ' ' || state || CASE WHEN run_after = ${exactly} THEN ' now' ELSE '' END, ', ' ORDER BY kind) FROM tandem.job WHERE authority_id = '${fresh}')`
  const give = (name: string, may: boolean, ...given: string[]): Check => ({
    name: `give_lane_authority ${name}`,
    as: 'tandem_supervisor',
    given: [making, ...jobs, ...given, enter],
    call: [`SELECT gate.give_lane_authority('${lane}', '${fresh}')`],
    afterwards: look,
    answer: may ? 'folder|a ready now, b ready now' : 'null|null',
  })
  return [
    give('in order', true),
    { ...give('counts what goes on', true), afterwards: undefined, answer: '2' },
    { ...give('says when not', true, laneIs(`operation_id = '${elsewhere}'`)), afterwards: undefined, answer: 'null' },
    { ...give('without a context', false), given: [making, ...jobs] },
    { ...give('is closed to officers', false), as: 'tandem_officer', afterwards: undefined, answer: '42501' },
    give(
      'to a lane of the other agency',
      false,
      `DELETE FROM tandem.lane WHERE agency_id = '${other}'`,
      laneIs(`agency_id = '${other}'`),
      freshIs(`agency_id = '${other}'`),
    ),
    give(
      'to a lane of another operation',
      false,
      laneIs(`operation_id = '${elsewhere}'`),
      freshIs(`operation_id = '${elsewhere}'`),
    ),
    give('of another operation', false, freshIs(`operation_id = '${elsewhere}'`)),
    give('of the other agency', false, freshIs(`agency_id = '${other}'`)),
    give('unknown', false, freshIs(`authority_id = '${idOf('nobody')}'`)),
    give('cancelled', false, freshIs(`cancelled_at = ${exactly}, cancelled_by = created_by`)),
    give('begins this instant', true, freshIs(`starts_at = ${exactly}`)),
    give('begins a moment later', false, freshIs(`starts_at = ${justAfter}`)),
    give('expires this instant', false, freshIs(`expires_at = ${exactly}`)),
    give('expires a moment later', true, freshIs(`expires_at = ${justAfter}`)),
    give('by a member no longer', false, memberIs(`until = ${exactly}`)),
  ]
}

function countChecks(scene: Scene): Check[] {
  const enter = (agency: string) =>
    `SELECT gate.enter('${agency}', '${scene.person}', 'case officer', '${scene.operation}', '${scene.authority}', '${scene.purpose}', NULL)`
  const leaf = (name: string, agency: string) =>
    `INSERT INTO ledger.leaf (cell_id, agency_id, entry_id, leaf) VALUES ('${scene.cell.cell}', '${agency}', '${idOf('entry', name)}', 'leaf')`
  const delivery = (
    name: string,
    agency: string,
    state: string,
  ) => `INSERT INTO tandem.delivery (cell_id, agency_id, operation_id, delivery_id,
      lane_id, sender_id, idempotency_key, name_sealed, original_sha256, original_length, state)
    VALUES ('${scene.cell.cell}', '${agency}', '${scene.operation}', '${idOf('delivery', name)}', '${idOf('lane')}', '${idOf('sender')}', '${name}', 'x',
      sha256('x'), 1, '${state}')`
  const item = (
    name: string,
    agency: string,
  ) => `INSERT INTO tandem.triage_item (cell_id, agency_id, operation_id, referral_id, state,
      computed_priority, effective_priority, child_urgency, offender_danger, act_by, received_at)
    VALUES ('${scene.cell.cell}', '${agency}', '${scene.operation}', '${idOf('referral', name)}', 'open', 'P1', 'P1', 0, 0, now(), now())`
  const seeds = [
    leaf('one', scene.agency),
    leaf('two', scene.agency),
    leaf('three', scene.other),
    delivery('one', scene.agency, 'read'),
    delivery('two', scene.other, 'received'),
    item('one', scene.agency),
    item('two', scene.other),
    job(scene, 'a'),
  ]
  const national =
    'National|delivery|read|1;National|job|ready|1;National|ledger entry|written|2;National|referral|open|1'
  const signals = 'Signals|delivery|received|1;Signals|ledger entry|written|1;Signals|referral|open|1'
  const count = (name: string, as: Check['as'], answer: string, ...given: string[]): Check => ({
    name: `counts ${name}`,
    as,
    given: [...seeds, ...given],
    call: ['SELECT * FROM gate.counts()'],
    answer,
  })
  return [
    count('of every agency for the administrator', 'tandem_administrator', `${national};${signals}`),
    count('of every agency for the inspector', 'tandem_inspector', `${national};${signals}`),
    // What is hidden cannot be inferred, by its number either.
    count('of the own agency for an officer', 'tandem_officer', national, enter(scene.agency)),
    count('of the own agency for a supervisor', 'tandem_supervisor', national, enter(scene.agency)),
    count('of no agency without a context', 'tandem_officer', ''),
  ]
}
