import { createHash } from 'node:crypto'

/** Where a row stands: what the policies look at. */
export interface Slot {
  readonly name: string
  readonly cell: string
  readonly agency: string
  readonly operation: string
  readonly person: string
  /** A lane and a person that stand in this agency since its founding. */
  readonly lane: string
  readonly resident: string
}

export type Value = string | number | boolean | null | Buffer | Date
export type Row = Readonly<Record<string, Value>>

interface Factory {
  /** What finds the row again. */
  readonly key: readonly string[]
  /** `fresh`: one that is not there yet, to be inserted by whoever is tried; its parents are there. */
  readonly make: (slot: Slot, fresh: boolean) => Row
}

/** The same name gives the same id: no lookups, and a failure names the same row each time. */
export function idOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const sealed = Buffer.from('sealed')
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const past = new Date(Date.UTC(2026, 0, 1))
const later = new Date(Date.UTC(2126, 0, 1))

const own = (kind: string, slot: Slot, fresh: boolean): string => idOf(kind, slot.name, fresh ? 'fresh' : 'seed')
const parent = (kind: string, slot: Slot): string => idOf(kind, slot.name, 'seed')
/** A referral that nothing hangs on yet. */
const bareReferral = (slot: Slot): string => idOf('referral', slot.name, 'bare')
const referralFor = (slot: Slot, fresh: boolean): string => (fresh ? bareReferral(slot) : parent('referral', slot))

const numbered = new Map<string, number>()
/** A number of its own for each slot and freshness. */
function keySlotOf(slot: Slot, fresh: boolean): number {
  const at = numbered.get(slot.name) ?? numbered.size
  numbered.set(slot.name, at)
  return (at * 2 + (fresh ? 1 : 0)) % 256
}

const inCell = (slot: Slot) => ({ cell_id: slot.cell })
const inAgency = (slot: Slot) => ({ ...inCell(slot), agency_id: slot.agency })
const inOperation = (slot: Slot) => ({ ...inAgency(slot), operation_id: slot.operation })
const onReferral = (slot: Slot) => ({ ...inOperation(slot), referral_id: parent('referral', slot) })

const referral = (slot: Slot, id: string): Row => ({
  ...inOperation(slot),
  referral_id: id,
  number: digest(id).readUInt32BE(),
  delivery_id: parent('delivery', slot),
  sender_id: parent('sender', slot),
  place: id,
  format: 'test',
  received_at: past,
  people: 0,
  files: 0,
  record_sealed: sealed,
})

const scoreOf = (slot: Slot, number: number): Row => ({
  ...onReferral(slot),
  number,
  weight_set: 'test',
  because: 'test',
  score: '{}',
  facts: '{}',
})

export const bareReferralOf = (slot: Slot): Row => referral(slot, bareReferral(slot))
/** A score of that referral, so that two scores can be held against each other. */
export const bareScoreOf = (slot: Slot): Row => ({ ...scoreOf(slot, 1), referral_id: bareReferral(slot) })
export const bareLeafOf = (slot: Slot): Row => ({
  ...inAgency(slot),
  entry_id: idOf('entry', slot.name, 'bare'),
  leaf: sealed,
})

