// Made from sql/ by tools/generate-queries.ts; a test checks that it is current.
import type { Json } from '@tandem/core'

export interface Queries {
  'appearance/all_values': {
    parameters: { after: string; limit: number }
    row: { appearance_id: string; observable_id: string; kind: string }
  }
  'appearance/beside': {
    parameters: { observables: string[]; component: string }
    row: { component_id: string; appearances: number }
  }
  'appearance/erase': {
    parameters: { referral_id: string }
    row: { appearance_id: string; component_id: string }
  }
  'appearance/holders': {
    parameters: { observables: string[]; referrals: string[] }
    row: { observable_id: string; kind: string; before: number; now: number }
  }
  'appearance/insert': {
    parameters: { operation_id: string; ids: string[]; referrals: string[]; people: number[]; roles: string[]; particulars: Buffer[] }
    row: {  }
  }
  'appearance/insert_values': {
    parameters: { operation_id: string; appearances: string[]; numbers: number[]; observables: string[]; kinds: string[]; used_ats: (string | null)[]; ports: (number | null)[] }
    row: {  }
  }
  'appearance/linked': {
    parameters: { referrals: string[] }
    row: { referral_id: string }
  }
  'appearance/near': {
    parameters: { observables: string[] }
    row: { component_id: string }
  }
  'appearance/of_components': {
    parameters: { components: string[] }
    row: { appearance_id: string; operation_id: string; referral_id: string; person: number; role: string; particulars_sealed: Buffer; component_id: string; subject_id: string; number: number; received_at: string }
  }
  'appearance/of_referrals': {
    parameters: { referrals: string[] }
    row: { appearance_id: string; referral_id: string; person: number; role: string; component_id: string; subject_id: string }
  }
  'appearance/one': {
    parameters: { appearance_id: string }
    row: { appearance_id: string; operation_id: string; referral_id: string; component_id: string; subject_id: string }
  }
  'appearance/place': {
    parameters: { appearances: string[]; components: string[]; subjects: string[] }
    row: {  }
  }
  'appearance/places': {
    parameters: { appearances: string[] }
    row: { appearance_id: string; referral_id: string; component_id: string }
  }
  'appearance/values_of': {
    parameters: { appearances: string[] }
    row: { appearance_id: string; observable_id: string; kind: string; used_at: string | null; port: number | null }
  }
  'attribution/add_error': {
    parameters: { operation_id: string; error_id: string; attribution_id: string; grading: string; error_sealed: Buffer }
    row: {  }
  }
  'attribution/all': {
    parameters: { referral_id: string | null; attribution_id: string | null }
    row: { attribution_id: string; operation_id: string; referral_id: string; number: number; person: number; event: number; answer_id: string | null; answer_number: number | null; answer_person: number | null; attributed_sealed: Buffer | null; given_sealed: Buffer; basis_sealed: Buffer; doubts: string[]; reason_sealed: Buffer; override_sealed: Buffer | null; proposed_by: string; proposed_at: string; state: string; settled_by: string | null; settled_at: string | null; settled_reason_sealed: Buffer | null }
  }
  'attribution/errors': {
    parameters: { attributions: string[] }
    row: { error_id: string; attribution_id: string; grading: string; error_sealed: Buffer; opened_by: string; opened_at: string }
  }
  'attribution/insert': {
    parameters: { operation_id: string; attribution_id: string; referral_id: string; person: number; event: number; answer_id: string | null; answer_person: number | null; attributed_sealed: Buffer | null; given_sealed: Buffer; basis_sealed: Buffer; doubts: string[]; reason_sealed: Buffer; override_sealed: Buffer | null }
    row: {  }
  }
  'attribution/lock': {
    parameters: { attribution_id: string }
    row: { attribution_id: string; operation_id: string; referral_id: string; number: number; person: number; event: number; answer_id: string | null; answer_person: number | null; attributed_sealed: Buffer | null; given_sealed: Buffer; basis_sealed: Buffer; doubts: string[]; override_sealed: Buffer | null; proposed_by: string; state: string }
  }
  'attribution/records': {
    parameters: { referrals: string[] }
    row: { referral_id: string; operation_id: string; number: number; format: string; record_sealed: Buffer; sender_id: string; original_sha256: Buffer; set_aside: number }
  }
  'attribution/settle': {
    parameters: { attribution_id: string; state: string; reason_sealed: Buffer; settled_on: Buffer | null }
    row: {  }
  }
  'authority/all': {
    parameters: {  }
    row: { authority_id: string; agency: string; operation_id: string; operation: string; kind: string; act: string; section: string; issuer: string; scope: string; necessity: string; proportionality: string; starts_at: string; expires_at: string; cancelled_at: string | null; cancel_reason: string | null; created_by: string; state: string }
  }
  'authority/cancel': {
    parameters: { authority_id: string; reason: string }
    row: { operation_id: string; cancelled_at: string }
  }
  'authority/give_lane': {
    parameters: { lane: string; authority: string }
    row: { waiting: number | null }
  }
  'authority/insert': {
    parameters: { authority_id: string; operation_id: string; kind: string; act: string; section: string; issuer: string; scope: string; necessity: string; proportionality: string; starts_at: string; expires_at: string }
    row: {  }
  }
  'choice/insert': {
    parameters: { operation_id: string; choice_id: string; one_id: string; one_score: number; other_id: string; other_score: number; first: string | null; undoes: string | null }
    row: {  }
  }
  'choice/of_pair': {
    parameters: { one_id: string; other_id: string }
    row: { choice_id: string; one_id: string; one_score: number; other_id: string; other_score: number; first: string; chosen_by: string; chosen_at: string; undone_at: string | null }
  }
  'choice/show': {
    parameters: { choice_id: string }
    row: { choice_id: string; operation_id: string; one_id: string; one_score: number; other_id: string; other_score: number; first: string | null; chosen_by: string; undoes: string | null; undone_by: string | null }
  }
  'decision/insert': {
    parameters: { operation_id: string; decision_id: string; referral_id: string; verb: string; reason_sealed: Buffer | null; second_person: string | null; proposal_id: string | null; before: string; after: string; undoes: string | null; outcome: string | null }
    row: {  }
  }
  'decision/later': {
    parameters: { decision_id: string }
    row: { standing: number }
  }
  'decision/of_referral': {
    parameters: { referral_id: string }
    row: { decision_id: string; referral_id: string; verb: string; reason_sealed: Buffer | null; decided_by: string; second_person: string | null; proposal_id: string | null; proposal_reason_sealed: Buffer | null; proposed_at: string | null; decided_at: string; before: Json; after: Json; undoes: string | null; undone_by: string | null }
  }
  'decision/show': {
    parameters: { decision_id: string }
    row: { decision_id: string; referral_id: string; verb: string; decided_by: string; before: Json; after: Json; undoes: string | null; undone_by: string | null }
  }
  'deconfliction/add_hits': {
    parameters: { operation_id: string; run_id: string; numbers: number[]; kinds: string[]; references: string[]; outputs: string[] }
    row: {  }
  }
  'deconfliction/add_release': {
    parameters: { operation_id: string; release_id: string; run_id: string; references_sealed: Buffer; desk: string }
    row: {  }
  }
  'deconfliction/all': {
    parameters: { limit: number }
    row: { run_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; most_asked: number; most_held: number; entries: number | null; terms_sealed: Buffer; made_by: string; made_at: string; expires_at: string; decided_by: string | null; decided_at: string | null; outcome: Json | null; ended_at: string | null }
  }
  'deconfliction/ask_audit': {
    parameters: { agency_id: string; operation_id: string; audit_id: string; run_id: string; places: string }
    row: {  }
  }
  'deconfliction/audit': {
    parameters: { audit_id: string }
    row: { audit_id: string; operation_id: string; run_id: string; places: Json; opened_by: string | null }
  }
  'deconfliction/audits': {
    parameters: { run_id: string | null }
    row: { audit_id: string; agency_id: string; operation_id: string; run_id: string; places: Json; asked_at: string; opened_by: string | null; opened_at: string | null; result: Json | null }
  }
  'deconfliction/by_digest': {
    parameters: { peer: string; digest: Buffer }
    row: { run_id: string; operation_id: string; state: string; request_sealed: Buffer | null; job_id: string | null }
  }
  'deconfliction/by_run': {
    parameters: { peer: string; run: Buffer }
    row: { run_id: string; operation_id: string; desk: string | null; record_sealed: Buffer | null }
  }
  'deconfliction/commit': {
    parameters: { run_id: string; run: Buffer; size: number; root: Buffer }
    row: {  }
  }
  'deconfliction/decide': {
    parameters: { run_id: string; state: string; decision_sealed: Buffer; job_id: string | null; entries: number | null; entries_sealed: Buffer | null; desk: string | null }
    row: { decided_at: string | null }
  }
  'deconfliction/decide_release': {
    parameters: { release_id: string; state: string; decision_sealed: Buffer }
    row: { decided_at: string | null }
  }
  'deconfliction/end': {
    parameters: { run_id: string; state: string; outcome: string; record_sealed: Buffer | null }
    row: { operation_id: string; job_id: string | null }
  }
  'deconfliction/for_running': {
    parameters: { run_id: string }
    row: { run_id: string; operation_id: string; side: string; peer: string; state: string; entries_sealed: Buffer | null; terms_sealed: Buffer; kinds: string[]; most_asked: number; most_held: number; made_by: string; made_at: string; decided_by: string | null; decided_at: string | null; expires_at: string; desk: string | null; record_sealed: Buffer | null }
  }
  'deconfliction/hits': {
    parameters: { run_id: string }
    row: { number: number; kind: string; reference: string; outputs: Json }
  }
  'deconfliction/inspect': {
    parameters: { limit: number }
    row: { run_id: string; agency_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; most_asked: number; most_held: number; size: number | null; outcome: Json | null; made_at: string; ended_at: string | null }
  }
  'deconfliction/know_key': {
    parameters: { peer: string; public_key: Buffer }
    row: { seen_at: string }
  }
  'deconfliction/lock': {
    parameters: { run_id: string }
    row: { run_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; most_asked: number; most_held: number; terms_sealed: Buffer; digest: Buffer | null; made_by: string; made_at: string; expires_at: string; expired: boolean | null; job_id: string | null; desk: string | null }
  }
  'deconfliction/observables': {
    parameters: { kinds: string[]; observables: string[] | null; limit: number }
    row: { observable_id: string; kind: string; mention_id: string; referral_id: string; normal_sealed: Buffer | null; shared_normal_sealed: Buffer | null; number: number }
  }
  'deconfliction/one': {
    parameters: { run_id: string }
    row: { run_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; most_asked: number; most_held: number; entries: number | null; terms_sealed: Buffer; entries_sealed: Buffer | null; made_by: string; made_at: string; expires_at: string; decided_by: string | null; decided_at: string | null; decision_sealed: Buffer | null; job_id: string | null; desk: string | null; run: Buffer | null; size: number | null; root: Buffer | null; outcome: Json | null; ended_at: string | null }
  }
  'deconfliction/open_audit': {
    parameters: { audit_id: string; result: string }
    row: {  }
  }
  'deconfliction/propose': {
    parameters: { operation_id: string; run_id: string; peer: string; kinds: string[]; most_asked: number; most_held: number; entries: number; terms_sealed: Buffer; entries_sealed: Buffer; desk: string; expires_at: string }
    row: {  }
  }
  'deconfliction/receive': {
    parameters: { operation_id: string; run_id: string; peer: string; kinds: string[]; most_asked: number; most_held: number; terms_sealed: Buffer; request_sealed: Buffer; digest: Buffer; expires_at: string }
    row: { run_id: string }
  }
  'deconfliction/receive_release': {
    parameters: { operation_id: string; release_id: string; run_id: string; references_sealed: Buffer; desk: string; digest: Buffer; pointers: string; alarms: string }
    row: { release_id: string }
  }
  'deconfliction/record': {
    parameters: { run_id: string }
    row: { run_id: string; operation_id: string; side: string; peer: string; run: Buffer | null; size: number | null; root: Buffer | null; desk: string | null; record_sealed: Buffer | null }
  }
  'deconfliction/release': {
    parameters: { release_id: string }
    row: { release_id: string; operation_id: string; run_id: string; state: string; references_sealed: Buffer; desk: string; made_by: string; made_at: string; decided_by: string | null; decided_at: string | null; peer: string; run: Buffer | null }
  }
  'deconfliction/released': {
    parameters: { release_id: string; digest: Buffer; pointers: string }
    row: {  }
  }
  'deconfliction/releases': {
    parameters: { run_id: string }
    row: { release_id: string; state: string; references_sealed: Buffer; desk: string; made_by: string; made_at: string; decided_by: string | null; decided_at: string | null; pointers: Json | null; alarms: Json | null }
  }
  'deconfliction/sent': {
    parameters: { run_id: string; digest: Buffer; record_sealed: Buffer }
    row: {  }
  }
  'deconfliction/to_inspect': {
    parameters: { run_id: string }
    row: { run_id: string; agency_id: string; operation_id: string; state: string; size: number | null }
  }
  'delivery/add_chunks': {
    parameters: { operation_id: string; delivery_id: string; numbers: number[]; chunks: Buffer[] }
    row: {  }
  }
  'delivery/add_set_aside': {
    parameters: { operation_id: string; delivery_id: string; numbers: number[]; places: string[]; codes: string[]; says: string[] }
    row: {  }
  }
  'delivery/await_authority': {
    parameters: { delivery_id: string }
    row: {  }
  }
  'delivery/by_digest': {
    parameters: { sha256: Buffer; sender_id: string }
    row: { delivery_id: string }
  }
  'delivery/by_key': {
    parameters: { lane_id: string; sender_id: string; idempotency_key: string }
    row: { delivery_id: string; original_sha256: Buffer; original_length: number; received_at: string; state: string; repeat_of: string | null; reason_code: string | null; reason: string | null; stripped: number }
  }
  'delivery/chunks': {
    parameters: { delivery_id: string }
    row: { number: number; bytes_sealed: Buffer }
  }
  'delivery/finish': {
    parameters: { delivery_id: string; state: string; format: string | null; records: number; accepted: number; remarked: number; set_aside: number; reason_code: string | null; reason: string | null }
    row: {  }
  }
  'delivery/for_reading': {
    parameters: { delivery_id: string }
    row: { delivery_id: string; operation_id: string; lane_id: string; sender_id: string; sender: string; received_at: string; state: string; container: string | null; reading: string }
  }
  'delivery/insert': {
    parameters: { delivery_id: string; operation_id: string; lane_id: string; sender_id: string; idempotency_key: string; name_sealed: Buffer; sha256: Buffer; length: number; stripped: string; state: string; repeat_of: string | null; reason_code: string | null; reason: string | null; container: string | null }
    row: { received_at: string }
  }
  'delivery/lock': {
    parameters: { key: string; sha256: Buffer }
    row: { by_key: string | null; by_bytes: string | null }
  }
  'delivery/recent': {
    parameters: { limit: number }
    row: { delivery_id: string; name_sealed: Buffer; sender: string; lane: string; received_at: string; state: string; format: string | null; original_sha256: Buffer; original_length: number; stripped: Json; records: number; accepted: number; remarked: number; set_aside: number; reason_code: string | null; reason: string | null }
  }
  'delivery/referrals_of': {
    parameters: { delivery_id: string }
    row: { referral_id: string; number: number }
  }
  'delivery/set_aside_of': {
    parameters: { delivery_id: string }
    row: { place: string; code: string; says: string }
  }
  'delivery/show': {
    parameters: { delivery_id: string }
    row: { delivery_id: string; name_sealed: Buffer; sender: string; lane: string; received_at: string; state: string; format: string | null; original_sha256: Buffer; original_length: number; stripped: Json; records: number; accepted: number; remarked: number; set_aside: number; reason_code: string | null; reason: string | null }
  }
  'disagreement/counts': {
    parameters: {  }
    row: { agency: string; weight_set: string; higher: number; lower: number; referrals: number; people: number; decided: number }
  }
  'disagreement/factors': {
    parameters: {  }
    row: { weight_set: string; factor: string; higher: number; lower: number }
  }
  'disagreement/insert': {
    parameters: { operation_id: string; disagreement_id: string; referral_id: string; score_number: number; direction: string | null; reason_sealed: Buffer | null; undoes: string | null }
    row: {  }
  }
  'disagreement/latest': {
    parameters: { limit: number }
    row: { disagreement_id: string; referral_id: string; number: number; score_number: number; weight_set: string; direction: string; reason_sealed: Buffer | null; said_by: string; said_at: string; effective_priority: string; computed_priority: string }
  }
  'disagreement/of_referral': {
    parameters: { referral_id: string }
    row: { disagreement_id: string; score_number: number; weight_set: string; direction: string; reason_sealed: Buffer | null; said_by: string; said_at: string; undone_at: string | null }
  }
  'disagreement/own': {
    parameters: { referral_id: string; score_number: number }
    row: { disagreement_id: string; direction: string; reason_sealed: Buffer | null }
  }
  'disagreement/show': {
    parameters: { disagreement_id: string }
    row: { disagreement_id: string; operation_id: string; referral_id: string; score_number: number; direction: string | null; said_by: string; undoes: string | null; undone_by: string | null }
  }
  'fingerprint/insert': {
    parameters: { operation_id: string; referrals: string[]; files: number[]; kinds: string[]; values: Buffer[]; places: string[] }
    row: {  }
  }
  'fold/by_reference': {
    parameters: { sender_id: string; references: string[] }
    row: { reference: string; referral_id: string; number: number }
  }
  'fold/members': {
    parameters: { referrals: string[] }
    row: { bundle_id: string; referral_id: string }
  }
  'fold/repeats': {
    parameters: { referrals: string[] }
    row: { referral_id: string; others: number }
  }
  'fold/same_account': {
    parameters: { referrals: string[]; numbers: number[]; observables: string[] }
    row: { referral_id: string; other_id: string; number: number; shared: number }
  }
  'fold/same_files': {
    parameters: { referrals: string[]; others: string[]; file_referrals: string[]; kinds: string[]; values: Buffer[] }
    row: { referral_id: string; other_id: string; number: number; shared: number; incident_at: string | null }
  }
  'fold/viral_copies': {
    parameters: { referrals: string[]; numbers: number[]; kinds: string[]; values: Buffer[] }
    row: { referral_id: string; other_id: string; number: number; named: number; shared: number; merged_into: string | null }
  }
  'fold/waiting_supplements': {
    parameters: { sender_id: string; references: string[] }
    row: { reference: string; referral_id: string; number: number }
  }
  'frame/agencies': {
    parameters: {  }
    row: { agency_id: string; name: string; short_name: string; kind: string }
  }
  'frame/counts': {
    parameters: {  }
    row: { agency: string; what: string; state: string; how_many: number }
  }
  'frame/lanes': {
    parameters: {  }
    row: { lane_id: string; name: string; kind: string; authority_id: string; operation_id: string; active: boolean }
  }
  'frame/operations': {
    parameters: {  }
    row: { operation_id: string; name: string; kind: string }
  }
  'frame/people': {
    parameters: {  }
    row: { person_id: string; display_name: string; role: string; active: boolean }
  }
  'frame/sender_by_name': {
    parameters: { name: string }
    row: { sender_id: string }
  }
  'frame/senders': {
    parameters: {  }
    row: { sender_id: string; name: string; kind: string; active: boolean }
  }
  'gate/add_passkey': {
    parameters: { token: Buffer; credential_id: Buffer; public_key: Buffer; counter: number }
    row: { added: string | null }
  }
  'gate/begin': {
    parameters: { token: Buffer }
    row: { cell_id: string; agency_id: string; person_id: string; role: string; operation_id: string | null; authority_id: string | null; purpose_id: string | null; authorised: boolean; purposed: boolean; now: string }
  }
  'gate/begin_frame': {
    parameters: { token: Buffer }
    row: { cell_id: string; agency_id: string; person_id: string; role: string; operation_id: string | null; authority_id: string | null; purpose_id: string | null; authorised: boolean; purposed: boolean; now: string }
  }
  'gate/begin_job': {
    parameters: { job: string; attempt: number }
    row: { cell_id: string; agency_id: string; person_id: string; role: string; operation_id: string | null; authority_id: string | null; purpose_id: string | null; authorised: boolean; purposed: boolean; now: string }
  }
  'gate/begin_lane': {
    parameters: { lane: string }
    row: { cell_id: string; agency_id: string; person_id: string; role: string; operation_id: string | null; authority_id: string | null; purpose_id: string | null; authorised: boolean; purposed: boolean; now: string }
  }
  'gate/choose': {
    parameters: { token: Buffer; operation: string; authority: string; purpose: string }
    row: { chosen: boolean }
  }
  'gate/close_session': {
    parameters: { token: Buffer }
    row: { closed: string | null }
  }
  'gate/give_second_factor': {
    parameters: { token: Buffer }
    row: { given: string | null }
  }
  'gate/lanes': {
    parameters: {  }
    row: { agency_id: string; agency: string; lane_id: string; kind: string }
  }
  'gate/lease_jobs': {
    parameters: { how_many: number; lease_seconds: number }
    row: { job_id: string; agency_id: string; kind: string; subject_id: string; attempts: number }
  }
  'gate/open_session': {
    parameters: { issuer: string; subject: string; token_hash: Buffer; hours: number; idle_seconds: number; second_factor: boolean }
    row: { person_id: string; agency_id: string; role: string; login: string; second_factor: string }
  }
  'gate/park_job': {
    parameters: { job: string; attempt: number; state: string; reason: string; retry_seconds: number }
    row: { parked: boolean }
  }
  'gate/passkeys_of': {
    parameters: { token: Buffer }
    row: { credential_id: Buffer; public_key: Buffer; counter: number }
  }
  'gate/sender_of': {
    parameters: { api_key: Buffer }
    row: { agency_id: string; sender_id: string; lane_id: string }
  }
  'gate/session_of': {
    parameters: { token: Buffer }
    row: { person_id: string; agency_id: string; display_name: string; role: string; login: string; second_factor: string; operation_id: string | null }
  }
  'gate/take_questions': {
    parameters: { peer: string; questions: number; allowed: number; hours: number }
    row: { left_over: number | null }
  }
  'gate/use_passkey': {
    parameters: { credential_id: Buffer; counter: number }
    row: { used: string | null }
  }
  'gate/wake_jobs': {
    parameters: {  }
    row: { woken: number }
  }
  'hit/insert': {
    parameters: { operation_id: string; ids: string[]; referrals: string[]; files: number[]; kinds: string[]; values: Buffer[]; places: string[]; lists: string[]; versions: string[]; numbers: number[]; schemes: (string | null)[]; categories: (string | null)[]; listed: Buffer[]; distances: number[]; thresholds: number[]; qualities: (number | null)[] }
    row: {  }
  }
  'hit/of_referral': {
    parameters: { referral_id: string }
    row: { hit_id: string; file: number; kind: string; value: Buffer; place: string; list: string; publisher: string; version: number; state: string; end_reason: string | null; entry: string | null; note: string | null; ended: string | null; ended_because: string | null; category_scheme: string | null; category: string | null; listed: Buffer; distance: number; threshold: number; quality: number | null; found_at: string }
  }
  'hit/show': {
    parameters: { hit_id: string }
    row: { hit_id: string; referral_id: string; referral: number; file: number; kind: string; value: Buffer; place: string; list: string; publisher: string; version: number; state: string; end_reason: string | null; entry: string | null; note: string | null; ended: string | null; ended_because: string | null; number: number; category_scheme: string | null; category: string | null; listed: Buffer; distance: number; threshold: number; quality: number | null; found_at: string }
  }
  'hit/standing': {
    parameters: { referrals: string[] }
    row: { referral_id: string; file: number; kind: string; value: Buffer; place: string; list_id: string; list: string; version: number; category_scheme: string | null; category: string | null }
  }
  'item/change': {
    parameters: { referral_id: string; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; confirmed_priority: string | null; confirmed_score: number | null; effective_priority: string; act_by: string }
    row: { version: number }
  }
  'item/fold': {
    parameters: { referrals: string[]; intos: string[] }
    row: {  }
  }
  'item/folded_into': {
    parameters: { referral_id: string }
    row: { referral_id: string; number: number; state: string; direction: string }
  }
  'item/insert': {
    parameters: { operation_id: string; received_at: string; referrals: string[]; declared_priorities: (string | null)[]; computed_priorities: string[]; effective_priorities: string[]; child_urgencies: number[]; offender_dangers: number[]; act_bys: string[]; hits: number[]; lots: (number | null)[]; lots_drawn: number }
    row: {  }
  }
  'item/lock': {
    parameters: { referral_id: string }
    row: { referral_id: string; operation_id: string; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; declared_priority: string | null; computed_priority: string; confirmed_priority: string | null; confirmed_score: number | null; effective_priority: string; act_by: string; received_at: string; hits: number }
  }
  'item/lock_all': {
    parameters: { referrals: string[] }
    row: { referral_id: string; operation_id: string; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; declared_priority: string | null; computed_priority: string; confirmed_priority: string | null; confirmed_score: number | null; effective_priority: string; act_by: string; received_at: string; hits: number }
  }
  'item/rescore': {
    parameters: { referrals: string[]; computed_priorities: string[]; effective_priorities: string[]; child_urgencies: number[]; offender_dangers: number[]; act_bys: string[]; hits: number[]; own_priorities: string[] }
    row: {  }
  }
  'item/touch': {
    parameters: { referral_id: string }
    row: {  }
  }
  'job/finish': {
    parameters: { job_id: string }
    row: { job_id: string }
  }
  'job/hold': {
    parameters: { job_id: string; kind: string; subject_id: string; until: string }
    row: {  }
  }
  'job/insert': {
    parameters: { job_id: string; kind: string; subject_id: string }
    row: {  }
  }
  'job/insert_at': {
    parameters: { job_id: string; kind: string; subject_id: string; run_after: string }
    row: {  }
  }
  'job/insert_many': {
    parameters: { ids: string[]; kind: string; subjects: string[] }
    row: {  }
  }
  'key/insert': {
    parameters: { operation_id: string; records: string[]; slots: number[]; versions: number[]; bytes: Buffer[] }
    row: { record_id: string }
  }
  'key/lock_slot': {
    parameters: { agency_id: string; operation_id: string; slot: number }
    row: { version: number }
  }
  'key/of_records': {
    parameters: { records: string[] }
    row: { record_id: string; operation_id: string; slot: number; version: number | null; bytes: Buffer | null }
  }
  'key/of_slot': {
    parameters: { agency_id: string; operation_id: string; slot: number }
    row: { record_id: string; bytes: Buffer }
  }
  'key/rewrap': {
    parameters: { agency_id: string; operation_id: string; slot: number; version: number; records: string[]; bytes: Buffer[]; gone: string[] }
    row: {  }
  }
  'ledger/append': {
    parameters: { entry_ids: string[]; leaves: Buffer[]; salts: Buffer[]; verbs: string[]; objects: string[]; at: string }
    row: {  }
  }
  'ledger/by_id': {
    parameters: { agencies: string[]; entry_ids: string[] }
    row: { agency_id: string; entry_id: string; leaf: Buffer; place: number | null; salt: Buffer | null; person_id: string | null; verb: string | null; object: Json | null; at: string | null; authority_id: string | null; purpose_id: string | null }
  }
  'ledger/logs': {
    parameters: {  }
    row: { agency_id: string; name: string; origin: string; size: number; root: Buffer | null; note: string | null; signed_at: string | null; cosigned_size: number; cosigned_note: string | null }
  }
  'ledger/page': {
    parameters: { before_at: string | null; before_id: string | null; referral: string | null; limit: number }
    row: { entry_id: string; agency_id: string; salt: Buffer; person_id: string; verb: string; object: Json; at: string; authority_id: string | null; purpose_id: string | null; leaf: Buffer; place: number | null }
  }
  'ledger/stamped': {
    parameters: { agency_id: string; place: number }
    row: { size: number; authority: string; note: string; token: Buffer; at: string }
  }
  'link/acts': {
    parameters: { appearances: string[]; observables: string[] }
    row: { act_id: string; decision_id: string; operation_id: string; kind: string; one: string | null; other: string | null; observable_id: string | null; expires_at: string | null; ground: Json | null; reason_sealed: Buffer | null; made_by: string; made_at: string; undone_by: string | null; undone_at: string | null; undone_who: string | null; undone_reason_sealed: Buffer | null; one_referral: string | null; one_number: number | null; one_person: number | null; other_number: number | null; other_person: number | null }
  }
  'link/decision': {
    parameters: { decision_id: string }
    row: { act_id: string; operation_id: string; kind: string; one: string | null; other: string | null; observable_id: string | null; made_by: string; reasoned: boolean; undone: boolean }
  }
  'link/insert': {
    parameters: { operation_id: string; decision_id: string; kind: string; ids: string[]; ones: (string | null)[]; others: (string | null)[]; observables: (string | null)[]; undoes: (string | null)[]; expires_at: string | null; ground: Json | null; reasons: (Buffer | null)[] }
    row: {  }
  }
  'link/suppressed': {
    parameters: { observables: string[] }
    row: { act_id: string; observable_id: string; ground: Json; over: boolean; overruled: boolean }
  }
  'link/suppressions': {
    parameters: {  }
    row: { act_id: string; observable_id: string; ground: Json; kind: string; over: boolean; overruled: boolean }
  }
  'link/turn': {
    parameters: {  }
    row: { mine: boolean }
  }
  'list/add_change': {
    parameters: { change_id: string; version_id: string; number: number; format: string | null; file_sha256: Buffer | null; records: number; accepted: number; remarked: number; set_aside: number; first: number; added: number; withdrawn: number; replaced: number }
    row: {  }
  }
  'list/add_entries': {
    parameters: { version_id: string; numbers: number[]; kinds: string[]; values: Buffer[]; qualities: (number | null)[]; entries: (string | null)[]; schemes: (string | null)[]; categories: (string | null)[]; keys: (string | null)[]; notes: (string | null)[] }
    row: {  }
  }
  'list/add_version': {
    parameters: { list_id: string; version_id: string; version: number; format: string }
    row: {  }
  }
  'list/all': {
    parameters: {  }
    row: { list_id: string; name: string; publisher: string; version_id: string; version: number; state: string; format: string; file_sha256: Buffer; records: number; accepted: number; remarked: number; set_aside: number; loaded_at: string; loaded_by: string; ended_at: string | null; end_reason: string | null; hits: number }
  }
  'list/by_name': {
    parameters: { name: string }
    row: { list_id: string; name: string; publisher: string; latest: number; current_id: string | null; current_sha256: Buffer | null }
  }
  'list/change': {
    parameters: { change_id: string }
    row: { version_id: string; number: number; first: number; perceptual: boolean }
  }
  'list/change_by_file': {
    parameters: { version_id: string; file_sha256: Buffer }
    row: { number: number }
  }
  'list/changes': {
    parameters: {  }
    row: { version_id: string; number: number; format: string | null; file_sha256: Buffer | null; records: number; accepted: number; remarked: number; set_aside: number; added: number; withdrawn: number; replaced: number; loaded_at: string; loaded_by: string }
  }
  'list/complete': {
    parameters: { version_id: string; file_sha256: Buffer; records: number; accepted: number; remarked: number; set_aside: number; perceptual: number }
    row: {  }
  }
  'list/end_entries': {
    parameters: { version_id: string; change_id: string; numbers: number[]; hows: string[]; reasons: string[] }
    row: {  }
  }
  'list/ensure': {
    parameters: { list_id: string; name: string; publisher: string }
    row: {  }
  }
  'list/hits_before': {
    parameters: { version_id: string }
    row: { referral_id: string; operation_id: string }
  }
  'list/hits_ended_by': {
    parameters: { change_id: string }
    row: { hit_id: string; operation_id: string; referral_id: string; file: number; kind: string; value: Buffer; place: string; list_id: string; version_id: string }
  }
  'list/hits_of': {
    parameters: { versions: string[] }
    row: { referral_id: string; hits: number }
  }
  'list/id_of': {
    parameters: { name: string }
    row: { list_id: string }
  }
  'list/is_intake_desk': {
    parameters: { operation_id: string }
    row: { desk: boolean }
  }
  'list/lock': {
    parameters: { list_id: string }
    row: { locked: string | null }
  }
  'list/next_change': {
    parameters: { version_id: string }
    row: { first: number; number: number; perceptual: number; format: string; key: string | null }
  }
  'list/profile': {
    parameters: { name: string }
    row: { version: number; profile: Json }
  }
  'list/profiles': {
    parameters: {  }
    row: { name: string; version: number; profile: Json; saved_at: string; saved_by: string }
  }
  'list/referrals_hit': {
    parameters: { list_id: string; after_priority: string | null; after_number: number | null; limit: number }
    row: { referral_id: string; number: number; state: string; effective_priority: string; computed_priority: string; hits: number; counting: number; versions: number[]; behind: number | null; other_lists: number }
  }
  'list/replace': {
    parameters: { list_id: string }
    row: { version_id: string }
  }
  'list/save_profile': {
    parameters: { name: string; profile: Json }
    row: { version: number }
  }
  'list/set_perceptual': {
    parameters: { version_id: string; perceptual: number }
    row: {  }
  }
  'list/standing_entry': {
    parameters: { version_id: string; entry: string }
    row: { number: number }
  }
  'list/standing_keys': {
    parameters: { version_id: string; keys: string[] }
    row: { key: string; number: number; kind: string; value: Buffer; quality: number | null; category_scheme: string | null; category: string | null; note: string | null }
  }
  'list/versions_of': {
    parameters: { list_id: string }
    row: { version_id: string; version: number; state: string }
  }
  'list/withdraw': {
    parameters: { list_id: string; reason: string }
    row: { version_id: string }
  }
  'log/add': {
    parameters: { cell_id: string; agency_id: string; name: string; origin: string }
    row: {  }
  }
  'log/all': {
    parameters: {  }
    row: { agency_id: string; name: string; origin: string; size: number; root: Buffer | null; note: string | null; signed_at: string | null; cosigned_size: number; cosigned_note: string | null }
  }
  'log/cosign': {
    parameters: { agency_id: string; size: number; note: string }
    row: {  }
  }
  'log/cosigned': {
    parameters: { agency_id: string }
    row: { cosigned_size: number; cosigned_note: string | null }
  }
  'log/leaves': {
    parameters: { agency_id: string; from_index: number; limit: number }
    row: { index: number; entry_id: string; leaf: Buffer | null }
  }
  'log/place': {
    parameters: { agency_id: string; limit: number }
    row: { index: number; leaf: Buffer }
  }
  'log/place_of': {
    parameters: { agency_id: string; entry_id: string }
    row: { index: number | null; leaf: Buffer }
  }
  'log/publish': {
    parameters: { agency_id: string; size: number; root: Buffer; note: string; signed_at: string }
    row: {  }
  }
  'log/stamp': {
    parameters: { agency_id: string; size: number; authority: string; note: string; token: Buffer; at: string }
    row: {  }
  }
  'log/stamps': {
    parameters: {  }
    row: { agency_id: string; authority: string; size: number; at: string }
  }
  'log/turn': {
    parameters: { what: string }
    row: { turn: string | null }
  }
  'log/waiting': {
    parameters: { limit: number }
    row: { agency_id: string; how_many: number }
  }
  'log/witness': {
    parameters: { agency_id: string; origin: string; old_size: number; size: number; root: Buffer }
    row: { size: number }
  }
  'log/witnessed': {
    parameters: { agency_id: string; origin: string }
    row: { size: number; root: Buffer; at: string }
  }
  'log/witnesses_of': {
    parameters: { origin: string }
    row: { name: string; size: number; root: Buffer }
  }
  'lookup/answered': {
    parameters: { lookup_id: string; state: string; held: boolean | null; outcome: string | null }
    row: { lookup_id: string }
  }
  'lookup/ask': {
    parameters: { operation_id: string; lookup_id: string; grant_id: string; number: number; kind: string; asked_sealed: Buffer; in_record: boolean; elements: Buffer }
    row: {  }
  }
  'lookup/ask_audit': {
    parameters: { agency_id: string; operation_id: string; audit_id: string; grant_id: string; numbers: string }
    row: {  }
  }
  'lookup/asked': {
    parameters: { grant_id: string }
    row: { agency_id: string; operation_id: string; number: number }
  }
  'lookup/audit': {
    parameters: { audit_id: string }
    row: { audit_id: string; operation_id: string; grant_id: string; numbers: Json; opened_by: string | null }
  }
  'lookup/audits': {
    parameters: {  }
    row: { audit_id: string; agency_id: string; grant_id: string; numbers: Json; asked_at: string; opened_by: string | null; opened_at: string | null; result: Json | null }
  }
  'lookup/decide': {
    parameters: { grant_id: string; state: string; decision_sealed: Buffer; digest: Buffer | null; request_sealed: Buffer | null }
    row: { decided_at: string | null }
  }
  'lookup/end': {
    parameters: { grant_id: string; why: string }
    row: { operation_id: string; job_id: string | null }
  }
  'lookup/give': {
    parameters: { grant_id: string; decision_sealed: Buffer; job_id: string; desk: string; key_sealed: Buffer; list_sealed: Buffer; public_key: Buffer; outputs: Buffer; size: number; listed_at: string }
    row: { grant_id: string }
  }
  'lookup/grants': {
    parameters: { limit: number }
    row: { grant_id: string; side: string; peer: string; state: string; kinds: string[]; lookups: number; terms_sealed: Buffer; made_by: string; made_at: string; expires_at: string; expired: boolean; decided_by: string | null; decided_at: string | null; decision_sealed: Buffer | null; desk: string | null; size: number | null; public_key: Buffer | null; listed_at: string | null; used: number; why: string | null; ended_at: string | null; spent: number }
  }
  'lookup/in_force': {
    parameters: { grant_id: string }
    row: { grant_id: string }
  }
  'lookup/inspect': {
    parameters: { limit: number }
    row: { grant_id: string; agency_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; lookups: number; made_at: string; expires_at: string; size: number | null; public_key: Buffer | null; spent: number; all_asked: number; held: number; unanswered: number; not_in_record: number }
  }
  'lookup/lock': {
    parameters: { grant_id: string }
    row: { grant_id: string; operation_id: string; side: string; peer: string; state: string; kinds: string[]; lookups: number; terms_sealed: Buffer; request_sealed: Buffer | null; digest: Buffer | null; made_by: string; made_at: string; expires_at: string; expired: boolean | null; job_id: string | null }
  }
  'lookup/of_peer': {
    parameters: { peer: string; name: Buffer }
    row: { grant_id: string; state: string; job_id: string | null; digest: Buffer | null; expired: boolean | null }
  }
  'lookup/one': {
    parameters: { lookup_id: string }
    row: { lookup_id: string; grant_id: string; peer: string; kind: string; asked_sealed: Buffer; in_record: boolean; state: string; held: boolean | null; outcome: Json | null; made_by: string; made_at: string; ended_at: string | null; desk: string | null; listed_at: string | null }
  }
  'lookup/open_audit': {
    parameters: { audit_id: string; result: string }
    row: {  }
  }
  'lookup/propose': {
    parameters: { operation_id: string; grant_id: string; peer: string; kinds: string[]; lookups: number; terms_sealed: Buffer; expires_at: string }
    row: {  }
  }
  'lookup/receive': {
    parameters: { operation_id: string; grant_id: string; peer: string; kinds: string[]; lookups: number; terms_sealed: Buffer; request_sealed: Buffer; digest: Buffer; expires_at: string; most_waiting: number }
    row: { grant_id: string }
  }
  'lookup/recent': {
    parameters: { limit: number }
    row: { lookup_id: string; grant_id: string; peer: string; kind: string; asked_sealed: Buffer; in_record: boolean; state: string; held: boolean | null; outcome: Json | null; made_by: string; made_at: string; ended_at: string | null; desk: string | null; listed_at: string | null }
  }
  'lookup/spend': {
    parameters: { grant_id: string; number: number; element: Buffer }
    row: { number: number }
  }
  'lookup/take_numbers': {
    parameters: { grant_id: string; count: number; state: string }
    row: { first: number }
  }
  'lookup/take_up': {
    parameters: { grant_id: string; list_sealed: Buffer; desk: string; public_key: Buffer; outputs: Buffer; size: number; listed_at: string }
    row: { grant_id: string }
  }
  'lookup/to_answer': {
    parameters: { grant_id: string }
    row: { operation_id: string; key_sealed: Buffer | null; list_sealed: Buffer | null }
  }
  'lookup/to_ask': {
    parameters: { grant_id: string }
    row: { grant_id: string; operation_id: string; peer: string; state: string; kinds: string[]; lookups: number; desk: string | null; list_sealed: Buffer | null; request_sealed: Buffer | null; digest: Buffer | null; listed_at: string | null; used: number; expired: boolean | null }
  }
  'lookup/to_open': {
    parameters: { grant_id: string; numbers: number[] }
    row: { lookup_id: string; number: number; kind: string; asked_sealed: Buffer; elements: Buffer }
  }
  'matcher/barrier': {
    parameters: {  }
    row: { waited: string; over: boolean }
  }
  'matcher/lookup': {
    parameters: { kinds: string[]; values: Buffer[] }
    row: { kind: string; value: Buffer; list_id: string; list: string; version_id: string; version: number; number: number; category_scheme: string | null; category: string | null; quality: number | null }
  }
  'matcher/perceptual_entries': {
    parameters: { versions: string[]; numbers: number[] }
    row: { kind: string; value: Buffer; list_id: string; list: string; version_id: string; version: number; number: number; category_scheme: string | null; category: string | null; quality: number | null }
  }
  'matcher/perceptual_held': {
    parameters: { after_referral: string; after_file: number; after_value: Buffer; limit: number }
    row: { operation_id: string; referral_id: string; file: number; kind: string; value: Buffer; place: string }
  }
  'matcher/perceptual_page': {
    parameters: { version_id: string; after: number; limit: number }
    row: { number: number; value: Buffer }
  }
  'matcher/perceptual_versions': {
    parameters: {  }
    row: { may_see: boolean; version_id: string | null; perceptual: number | null }
  }
  'matcher/retro': {
    parameters: { version_id: string; first: number; limit: number }
    row: { operation_id: string; referral_id: string; file: number; kind: string; value: Buffer; place: string; list_id: string; number: number; category_scheme: string | null; category: string | null }
  }
  'matcher/retro_values': {
    parameters: { change_id: string; limit: number }
    row: { operation_id: string; referral_id: string; file: number; kind: string; value: Buffer; place: string; list_id: string; number: number; category_scheme: string | null; category: string | null }
  }
  'mention/also_in': {
    parameters: { referral_id: string; observables: string[] }
    row: { observable_id: string; referral_id: string; number: number }
  }
  'mention/insert': {
    parameters: { operation_id: string; referrals: string[]; ids: string[]; observables: string[]; places: string[]; people: (number | null)[]; roles: (string | null)[]; strengths: string[]; because: string[]; originals: Buffer[]; normals: Buffer[] }
    row: {  }
  }
  'mention/normals_of': {
    parameters: { observables: string[] }
    row: { observable_id: string; kind: string; referral_id: string; mention_id: string; normal_sealed: Buffer | null; shared_normal_sealed: Buffer | null }
  }
  'mention/of_referral': {
    parameters: { referral_id: string }
    row: { mention_id: string; observable_id: string; kind: string; original_sealed: Buffer; normal_sealed: Buffer | null; shared_normal_sealed: Buffer | null; place: string; person: number | null; strength: string; because: string }
  }
  'note/insert': {
    parameters: { operation_id: string; note_id: string; referral_id: string; text_sealed: Buffer }
    row: {  }
  }
  'note/of_referral': {
    parameters: { referral_id: string }
    row: { note_id: string; text_sealed: Buffer; written_by: string; written_at: string }
  }
  'observable/add': {
    parameters: { ids: string[]; kinds: string[]; tokens: Buffer[] }
    row: { observable_id: string; kind: string; token: Buffer }
  }
  'observable/find': {
    parameters: { kinds: string[]; tokens: Buffer[] }
    row: { observable_id: string; kind: string; token: Buffer }
  }
  'outbox/add': {
    parameters: { operation_id: string; topic: string; subject_id: string }
    row: {  }
  }
  'outbox/add_many': {
    parameters: { topic: string; operations: string[]; subjects: string[] }
    row: {  }
  }
  'outbox/after': {
    parameters: { after: string; limit: number }
    row: { position: string; agency_id: string; operation_id: string; topic: string; subject_id: string }
  }
  'outbox/latest': {
    parameters: {  }
    row: { position: string }
  }
  'outbox/place': {
    parameters: {  }
    row: {  }
  }
  'outbox/turn': {
    parameters: {  }
    row: { mine: boolean }
  }
  'proposal/decided_since': {
    parameters: { proposal_id: string }
    row: { later: number }
  }
  'proposal/insert': {
    parameters: { operation_id: string; proposal_id: string; referral_id: string; verb: string; change: string; reason_sealed: Buffer }
    row: {  }
  }
  'proposal/lock': {
    parameters: { proposal_id: string }
    row: { proposal_id: string; referral_id: string; number: number; verb: string; change: Json; reason_sealed: Buffer; proposed_by: string; state: string }
  }
  'proposal/pending': {
    parameters: { referral_id: string | null }
    row: { proposal_id: string; referral_id: string; number: number; verb: string; change: Json; reason_sealed: Buffer; proposed_by: string; proposed_at: string }
  }
  'proposal/settle': {
    parameters: { proposal_id: string; state: string; reason_sealed: Buffer }
    row: {  }
  }
  'purpose/all': {
    parameters: {  }
    row: { purpose_id: string; operation_id: string; code: string; task: string; ended_at: string | null }
  }
  'purpose/insert': {
    parameters: { purpose_id: string; operation_id: string; code: string; task: string }
    row: {  }
  }
  'queue/counts': {
    parameters: {  }
    row: { queue: number; mine: number; held: number; ended: number; p1: number; p2: number; p3: number; by_lot: number }
  }
  'queue/ended': {
    parameters: { view: string; priority: string | null; after_changed: string | null; after_id: string | null; limit: number; only_by_lot: boolean }
    row: { referral_id: string; number: number; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; sender: string; format: string; reference: string | null; incident_kind: string | null; received_at: string; act_by: string; effective_priority: string; declared_priority: string | null; computed_priority: string; confirmed_priority: string | null; child_urgency: number; offender_danger: number; by_lot: boolean; because: string; score_number: number; disagreed: string | null; people: number; files: number; hits: number; folded: number; remarks: number; read_version: number | null; safeguarding: string; changed_at: string }
  }
  'queue/one': {
    parameters: { referral_id: string }
    row: { referral_id: string; number: number; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; sender: string; format: string; reference: string | null; incident_kind: string | null; received_at: string; act_by: string; effective_priority: string; declared_priority: string | null; computed_priority: string; confirmed_priority: string | null; child_urgency: number; offender_danger: number; by_lot: boolean; because: string; score_number: number; disagreed: string | null; people: number; files: number; hits: number; folded: number; remarks: number; read_version: number | null; safeguarding: string }
  }
  'queue/page': {
    parameters: { view: string; priority: string | null; after_priority: string | null; after_act_by: string | null; after_child: number | null; after_offender: number | null; after_received: string | null; after_id: string | null; limit: number; only_by_lot: boolean }
    row: { referral_id: string; number: number; version: number; state: string; taken_by: string | null; held_until: string | null; merged_into: string | null; sender: string; format: string; reference: string | null; incident_kind: string | null; received_at: string; act_by: string; effective_priority: string; declared_priority: string | null; computed_priority: string; confirmed_priority: string | null; child_urgency: number; offender_danger: number; by_lot: boolean; because: string; score_number: number; disagreed: string | null; people: number; files: number; hits: number; folded: number; remarks: number; read_version: number | null; safeguarding: string }
  }
  'read/expose': {
    parameters: { person_id: string; openings: number }
    row: { openings: number }
  }
  'read/last': {
    parameters: { referral_id: string }
    row: { version: number; score_number: number }
  }
  'read/mark': {
    parameters: { operation_id: string; person_id: string; referral_id: string; version: number; score_number: number }
    row: {  }
  }
  'referral/briefs': {
    parameters: { referrals: string[] }
    row: { referral_id: string; number: number; received_at: string; incident_at: string | null; incident_kind: string | null; sender: string; state: string; effective_priority: string }
  }
  'referral/by_number': {
    parameters: { number: number }
    row: { referral_id: string }
  }
  'referral/for_ranking': {
    parameters: { referrals: string[] }
    row: { referral_id: string; operation_id: string; number: number; record_sealed: Buffer; received_at: string; sender: string }
  }
  'referral/insert': {
    parameters: { operation_id: string; delivery_id: string; sender_id: string; formats: string[]; received_at: string; ids: string[]; numbers: number[]; places: string[]; references: (string | null)[]; incident_kinds: (string | null)[]; incident_ats: (string | null)[]; detected_ats: (string | null)[]; declared_priorities: (string | null)[]; supplement_references: (string | null)[]; remarks: number[]; unknown_fields: number[]; people: number[]; files: number[]; records_sealed: Buffer[] }
    row: {  }
  }
  'referral/next_numbers': {
    parameters: { how_many: number }
    row: { last: number }
  }
  'referral/record': {
    parameters: { referral_id: string }
    row: { referral_id: string; operation_id: string; number: number; record_sealed: Buffer }
  }
  'referral/show': {
    parameters: { referral_id: string }
    row: { referral_id: string; operation_id: string; number: number; place: string; format: string; reference: string | null; record_sealed: Buffer; delivery_id: string; received_at: string; original_sha256: Buffer; original_length: number; stripped: Json; lane: string; sender: string; act: string; section: string }
  }
  'referral/to_erase': {
    parameters: { referral_id: string }
    row: { referral_id: string; operation_id: string; number: number; delivery_state: string; files: string[]; others: number }
  }
  'relation/insert': {
    parameters: { operation_id: string; from_ids: string[]; to_ids: string[]; kinds: string[]; because: string[] }
    row: {  }
  }
  'relation/of_referral': {
    parameters: { referral_id: string }
    row: { from_id: string; to_id: string; kind: string; because: string; from_number: number; to_number: number }
  }
  'safeguarding/acknowledge': {
    parameters: { safeguarding_id: string }
    row: { referral_id: string; operation_id: string; acknowledged_at: string }
  }
  'safeguarding/close': {
    parameters: { safeguarding_id: string; outcome_sealed: Buffer }
    row: { referral_id: string; operation_id: string; closed_at: string }
  }
  'safeguarding/insert': {
    parameters: { operation_id: string; safeguarding_id: string; referral_id: string; need_sealed: Buffer; due_seconds: number }
    row: { due_at: string }
  }
  'safeguarding/of_referral': {
    parameters: { referral_id: string }
    row: { safeguarding_id: string; need_sealed: Buffer; referred_by: string; referred_at: string; due_at: string; acknowledged_at: string | null; acknowledged_by: string | null; outcome_sealed: Buffer | null; closed_at: string | null }
  }
  'safeguarding/open': {
    parameters: {  }
    row: { safeguarding_id: string; referral_id: string; number: number; due_at: string; acknowledged_at: string | null; overdue: boolean }
  }
  'safeguarding/record_of': {
    parameters: { safeguarding_id: string }
    row: { referral_id: string; operation_id: string }
  }
  'score/facts': {
    parameters: { referral_id: string }
    row: { number: number; facts: Json; score: Json }
  }
  'score/facts_of': {
    parameters: { referrals: string[] }
    row: { referral_id: string; state: string; facts: Json; scored_at: string }
  }
  'score/insert': {
    parameters: { weight_set: string; operations: string[]; referrals: string[]; because: string[]; scores: string[]; facts: string[] }
    row: {  }
  }
  'score/latest': {
    parameters: { referral_id: string }
    row: { number: number; weight_set: string; because: string; score: Json; scored_at: string }
  }
  'score/numbered': {
    parameters: { referral_id: string; number: number }
    row: { number: number; weight_set: string; score: Json }
  }
  'search/by_hash': {
    parameters: { kind: string; value: Buffer }
    row: { referral_id: string; number: number; state: string; effective_priority: string; sender: string; received_at: string }
  }
  'search/by_reference': {
    parameters: { number: number | null; reference: string }
    row: { referral_id: string; number: number; state: string; effective_priority: string; sender: string; received_at: string }
  }
  'search/by_token': {
    parameters: { kinds: string[]; tokens: Buffer[] }
    row: { referral_id: string; number: number; state: string; effective_priority: string; sender: string; received_at: string; kind: string }
  }
  'slice/against_ledger': {
    parameters: {  }
    row: { agency: string; kept: number; in_ledger: number; differ: number; unknown: number }
  }
  'slice/counts': {
    parameters: {  }
    row: { agency: string; weight_set: string; by_lot: boolean; lots_drawn: number; received: number; rose: number; elsewhere: number; mattered: number; nothing: number; waiting: number; passed_on: number; raised: number; safeguarded: number }
  }
  'slice/of_referral': {
    parameters: { referral_id: string }
    row: { lot: number | null; lots_drawn: number | null }
  }
  'subject/add_scores': {
    parameters: { operation_id: string; subjects: string[]; numbers: number[]; versions: number[]; scores: string[] }
    row: {  }
  }
  'subject/add_versions': {
    parameters: { operation_id: string; subjects: string[]; versions: number[]; appearances: string[]; became: string[]; held_by: string[]; model: string; because: string }
    row: {  }
  }
  'subject/chart_of_referrals': {
    parameters: { referrals: string[] }
    row: { referral_id: string; number: number; subject_id: string; role: string }
  }
  'subject/chart_of_subjects': {
    parameters: { subjects: string[] }
    row: { subject_id: string; appearance_id: string; referral_id: string; role: string; number: number; observable_id: string | null; kind: string | null }
  }
  'subject/chart_of_values': {
    parameters: { observables: string[] }
    row: { observable_id: string; kind: string; subject_id: string }
  }
  'subject/counts': {
    parameters: {  }
    row: { subjects: number; linked: number }
  }
  'subject/labels': {
    parameters: { subjects: string[] }
    row: { subject_id: string; number: number; person: number }
  }
  'subject/last_mark': {
    parameters: { subject_id: string }
    row: { version: number; score_number: number; read_at: string }
  }
  'subject/latest': {
    parameters: { subjects: string[] }
    row: { subject_id: string; version: number; appearances: string[]; held_by: Json }
  }
  'subject/mark': {
    parameters: { operation_id: string; subject_id: string; version: number; score_number: number }
    row: {  }
  }
  'subject/of_referral': {
    parameters: { referral_id: string }
    row: { appearance_id: string; place: number; subject_id: string; version: number; appearances: number; priority: string; person: number; number: number }
  }
  'subject/one': {
    parameters: { subject_id: string }
    row: { subject_id: string; operation_id: string; version: number; appearances: number; reported: number; score_number: number; priority: string; rank: number; changed_at: string; component_id: string; person: number; number: number; score: Json }
  }
  'subject/put': {
    parameters: { operation_id: string; subjects: string[]; versions: number[]; appearances: number[]; reported: number[]; score_numbers: number[]; priorities: string[]; ranks: number[] }
    row: {  }
  }
  'subject/ranked': {
    parameters: { linked: boolean; after_priority: string | null; after_rank: number | null; after_id: string | null; limit: number }
    row: { subject_id: string; version: number; appearances: number; reported: number; priority: string; rank: number; score_number: number; changed_at: string; person: number; number: number; score: Json; read_version: number | null; read_score: number | null }
  }
  'subject/score': {
    parameters: { subject_id: string; number: number }
    row: { number: number; version: number; score: Json; scored_at: string }
  }
  'subject/scores_of': {
    parameters: { subjects: string[] }
    row: { subject_id: string; score: Json }
  }
  'subject/standing': {
    parameters: { subjects: string[] }
    row: { subject_id: string; version: number; appearances: number; reported: number; score_number: number; priority: string; rank: number }
  }
  'subject/versions': {
    parameters: { subject_id: string }
    row: { version: number; appearances: string[]; became: string[]; held_by: Json; model: string; because: string; made_by: string; made_at: string }
  }
  'tie/contacts_of': {
    parameters: { subjects: string[] }
    row: { referral_id: string; place: number; how: string; one: string; other: string | null; parties: number | null; times: number; first_at: string | null; last_at: string | null; one_subject: string; one_person: number; other_subject: string | null; other_person: number | null; number: number; other_values: string[] | null }
  }
  'tie/holders': {
    parameters: { observables: string[]; fallen: string[] }
    row: { appearance_id: string; relation: string; how: string; observable_id: string; kind: string; file: number | null; held_at: string | null; subject_id: string; referral_id: string; person: number; number: number }
  }
  'tie/insert_contacts': {
    parameters: { operation_id: string; referrals: string[]; numbers: number[]; hows: string[]; ones: string[]; others: (string | null)[]; parties: (number | null)[]; times: number[]; first_ats: (string | null)[]; last_ats: (string | null)[] }
    row: {  }
  }
  'tie/insert_values': {
    parameters: { operation_id: string; appearances: string[]; numbers: number[]; relations: string[]; hows: string[]; observables: string[]; kinds: string[]; files: (number | null)[]; held_ats: (string | null)[]; writtens: Buffer[] }
    row: {  }
  }
  'tie/same_file': {
    parameters: { observables: string[] }
    row: { observable_id: string }
  }
  'tie/spread': {
    parameters: { observables: string[] }
    row: { observable_id: string; relation: string; subjects: number }
  }
  'tie/told': {
    parameters: { appearances: string[] }
    row: {  }
  }
  'tie/told_as': {
    parameters: { subjects: string[] }
    row: { subject_id: string; role: string; times: number }
  }
  'tie/untold': {
    parameters: { referrals: string[] }
    row: { appearance_id: string; referral_id: string; operation_id: string; person: number; role: string }
  }
  'tie/untold_of': {
    parameters: { subject_id: string }
    row: { appearances: number }
  }
  'tie/values_of': {
    parameters: { subjects: string[] }
    row: { appearance_id: string; place: number; relation: string; how: string; observable_id: string; kind: string; file: number | null; held_at: string | null; written_sealed: Buffer; subject_id: string; referral_id: string; person: number; number: number }
  }
  'weights/all': {
    parameters: { limit: number }
    row: { proposal_id: string; weight_set: string; based_on: string; origin: string; sha256: Buffer; changes: Json; why_sealed: Buffer; choices: number; agreed_before: number; agreed_after: number; replay: Json; proposed_by: string; proposed_at: string }
  }
  'weights/cases': {
    parameters: { limit: number }
    row: { referral_id: string; number: number; effective_priority: string; received_at: string; facts: Json }
  }
  'weights/choice_counts': {
    parameters: {  }
    row: { chosen: number; cannot_say: number; people: number }
  }
  'weights/choices': {
    parameters: { limit: number }
    row: { choice_id: string; first: string; one_facts: Json; one_scored_at: string; other_facts: Json; other_scored_at: string }
  }
  'weights/insert': {
    parameters: { operation_id: string; proposal_id: string; weight_set: string; based_on: string; origin: string; weights: string; sha256: Buffer; changes: string; why_sealed: Buffer; choices: number; agreed_before: number; agreed_after: number; replay: string }
    row: {  }
  }
  'weights/named': {
    parameters: { weight_set: string }
    row: { proposal_id: string }
  }
  'weights/show': {
    parameters: { proposal_id: string }
    row: { proposal_id: string; weight_set: string; based_on: string; origin: string; sha256: Buffer; changes: Json; why_sealed: Buffer; choices: number; agreed_before: number; agreed_after: number; replay: Json; proposed_by: string; proposed_at: string; weights: string }
  }
}
