/**
 * Who may do what, written from the design (docs: one cell hosts agencies that are sovereign; permission rides on the
 * record) and not from the migrations. The matrix compares the database with this, cell by cell.
 *
 * - Nobody sees another agency's row, whatever else is true; the inspector's ledger and frame view is the exception.
 * - A row of work needs all of: membership of its operation, an authority in force for it, a purpose under it.
 * - A row of a whole agency needs a live authority and a purpose of one and the same operation of one's own.
 * - The frame of the work (people, operations, authorities) is visible without an authority: otherwise nobody could
 *   choose one.
 * - Nobody writes in another's name. Nothing is deleted or truncated by anybody who can log in.
 */
export type Actor =
  | 'tandem_gate'
  | 'tandem_officer'
  | 'tandem_supervisor'
  | 'tandem_ingest'
  | 'tandem_partner'
  | 'tandem_inspector'
  | 'tandem_export'
  | 'tandem_administrator'
  | 'tandem_notifier'
  | 'tandem_owner'
  | 'tandem_gatekeeper'
  | 'tandem_founder'

export type Verb = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
export type Outcome = 'no grant' | 'hidden' | 'done'

/** What is true of the one who acts, at this moment. */
export interface Facts {
  readonly agency: string | null
  readonly person: string | null
  readonly role: string | null
  readonly operations: readonly string[]
  /** The operation that an authority in force covers. */
  readonly authorised: string | null
  readonly purposed: string | null
}

export interface RowFacts {
  readonly agency: string
  readonly operation: string
  readonly person: string
}

/** `true` is every column. */
export type Columns = true | readonly string[]
type Grants = { readonly [actor in Actor]?: Columns }
type Rule = (facts: Facts, row: RowFacts, verb: Verb) => boolean

export interface TableModel {
  readonly select: Grants
  readonly insert: readonly Actor[]
  readonly update: Grants
  /** Whether a row is within reach, for each actor that has any grant. */
  readonly reach: { readonly [actor in Actor]?: Rule }
}

const officer = 'tandem_officer'
const supervisor = 'tandem_supervisor'
const ingest = 'tandem_ingest'
const partner = 'tandem_partner'
const inspector = 'tandem_inspector'
const exporter = 'tandem_export'
const administrator = 'tandem_administrator'
const people = [officer, supervisor] as const
const workers = [...people, ingest] as const

const always: Rule = () => true
const ownAgency: Rule = (facts, row) => facts.agency !== null && row.agency === facts.agency
const member: Rule = (facts, row) => ownAgency(facts, row, 'SELECT') && facts.operations.includes(row.operation)
const purposed: Rule = (facts, row) => facts.purposed === row.operation
const authorised: Rule = (facts, row) => facts.authorised === row.operation
const work: Rule = (...given) => member(...given) && authorised(...given) && purposed(...given)
/** An authority and a purpose of one operation that one is a member of. */
const atWork = (facts: Facts): boolean =>
  facts.authorised !== null && facts.authorised === facts.purposed && facts.operations.includes(facts.authorised)
const agencyWork: Rule = (facts, row) => ownAgency(facts, row, 'SELECT') && atWork(facts)
const inspection: Rule = (facts) => facts.role === 'inspector'
/** A lane gives receipts when its authority has lapsed; it does not read payloads then. */
const receipt: Rule = (...given) => member(...given) && purposed(...given)
const payload: Rule = (...given) => receipt(...given) && (given[2] !== 'SELECT' || authorised(...given))

const named =
  (rule: Rule): Rule =>
  (facts, row, verb) =>
    rule(facts, row, verb) && (verb !== 'INSERT' || row.person === facts.person)
const mine =
  (rule: Rule): Rule =>
  (facts, row, verb) =>
    rule(facts, row, verb) && row.person === facts.person

type ActorList = readonly Actor[]
const to = (actors: ActorList, columns: Columns = true): Grants =>
  Object.fromEntries(actors.map((actor) => [actor, columns]))
const under = (actors: ActorList, rule: Rule): TableModel['reach'] =>
  Object.fromEntries(actors.map((actor) => [actor, rule]))

const standing = { tandem_gatekeeper: true, tandem_founder: true } as const
const founded = { tandem_founder: true } as const
const standingReach = under(['tandem_gatekeeper', 'tandem_founder'], always)

const gateTable: TableModel = {
  select: { tandem_gatekeeper: true },
  insert: ['tandem_gatekeeper'],
  update: { tandem_gatekeeper: true },
  reach: { tandem_gatekeeper: always },
}