/** One for each table; a table without one fails the matrix. Parents come before their children. */
export const factories: { readonly [table: string]: Factory } = {
  'tandem.cell': {
    key: ['cell_id'],
    make: (slot) => ({ ...inCell(slot), name: 'Another cell', mode: 'training' }),
  },
  'tandem.agency': {
    key: ['agency_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      ...(fresh ? { agency_id: own('agency', slot, true) } : {}),
      name: slot.name,
      short_name: slot.name,
      kind: 'agency',
    }),
  },
  'tandem.person': {
    key: ['agency_id', 'person_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      person_id: fresh ? own('person', slot, true) : slot.resident,
      display_name: slot.name,
      role: 'case officer',
    }),
  },
  'tandem.operation': {
    key: ['agency_id', 'operation_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      ...(fresh ? { operation_id: own('operation', slot, true) } : {}),
      name: slot.name,
      kind: 'operation',
    }),
  },
  'tandem.operation_member': {
    key: ['agency_id', 'operation_id', 'person_id'],
    // Ended where it is made here, so that a seed gives nobody a membership.
    make: (slot, fresh) => ({
      ...inOperation(slot),
      person_id: fresh ? own('person', slot, true) : slot.person,
      since: past,
      until: past,
    }),
  },
  'tandem.authority': {
    key: ['agency_id', 'authority_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      authority_id: own('authority', slot, fresh),
      kind: 'test',
      act: 'Test Act',
      section: '1',
      issuer: 'Test Issuer',
      scope: 'test',
      necessity: 'test',
      proportionality: 'test',
      starts_at: past,
      expires_at: later,
      created_by: slot.person,
    }),
  },
  'tandem.purpose': {
    key: ['agency_id', 'purpose_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      purpose_id: own('purpose', slot, fresh),
      code: 'test',
      task: 'test',
      created_by: slot.person,
    }),
  },
  'tandem.sender': {
    key: ['agency_id', 'sender_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      sender_id: own('sender', slot, fresh),
      name: own('sender', slot, fresh),
      kind: 'provider',
    }),
  },
  'tandem.lane': {
    key: ['agency_id', 'lane_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      lane_id: fresh ? own('lane', slot, true) : slot.lane,
      name: slot.name,
      kind: 'command',
      principal_id: slot.person,
      authority_id: parent('authority', slot),
      purpose_id: parent('purpose', slot),
    }),
  },
  'gate.session': {
    key: ['token_hash'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      token_hash: digest(own('session', slot, fresh)),
      person_id: slot.person,
      login: 'tandem_officer',
      ends_at: later,
      idle_seconds: 900,
      second_factor: 'not required',
    }),
  },
  'gate.passkey': {
    key: ['credential_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      credential_id: digest(own('passkey', slot, fresh)),
      person_id: slot.person,
      public_key: sealed,
      counter: 0,
    }),
  },
  'gate.context': {
    key: ['backend'],
    // No process has so high a number.
    make: (slot, fresh) => ({
      ...inAgency(slot),
      backend: 1_000_000_000 + (digest(own('context', slot, fresh)).readUInt32BE() % 1_000_000_000),
      transaction: '3',
      person_id: slot.person,
      role: 'case officer',
    }),
  },
  'gate.question_quota': {
    key: ['agency_id', 'peer', 'window_starts'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      peer: own('peer', slot, fresh),
      window_starts: '2030-01-01T00:00:00Z',
      used: 1,
    }),
  },
  'tandem.delivery': {
    key: ['agency_id', 'delivery_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      delivery_id: own('delivery', slot, fresh),
      lane_id: slot.lane,
      sender_id: parent('sender', slot),
      idempotency_key: own('delivery', slot, fresh),
      name_sealed: sealed,
      original_sha256: digest(slot.name),
      original_length: 1,
      state: 'received',
    }),
  },
  'tandem.payload_chunk': {
    key: ['agency_id', 'delivery_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      delivery_id: parent('delivery', slot),
      number: fresh ? 1 : 0,
      bytes_sealed: sealed,
    }),
  },
  'tandem.key_slot': {
    key: ['agency_id', 'operation_id', 'slot'],
    make: (slot, fresh) => ({ ...inOperation(slot), slot: keySlotOf(slot, fresh), version: 1 }),
  },
  'tandem.record_key': {
    key: ['agency_id', 'record_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      record_id: own('record', slot, fresh),
      slot: keySlotOf(slot, false),
      version: 1,
      bytes: Buffer.alloc(61, 1),
    }),
  },
  'tandem.set_aside': {
    key: ['agency_id', 'delivery_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      delivery_id: parent('delivery', slot),
      number: fresh ? 1 : 0,
      place: '/',
      code: 'test',
      says: 'test',
    }),
  },
  'tandem.referral': {
    key: ['agency_id', 'referral_id'],
    make: (slot, fresh) => referral(slot, own('referral', slot, fresh)),
  },
  'tandem.relation': {
    key: ['agency_id', 'from_id', 'to_id', 'kind'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      from_id: parent('referral', slot),
      to_id: bareReferral(slot),
      kind: fresh ? 'same account' : 'same incident',
      because: 'test',
    }),
  },
  'tandem.referral_counter': { key: ['agency_id'], make: (slot) => ({ ...inAgency(slot), last: 0 }) },
  'tandem.triage_item': {
    key: ['agency_id', 'referral_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      referral_id: referralFor(slot, fresh),
      state: 'open',
      computed_priority: 'P2',
      effective_priority: 'P2',
      child_urgency: 0,
      offender_danger: 0,
      act_by: later,
      received_at: past,
    }),
  },
  'tandem.observable': {
    key: ['agency_id', 'observable_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      observable_id: own('observable', slot, fresh),
      kind: 'email',
      token: digest(own('observable', slot, fresh)),
      normal_sealed: sealed,
    }),
  },
  'tandem.mention': {
    key: ['agency_id', 'mention_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      mention_id: own('mention', slot, fresh),
      observable_id: parent('observable', slot),
      place: '/',
      strength: 'test',
      because: 'test',
      original_sealed: sealed,
    }),
  },
  'tandem.fingerprint': {
    key: ['agency_id', 'referral_id', 'file', 'kind', 'value'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      file: fresh ? 1 : 0,
      kind: 'sha256',
      value: digest(slot.name),
      place: '/',
    }),
  },
  'tandem.list': {
    key: ['agency_id', 'list_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      list_id: own('list', slot, fresh),
      name: own('list', slot, fresh),
      publisher: 'Test Publisher',
    }),
  },
  'tandem.list_version': {
    key: ['agency_id', 'version_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      list_id: parent('list', slot),
      version_id: own('version', slot, fresh),
      version: fresh ? 2 : 1,
      format: 'test',
      file_sha256: digest(slot.name),
      state: fresh ? 'replaced' : 'current',
      records: 0,
      accepted: 0,
      remarked: 0,
      set_aside: 0,
      loaded_by: slot.person,
    }),
  },
  'tandem.list_entry': {
    key: ['agency_id', 'version_id', 'number', 'kind'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      version_id: parent('version', slot),
      number: fresh ? 1 : 0,
      kind: 'sha256',
      value: digest(slot.name),
    }),
  },
  'tandem.list_change': {
    key: ['agency_id', 'change_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      change_id: own('change', slot, fresh),
      version_id: parent('version', slot),
      number: fresh ? 2 : 1,
      format: 'test',
      file_sha256: digest(own('change', slot, fresh)),
      records: 0,
      accepted: 0,
      remarked: 0,
      set_aside: 0,
      first: 0,
      added: 0,
      withdrawn: 0,
      replaced: 0,
      loaded_by: slot.person,
    }),
  },
  'tandem.list_entry_end': {
    key: ['agency_id', 'version_id', 'number'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      version_id: parent('version', slot),
      number: fresh ? 8 : 9,
      change_id: parent('change', slot),
      how: 'withdrawn',
      reason: 'test',
    }),
  },
  'tandem.list_profile': {
    key: ['agency_id', 'name', 'version'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      name: 'test',
      version: fresh ? 2 : 1,
      profile: '{}',
      saved_by: slot.person,
    }),
  },
  'tandem.hit': {
    key: ['agency_id', 'hit_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      hit_id: own('hit', slot, fresh),
      file: fresh ? 1 : 0,
      kind: 'sha256',
      value: digest(slot.name),
      place: '/',
      list_id: parent('list', slot),
      version_id: parent('version', slot),
      number: 0,
      listed: digest(slot.name),
      distance: 0,
      threshold: 0,
    }),
  },
  'tandem.triage_score': {
    key: ['agency_id', 'referral_id', 'number'],
    make: (slot, fresh) => scoreOf(slot, fresh ? 2 : 1),
  },
  'tandem.decision': {
    key: ['agency_id', 'decision_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      decision_id: own('decision', slot, fresh),
      verb: 'test',
      decided_by: slot.person,
      before: '{}',
      after: '{}',
    }),
  },
  'tandem.proposal': {
    key: ['agency_id', 'proposal_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      referral_id: referralFor(slot, fresh),
      proposal_id: own('proposal', slot, fresh),
      verb: 'test',
      change: '{}',
      reason_sealed: sealed,
      proposed_by: slot.person,
    }),
  },
  'tandem.note': {
    key: ['agency_id', 'note_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      note_id: own('note', slot, fresh),
      text_sealed: sealed,
      written_by: slot.person,
    }),
  },
  'tandem.safeguarding': {
    key: ['agency_id', 'safeguarding_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      safeguarding_id: own('safeguarding', slot, fresh),
      need_sealed: sealed,
      referred_by: slot.person,
      due_at: later,
    }),
  },
  'tandem.read_mark': {
    key: ['agency_id', 'person_id', 'referral_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      referral_id: referralFor(slot, fresh),
      person_id: slot.person,
      version: 1,
      score_number: 1,
    }),
  },
  'tandem.appearance': {
    key: ['agency_id', 'appearance_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      appearance_id: own('appearance', slot, fresh),
      referral_id: referralFor(slot, fresh),
      person: 0,
      role: 'reported',
      particulars_sealed: sealed,
      component_id: own('appearance', slot, fresh),
      subject_id: own('appearance', slot, fresh),
    }),
  },
  'tandem.appearance_value': {
    key: ['agency_id', 'appearance_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      appearance_id: parent('appearance', slot),
      number: fresh ? 1 : 0,
      observable_id: parent('observable', slot),
      kind: 'phone',
    }),
  },
  'tandem.tie_value': {
    key: ['agency_id', 'appearance_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      appearance_id: parent('appearance', slot),
      number: fresh ? 1 : 0,
      relation: 'household',
      how: 'fixed line',
      observable_id: parent('observable', slot),
      kind: 'phone',
      written_sealed: sealed,
    }),
  },
  'tandem.tie_contact': {
    key: ['agency_id', 'referral_id', 'number'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      referral_id: parent('referral', slot),
      number: fresh ? 1 : 0,
      how: 'conversation',
      one: parent('appearance', slot),
      parties: 40,
      times: 1,
    }),
  },
  'tandem.link_act': {
    key: ['agency_id', 'act_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      act_id: own('link act', slot, fresh),
      decision_id: own('link act', slot, fresh),
      kind: 'suppress',
      observable_id: parent('observable', slot),
      ground: '{}',
      made_by: slot.person,
    }),
  },
  'tandem.subject': {
    key: ['agency_id', 'subject_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      subject_id: own('appearance', slot, fresh),
      version: 1,
      appearances: 1,
      reported: 1,
      score_number: 1,
      priority: 'P3',
      rank: 0,
    }),
  },
  'tandem.subject_version': {
    key: ['agency_id', 'subject_id', 'version'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      subject_id: parent('appearance', slot),
      version: fresh ? 2 : 1,
      appearances: '{}',
      became: '{}',
      held_by: '[]',
      model: 'test',
      because: 'test',
      made_by: slot.person,
    }),
  },
  'tandem.subject_score': {
    key: ['agency_id', 'subject_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      subject_id: parent('appearance', slot),
      number: fresh ? 2 : 1,
      version: 1,
      score: '{}',
    }),
  },
  'tandem.subject_mark': {
    key: ['agency_id', 'person_id', 'subject_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      person_id: slot.person,
      subject_id: own('appearance', slot, fresh),
      version: 1,
      score_number: 1,
    }),
  },
  'tandem.attribution': {
    key: ['agency_id', 'attribution_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      attribution_id: own('attribution', slot, fresh),
      person: 0,
      event: fresh ? 1 : 0,
      given_sealed: sealed,
      basis_sealed: sealed,
      doubts: '{}',
      reason_sealed: sealed,
      proposed_by: slot.person,
    }),
  },
  'tandem.attribution_error': {
    key: ['agency_id', 'error_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      error_id: own('attribution error', slot, fresh),
      attribution_id: parent('attribution', slot),
      grading: 'not decided',
      error_sealed: sealed,
      opened_by: slot.person,
    }),
  },
  'tandem.rank_disagreement': {
    key: ['agency_id', 'disagreement_id'],
    make: (slot, fresh) => ({
      ...onReferral(slot),
      disagreement_id: own('disagreement', slot, fresh),
      score_number: 1,
      direction: 'higher',
      said_by: slot.person,
    }),
  },
  'tandem.rank_choice': {
    key: ['agency_id', 'choice_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      choice_id: own('choice', slot, fresh),
      one_id: parent('referral', slot),
      one_score: 1,
      other_id: bareReferral(slot),
      other_score: 1,
      first: 'one',
      chosen_by: slot.person,
    }),
  },
  'tandem.weight_proposal': {
    key: ['agency_id', 'proposal_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      proposal_id: own('weight proposal', slot, fresh),
      weight_set: own('weight set', slot, fresh),
      based_on: 'test',
      origin: 'file',
      weights: '{}',
      sha256: digest('{}'),
      changes: '[]',
      why_sealed: sealed,
      choices: 0,
      agreed_before: 0,
      agreed_after: 0,
      replay: '{}',
      proposed_by: slot.person,
    }),
  },
  'tandem.deconfliction': {
    key: ['agency_id', 'run_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      run_id: own('run', slot, fresh),
      side: 'asker',
      peer: 'Test Agency',
      state: 'proposed',
      kinds: '{phone}',
      most_asked: 16,
      most_held: 16,
      terms_sealed: sealed,
      made_by: slot.person,
      expires_at: later,
    }),
  },
  'tandem.deconfliction_hit': {
    key: ['agency_id', 'run_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      run_id: parent('run', slot),
      number: fresh ? 1 : 0,
      kind: 'phone',
      reference: parent('observable', slot),
      outputs: '[]',
    }),
  },
  'tandem.deconfliction_release': {
    key: ['agency_id', 'release_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      release_id: own('release', slot, fresh),
      run_id: parent('run', slot),
      state: 'proposed',
      references_sealed: sealed,
      desk: 'Test Desk',
      made_by: slot.person,
    }),
  },
  'tandem.deconfliction_key': {
    key: ['agency_id', 'peer', 'public_key'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      peer: 'Test Agency',
      public_key: digest(own('run key', slot, fresh)),
    }),
  },
  'tandem.deconfliction_audit': {
    key: ['agency_id', 'audit_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      audit_id: own('audit', slot, fresh),
      run_id: parent('run', slot),
      places: '[]',
      asked_by: slot.person,
    }),
  },
  'tandem.lookup_grant': {
    key: ['agency_id', 'grant_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      grant_id: own('grant', slot, fresh),
      side: 'asker',
      peer: 'Test Agency',
      state: 'proposed',
      kinds: '{phone}',
      lookups: 5,
      terms_sealed: sealed,
      made_by: slot.person,
      expires_at: later,
    }),
  },
  'tandem.lookup': {
    key: ['agency_id', 'lookup_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      lookup_id: own('lookup', slot, fresh),
      grant_id: parent('grant', slot),
      number: fresh ? 1 : 0,
      kind: 'phone',
      asked_sealed: sealed,
      elements: digest('element'),
      in_record: true,
      made_by: slot.person,
    }),
  },
  'tandem.lookup_spent': {
    key: ['agency_id', 'grant_id', 'number'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      grant_id: parent('grant', slot),
      number: fresh ? 1 : 0,
      element: digest('element'),
    }),
  },
  'tandem.lookup_audit': {
    key: ['agency_id', 'audit_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      audit_id: own('lookup audit', slot, fresh),
      grant_id: parent('grant', slot),
      numbers: '[]',
      asked_by: slot.person,
    }),
  },
  'tandem.exposure': {
    key: ['agency_id', 'person_id', 'day'],
    // A day of its own for each slot: several slots are of the same person.
    make: (slot, fresh) => ({
      ...inAgency(slot),
      person_id: slot.person,
      day: dayOf(own('exposure', slot, fresh)),
      openings: 1,
    }),
  },
  'tandem.job': {
    key: ['agency_id', 'job_id'],
    make: (slot, fresh) => ({
      ...inOperation(slot),
      job_id: own('job', slot, fresh),
      kind: 'test',
      subject_id: parent('delivery', slot),
      person_id: slot.person,
      authority_id: parent('authority', slot),
      purpose_id: parent('purpose', slot),
    }),
  },
  'tandem.outbox': {
    key: ['subject_id'],
    make: (slot, fresh) => ({ ...inOperation(slot), topic: 'test', subject_id: own('outbox', slot, fresh) }),
  },
  'ledger.leaf': {
    key: ['agency_id', 'entry_id'],
    make: (slot, fresh) => ({ ...inAgency(slot), entry_id: own('entry', slot, fresh), leaf: sealed }),
  },
  'ledger.place': {
    key: ['agency_id', 'entry_id'],
    // The leaf has one already: whoever writes a leaf makes it wait for its place.
    make: (slot, fresh) => ({
      ...inAgency(slot),
      entry_id: fresh ? idOf('entry', slot.name, 'bare') : parent('entry', slot),
    }),
  },
  'ledger.log': {
    key: ['agency_id'],
    make: (slot) => ({
      ...inAgency(slot),
      name: slot.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      origin: slot.name,
    }),
  },
  'ledger.witnessed': {
    key: ['agency_id', 'origin'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      origin: own('origin', slot, fresh),
      size: 1,
      root: digest(slot.name),
    }),
  },
  'ledger.stamped': {
    key: ['agency_id', 'size', 'authority'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      size: 1,
      authority: own('authority', slot, fresh),
      note: 'note',
      token: digest(slot.name),
      at: '2026-01-01T00:00:00Z',
    }),
  },
  'ledger.opening': {
    key: ['agency_id', 'entry_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      entry_id: fresh ? idOf('entry', slot.name, 'bare') : parent('entry', slot),
      salt: digest(slot.name),
      person_id: slot.person,
      verb: 'test',
      object: '{}',
      at: past,
    }),
  },
  'partner.request': {
    key: ['agency_id', 'request_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      request_id: own('request', slot, fresh),
      asked_by: 'Test Agency',
      question_sealed: sealed,
    }),
  },
  'partner.finding': {
    key: ['agency_id', 'finding_id'],
    make: (slot, fresh) => ({
      ...inAgency(slot),
      finding_id: own('finding', slot, fresh),
      text_sealed: sealed,
      grade: '3E',
      given_by: slot.person,
    }),
  },
}

const dayOf = (text: string): string =>
  new Date(Date.UTC(2000, 0, 1 + (digest(text).readUInt32BE() % 20_000))).toISOString().slice(0, 10)
