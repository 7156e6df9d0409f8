import { Refusal } from '@tandem/core'

/** What a person may ask for. The database enforces the rows; this table decides the verbs. */
export const verbs = [
  'queue.read',
  'referral.read',
  'narrative.open',
  'referral.take',
  'referral.release',
  'referral.hold',
  'referral.merge',
  'referral.decline',
  'referral.close',
  'referral.prioritise',
  'referral.note',
  'referral.safeguard',
  'referral.erase',
  'decision.undo',
  'proposal.settle',
  'safeguarding.read',
  'safeguarding.acknowledge',
  'safeguarding.close',
  'list.read',
  'list.load',
  'list.withdraw',
  'authority.read',
  'authority.create',
  'authority.cancel',
  'purpose.create',
  'delivery.read',
  'ledger.read',
  'ledger.export',
  'health.read',
  'search',
  'session.choose',
  'subject.read',
  'subject.decide',
  'rank.disagree',
  'rank.choose',
  'weights.read',
  'weights.propose',
  'attribution.read',
  'attribution.propose',
  'attribution.settle',
  'attribution.correct',
  'deconfliction.read',
  'deconfliction.propose',
  'deconfliction.decide',
  'deconfliction.release',
  'deconfliction.lookup',
  'deconfliction.inspect',
  'deconfliction.open',
] as const

export type Verb = (typeof verbs)[number]

const everyOfficer: readonly Verb[] = [
  'queue.read',
  'referral.read',
  'narrative.open',
  'referral.note',
  'referral.safeguard',
  'safeguarding.read',
  'list.read',
  'authority.read',
  'purpose.create',
  'delivery.read',
  'ledger.read',
  'health.read',
  'search',
  'session.choose',
  'subject.read',
  'rank.disagree',
  'attribution.read',
  'deconfliction.read',
]
const decides: readonly Verb[] = [
  'referral.take',
  'referral.release',
  'referral.hold',
  'referral.merge',
  'referral.decline',
  'referral.close',
  'referral.prioritise',
  'decision.undo',
  'proposal.settle',
  'subject.decide',
  'rank.choose',
  'attribution.propose',
  'attribution.settle',
  'attribution.correct',
  'deconfliction.propose',
  'deconfliction.decide',
  'deconfliction.release',
  'deconfliction.lookup',
]

const allowed: ReadonlyMap<string, ReadonlySet<Verb>> = new Map<string, ReadonlySet<Verb>>([
  [
    'duty manager',
    new Set<Verb>([
      ...everyOfficer,
      ...decides,
      'safeguarding.acknowledge',
      'safeguarding.close',
      'list.load',
      'list.withdraw',
      'referral.erase',
      'authority.create',
      'authority.cancel',
      'ledger.export',
      'weights.read',
      'weights.propose',
      'deconfliction.open',
    ]),
  ],
  ['triage analyst', new Set<Verb>([...everyOfficer, ...decides, 'list.load'])],
  ['case officer', new Set<Verb>([...everyOfficer, ...decides])],
  ['safeguarding officer', new Set<Verb>([...everyOfficer, 'safeguarding.acknowledge', 'safeguarding.close'])],
  [
    'inspector',
    new Set<Verb>(['authority.read', 'ledger.read', 'ledger.export', 'health.read', 'deconfliction.inspect']),
  ],
  ['administrator', new Set<Verb>(['health.read'])],
  ['partner', new Set<Verb>([])],
])

export const may = (role: string, verb: Verb): boolean => allowed.get(role)?.has(verb) ?? false

export const verbsOf = (role: string): Verb[] => verbs.filter((verb) => may(role, verb))

export function mustBeAllowed(role: string, verb: Verb): void {
  if (!may(role, verb)) throw new Refusal('TANDEM-AUTH-002')
}