const itemOfPeople =
  'version state taken_by held_until merged_into confirmed_priority confirmed_score effective_priority act_by changed_at'
const itemOfLanes =
  'version state merged_into computed_priority effective_priority child_urgency offender_danger act_by hits changed_at risen_at'
const deliveryOfLanes = 'state repeat_of format records accepted remarked set_aside reason_code reason'
const words = (text: string): string[] => text.split(' ')
const runOfPeople = 'state entries entries_sealed decided_by decided_at decision_sealed job_id desk'
const runOfMachine = 'state digest run size root outcome record_sealed ended_at'
const runOfInspector =
  'cell_id agency_id operation_id run_id side peer state kinds most_asked most_held made_at expires_at size outcome ended_at'
const grantOfPeople =
  'state digest request_sealed decided_by decided_at decision_sealed job_id desk key_sealed list_sealed public_key outputs size listed_at used why ended_at'
const grantOfInspector =
  'cell_id agency_id operation_id grant_id side peer state kinds lookups made_at expires_at public_key outputs size listed_at used ended_at'
// What became of referrals that ranked low, and how often people disagree: to be counted, no word among it.
const itemOfInspector = 'agency_id operation_id referral_id state confirmed_priority lot lots_drawn by_lot risen_at'
const scoreOfInspector = 'agency_id operation_id referral_id number weight_set scored_at'
const decisionOfInspector = 'agency_id operation_id referral_id decision_id verb outcome decided_at undoes'
const trackOfInspector = 'agency_id operation_id referral_id safeguarding_id referred_at'
const disagreementOfInspector =
  'agency_id operation_id referral_id disagreement_id score_number direction said_by said_at undoes'
const lookupOfInspector =
  'cell_id agency_id operation_id lookup_id grant_id number kind elements in_record state held made_at ended_at'

