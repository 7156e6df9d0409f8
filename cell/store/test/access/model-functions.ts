import type { Actor } from './model.ts'

const people = ['tandem_officer', 'tandem_supervisor'] as const
const workers = [...people, 'tandem_ingest'] as const
/** Everybody whose rows are governed by policies: these call the functions that read the context. */
const governed = [
  ...workers,
  'tandem_partner',
  'tandem_inspector',
  'tandem_export',
  'tandem_administrator',
  'tandem_owner',
] as const
const persons = [...people, 'tandem_partner', 'tandem_inspector', 'tandem_export', 'tandem_administrator'] as const

/** Every function of ours, who may call it, and that nothing else acts with more rights than its caller. */
export const functions: {
  readonly [name: string]: { readonly callers: readonly Actor[]; readonly definer: boolean }
} = {
  'gate.cell': { callers: [...governed, 'tandem_founder'], definer: true },
  'gate.agency': { callers: [...governed, 'tandem_founder'], definer: true },
  'gate.person': { callers: [...governed, 'tandem_founder'], definer: true },
  'gate.acting': { callers: governed, definer: true },
  'gate.role': { callers: governed, definer: true },
  'gate.operations': { callers: governed, definer: true },
  'gate.authorised_operation': { callers: governed, definer: true },
  'gate.purposed_operation': { callers: governed, definer: true },
  'gate.enter': { callers: [], definer: true },
  'gate.login_of': { callers: [], definer: false },
  'gate.admit': { callers: [], definer: true },
  'gate.begin': { callers: persons, definer: true },
  'gate.begin_frame': { callers: persons, definer: true },
  'gate.choose': { callers: people, definer: true },
  'gate.begin_lane': { callers: ['tandem_ingest'], definer: true },
  'gate.begin_job': { callers: ['tandem_ingest'], definer: true },
  'gate.lease_jobs': { callers: ['tandem_ingest'], definer: true },
  'gate.park_job': { callers: ['tandem_ingest'], definer: true },
  'gate.wake_jobs': { callers: ['tandem_ingest'], definer: true },
  'gate.give_lane_authority': { callers: ['tandem_supervisor'], definer: true },
  'gate.take_questions': { callers: workers, definer: true },
  'gate.lanes': { callers: ['tandem_ingest', 'tandem_gate'], definer: true },
  'gate.open_session': { callers: ['tandem_gate'], definer: true },
  'gate.session_of': { callers: ['tandem_gate'], definer: true },
  'gate.close_session': { callers: ['tandem_gate'], definer: true },
  'gate.give_second_factor': { callers: ['tandem_gate'], definer: true },
  'gate.passkeys_of': { callers: ['tandem_gate'], definer: true },
  'gate.add_passkey': { callers: ['tandem_gate'], definer: true },
  'gate.use_passkey': { callers: ['tandem_gate'], definer: true },
  'gate.sender_of': { callers: ['tandem_gate'], definer: true },
  // Of triggers: whoever changes the row runs them, nobody calls them.
  'tandem.p1_down_takes_two': { callers: [], definer: false },
  'tandem.second_person_agreed': { callers: [], definer: false },
  'tandem.settled_once': { callers: [], definer: false },
  'tandem.a_rise_ends_the_hold': { callers: [], definer: false },
  'tandem.erasure_takes_two': { callers: [], definer: false },
  'tandem.attribution_takes_two': { callers: [], definer: false },
  'tandem.sign_own_name': { callers: [], definer: false },
  'gate.await_place': { callers: ['tandem_owner'], definer: true },
  'ledger.placed_once': { callers: [], definer: false },
  'gate.counts': { callers: [...people, 'tandem_inspector', 'tandem_administrator'], definer: true },
}