export const model: { readonly [table: string]: TableModel } = {
  'tandem.cell': { select: standing, insert: ['tandem_founder'], update: founded, reach: standingReach },
  'tandem.agency': {
    select: { ...standing, ...to([...workers, inspector]) },
    insert: ['tandem_founder'],
    update: founded,
    reach: { ...standingReach, ...under(workers, ownAgency), [inspector]: inspection },
  },
  'tandem.person': {
    select: {
      ...standing,
      ...to([...workers, inspector], words('cell_id agency_id person_id display_name role active')),
    },
    insert: ['tandem_founder'],
    update: founded,
    reach: { ...standingReach, ...under(workers, ownAgency), [inspector]: inspection },
  },
  'tandem.operation': {
    select: { ...standing, ...to([...workers, inspector]) },
    insert: ['tandem_founder'],
    update: founded,
    reach: { ...standingReach, ...under(workers, member), [inspector]: inspection },
  },
  'tandem.operation_member': {
    select: { ...standing, ...to(workers) },
    insert: ['tandem_founder'],
    update: founded,
    reach: { ...standingReach, ...under(workers, member) },
  },
  'tandem.authority': {
    select: { ...standing, ...to([...workers, inspector]) },
    insert: ['tandem_founder', supervisor],
    update: { ...founded, [supervisor]: words('cancelled_at cancelled_by cancel_reason') },
    reach: { ...standingReach, ...under(workers, named(member)), [inspector]: inspection },
  },
  'tandem.purpose': {
    select: { ...standing, ...to([...workers, inspector]) },
    insert: ['tandem_founder', ...people],
    update: { ...founded, ...to(people, ['ended_at']) },
    reach: { ...standingReach, ...under(workers, named(member)), [inspector]: inspection },
  },
  'tandem.sender': {
    select: { ...standing, ...to(workers, words('cell_id agency_id sender_id name kind active')) },
    insert: ['tandem_founder'],
    update: founded,
    reach: { ...standingReach, ...under(workers, ownAgency) },
  },
  // A lapsed lane gets another authority through the gate, never by the hand of a login.
  'tandem.lane': {
    select: { ...standing, ...to(workers) },
    insert: ['tandem_founder'],
    update: { ...founded, tandem_gatekeeper: ['authority_id'] },
    reach: { ...standingReach, ...under(workers, ownAgency) },
  },
  'gate.session': gateTable,
  'gate.passkey': gateTable,
  'gate.context': gateTable,
  'gate.question_quota': gateTable,
  'tandem.delivery': {
    select: { ...to(workers), tandem_gatekeeper: ['agency_id', 'state'] },
    insert: [ingest],
    update: { [ingest]: words(deliveryOfLanes) },
    reach: { ...under(people, work), [ingest]: receipt, tandem_gatekeeper: always },
  },
  'tandem.payload_chunk': {
    select: to(workers),
    insert: [ingest],
    update: {},
    reach: { ...under(people, work), [ingest]: payload },
  },
  // A lane seals what it receives, also when its authority has lapsed. Keys are replaced where erasures are approved.
  'tandem.key_slot': {
    select: to(workers),
    insert: workers,
    update: { [supervisor]: ['version'] },
    reach: { ...under(people, work), [ingest]: receipt },
  },
  'tandem.record_key': {
    select: to(workers),
    insert: workers,
    update: { [supervisor]: words('version bytes erased_at') },
    reach: { ...under(people, work), [ingest]: receipt },
  },
  'tandem.set_aside': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.referral': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.relation': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.referral_counter': {
    select: to([ingest]),
    insert: [ingest],
    update: { [ingest]: ['last'] },
    reach: under([ingest], agencyWork),
  },
  'tandem.triage_item': {
    select: {
      ...to(workers),
      tandem_gatekeeper: ['agency_id', 'state'],
      [inspector]: words(itemOfInspector),
    },
    insert: [ingest],
    update: { ...to(people, words(itemOfPeople)), [ingest]: words(itemOfLanes) },
    reach: { ...under(workers, work), tandem_gatekeeper: always, [inspector]: inspection },
  },
  'tandem.observable': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, agencyWork) },
  'tandem.mention': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.fingerprint': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.list': { select: to(workers), insert: people, update: {}, reach: under(workers, agencyWork) },
  'tandem.list_version': {
    select: to(workers),
    insert: people,
    update: to(
      people,
      words('file_sha256 records accepted remarked set_aside perceptual state ended_at ended_by end_reason'),
    ),
    reach: under(workers, named(agencyWork)),
  },
  'tandem.list_entry': { select: to(workers), insert: people, update: {}, reach: under(workers, agencyWork) },
  'tandem.list_change': { select: to(workers), insert: people, update: {}, reach: under(workers, named(agencyWork)) },
  'tandem.list_entry_end': { select: to(workers), insert: people, update: {}, reach: under(workers, agencyWork) },
  'tandem.list_profile': { select: to(workers), insert: people, update: {}, reach: under(workers, named(agencyWork)) },
  'tandem.hit': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.triage_score': {
    select: { ...to(workers), [inspector]: words(scoreOfInspector) },
    insert: [ingest],
    update: {},
    reach: { ...under(workers, work), [inspector]: inspection },
  },
  'tandem.decision': {
    select: { ...to(workers), [inspector]: words(decisionOfInspector) },
    insert: people,
    update: {},
    reach: { ...under(workers, named(work)), [inspector]: inspection },
  },
  'tandem.proposal': {
    select: to(people),
    insert: people,
    update: to(people, words('state settled_by settled_at settled_reason_sealed')),
    reach: under(people, named(work)),
  },
  'tandem.note': { select: to(people), insert: people, update: {}, reach: under(people, named(work)) },
  'tandem.safeguarding': {
    select: { ...to(people), [inspector]: words(trackOfInspector) },
    insert: people,
    update: to(people, words('acknowledged_by acknowledged_at outcome_sealed closed_by closed_at')),
    reach: { ...under(people, named(work)), [inspector]: inspection },
  },
  'tandem.read_mark': {
    select: to(people),
    insert: people,
    update: to(people, words('version score_number read_at')),
    reach: under(people, mine(work)),
  },
  // Who is who. Only a reading makes appearances; people and readings move them, act on them and rank what follows.
  'tandem.appearance': {
    select: to(workers),
    insert: [ingest],
    update: {
      ...to([officer], words('component_id subject_id')),
      [ingest]: words('component_id subject_id ties_told'),
      [supervisor]: words('component_id subject_id erased_at'),
    },
    reach: under(workers, work),
  },
  'tandem.appearance_value': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.tie_value': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.tie_contact': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.link_act': { select: to(workers), insert: workers, update: {}, reach: under(workers, named(work)) },
  'tandem.subject': {
    select: to(workers),
    insert: workers,
    update: to(workers, words('version appearances reported score_number priority rank changed_at')),
    reach: under(workers, work),
  },
  'tandem.subject_version': { select: to(workers), insert: workers, update: {}, reach: under(workers, named(work)) },
  'tandem.subject_score': { select: to(workers), insert: workers, update: {}, reach: under(workers, work) },
  'tandem.subject_mark': {
    select: to(people),
    insert: people,
    update: to(people, words('version score_number read_at')),
    reach: under(people, mine(work)),
  },
  // Whose line it was: people alone, the one who proposes and the one who settles; no lane and no machine.
  'tandem.attribution': {
    select: to(people),
    insert: people,
    update: to(people, words('state settled_by settled_at settled_reason_sealed settled_on')),
    reach: under(people, named(work)),
  },
  'tandem.attribution_error': { select: to(people), insert: people, update: {}, reach: under(people, named(work)) },
  // What people say of ranks: events of people, never changed.
  'tandem.rank_disagreement': {
    select: { ...to(people), [inspector]: words(disagreementOfInspector) },
    insert: people,
    update: {},
    reach: { ...under(people, named(work)), [inspector]: inspection },
  },
  'tandem.rank_choice': { select: to(people), insert: people, update: {}, reach: under(people, named(work)) },
  // A weight set is proposed where authorities are made, and changed by nobody.
  'tandem.weight_proposal': { select: to(people), insert: [supervisor], update: {}, reach: under(people, named(work)) },
  // A lane receives what another agency asks, and ends a run whose authority has lapsed. The inspector sees that there
  // was one and how it ended, of every agency.
  'tandem.deconfliction': {
    select: { ...to(workers), [inspector]: words(runOfInspector) },
    insert: workers,
    update: { ...to(people, words(runOfPeople)), [ingest]: words(runOfMachine) },
    reach: { ...under(people, named(work)), [ingest]: named(receipt), [inspector]: inspection },
  },
  'tandem.deconfliction_hit': { select: to(workers), insert: [ingest], update: {}, reach: under(workers, work) },
  'tandem.deconfliction_release': {
    select: to(workers),
    insert: workers,
    update: to(people, words('state decided_by decided_at decision_sealed digest pointers')),
    reach: under(workers, named(work)),
  },
  'tandem.deconfliction_key': {
    select: to([ingest]),
    insert: [ingest],
    update: {},
    reach: under([ingest], agencyWork),
  },
  // Asked by the inspector, of any agency; opened by the agency, which cannot ask itself.
  'tandem.deconfliction_audit': {
    select: to([...people, inspector]),
    insert: [inspector],
    update: to(people, words('opened_by opened_at result')),
    reach: { ...under(people, work), [inspector]: named(inspection) },
  },
  // A lane receives the request for a grant, and ends one whose authority has lapsed; it answers under that authority
  // alone. What an officer asked is the people's own: no machine reads or writes it.
  'tandem.lookup_grant': {
    select: { ...to(workers), [inspector]: words(grantOfInspector) },
    insert: workers,
    update: { ...to(people, words(grantOfPeople)), [ingest]: words('state key_sealed why ended_at') },
    reach: { ...under(people, named(work)), [ingest]: named(receipt), [inspector]: inspection },
  },
  'tandem.lookup': {
    select: { ...to(people), [inspector]: words(lookupOfInspector) },
    insert: people,
    update: to(people, words('state held outcome ended_at')),
    reach: { ...under(people, named(work)), [inspector]: inspection },
  },
  'tandem.lookup_spent': {
    select: to([...workers, inspector]),
    insert: [ingest],
    update: {},
    reach: { ...under(workers, work), [inspector]: inspection },
  },
  // As the audits of runs: asked by the inspector, opened by the agency.
  'tandem.lookup_audit': {
    select: to([...people, inspector]),
    insert: [inspector],
    update: to(people, words('opened_by opened_at result')),
    reach: { ...under(people, work), [inspector]: named(inspection) },
  },
  // The number belongs to that person alone, at work or not; no manager sees it.
  'tandem.exposure': {
    select: to(people),
    insert: people,
    update: to(people, ['openings']),
    reach: under(people, mine(ownAgency)),
  },
  // Ids only; its worker enters with the rights of whoever asked.
  'tandem.job': {
    select: { ...to(workers), tandem_gatekeeper: true },
    insert: workers,
    update: { [ingest]: words('state lease_until run_after reason'), tandem_gatekeeper: true },
    reach: { ...under(workers, named(ownAgency)), tandem_gatekeeper: always },
  },
  // Ids only; the notifier has no person and sees what changed, not what it says.
  'tandem.outbox': {
    select: to(['tandem_notifier']),
    insert: workers,
    update: to(['tandem_notifier'], ['position']),
    reach: { ...under(workers, member), tandem_notifier: always },
  },
  'ledger.leaf': {
    select: {
      ...to([...people, inspector, 'tandem_notifier']),
      tandem_gatekeeper: ['agency_id', 'cell_id', 'entry_id'],
    },
    insert: [...workers, partner, inspector, exporter, administrator],
    update: {},
    reach: {
      ...under([...workers, partner, exporter, administrator], ownAgency),
      [inspector]: (facts, row, verb) => (verb === 'SELECT' ? inspection : ownAgency)(facts, row, verb),
      tandem_gatekeeper: always,
      tandem_notifier: always,
    },
  },
  // The sequencer works as the notifier: it gives places to leaves of every agency, and sees no opening.
  'ledger.place': {
    select: to([...people, inspector, 'tandem_notifier']),
    insert: ['tandem_gatekeeper'],
    update: to(['tandem_notifier'], ['index']),
    reach: {
      ...under(people, ownAgency),
      [inspector]: inspection,
      tandem_notifier: always,
      tandem_gatekeeper: always,
    },
  },
  'ledger.log': {
    select: to([...people, inspector, 'tandem_notifier']),
    insert: ['tandem_notifier'],
    update: to(['tandem_notifier'], words('size root note signed_at cosigned_size cosigned_note')),
    reach: { ...under(people, ownAgency), [inspector]: inspection, tandem_notifier: always },
  },
  'ledger.witnessed': {
    select: to(['tandem_notifier']),
    insert: ['tandem_notifier'],
    update: to(['tandem_notifier'], words('size root at')),
    reach: { tandem_notifier: always },
  },
  'ledger.stamped': {
    select: to([...people, inspector, 'tandem_notifier']),
    insert: ['tandem_notifier'],
    update: {},
    reach: { ...under(people, ownAgency), [inspector]: inspection, tandem_notifier: always },
  },
  'ledger.opening': {
    select: to([...people, inspector]),
    insert: [...workers, partner, inspector, exporter, administrator],
    update: {},
    reach: {
      ...under([supervisor, ingest, partner, exporter, administrator], named(ownAgency)),
      [officer]: mine(ownAgency),
      [inspector]: (facts, row, verb) => (verb === 'SELECT' ? inspection : named(ownAgency))(facts, row, verb),
    },
  },
  'partner.request': {
    select: to([partner, exporter]),
    insert: [exporter],
    update: {},
    // What is released goes to another agency than the one that releases it, but never without an authority.
    reach: { [partner]: ownAgency, [exporter]: (facts) => atWork(facts) },
  },
  'partner.finding': {
    select: to([partner]),
    insert: [partner],
    update: {},
    reach: { [partner]: named(ownAgency) },
  },
}

/** Tables that hold what no SELECT, INSERT, UPDATE shows: the gatekeeper alone also deletes there. */
export const deletable: { readonly [table: string]: readonly Actor[] } = {
  'gate.session': ['tandem_gatekeeper'],
  'gate.passkey': ['tandem_gatekeeper'],
  'gate.context': ['tandem_gatekeeper'],
}

export function expected(
  table: TableModel,
  name: string,
  actor: Actor,
  verb: Verb,
  key: readonly string[],
  facts: Facts,
  row: RowFacts,
): Outcome {
  // FORCE ROW LEVEL SECURITY: the owner may do everything and reaches nothing.
  if (actor === 'tandem_owner') return 'hidden'
  const reads = covers(table.select[actor], key)
  const granted =
    verb === 'SELECT'
      ? reads
      : verb === 'INSERT'
        ? table.insert.includes(actor)
        : verb === 'UPDATE'
          ? reads && table.update[actor] !== undefined
          : reads && (deletable[name] ?? []).includes(actor)
  if (!granted) return 'no grant'
  return table.reach[actor]?.(facts, row, verb) === true ? 'done' : 'hidden'
}

const covers = (columns: Columns | undefined, key: readonly string[]): boolean =>
  columns === true || (columns !== undefined && key.every((column) => columns.includes(column)))

/** Every grant there should be, in words: what the lints compare the catalogue with. */
export function grantsOf(name: string, table: TableModel): string[] {
  const say = (verb: Verb, grants: Grants): string[] =>
    Object.entries(grants).flatMap(([actor, columns]) =>
      columns === true
        ? [`${actor} ${verb} ${name}`]
        : (columns ?? []).map((column) => `${actor} ${verb} ${name}.${column}`),
    )
  return [
    ...say('SELECT', table.select),
    ...say('INSERT', to(table.insert)),
    ...say('UPDATE', table.update),
    ...say('DELETE', to(deletable[name] ?? [])),
  ]
}
