import { randomBytes, randomInt } from 'node:crypto'
import { newTrainingKeys, type TrainingKeys, type TrainingPerson } from '@tandem/training-login'
import type { DataFolder } from './folders.ts'
import type { AgencyPlan, PersonPlan } from './found.ts'
import { readIfThere, writePrivate } from './private-file.ts'

export const TRAINING_LOGIN_PATH = '/training-login'
/** People of a training cell are known under this name, whatever port the training login answers on. */
export const TRAINING_ISSUER = 'tandem-training'

/** The people of every training cell. All names are invented. */
const cast = [
  { subject: 'a-duty', name: 'Test Asha Duty', agency: 'Crime Agency', role: 'duty manager' },
  { subject: 'a-triage', name: 'Test Aled Triage', agency: 'Crime Agency', role: 'triage analyst' },
  { subject: 'a-case', name: 'Test Amy Case', agency: 'Crime Agency', role: 'case officer' },
  { subject: 'a-safe', name: 'Test Ade Safeguard', agency: 'Crime Agency', role: 'safeguarding officer' },
  { subject: 'b-duty', name: 'Test Beth Duty', agency: 'Signals Agency', role: 'duty manager' },
  { subject: 'b-triage', name: 'Test Bilal Triage', agency: 'Signals Agency', role: 'triage analyst' },
  { subject: 'p-second', name: 'Test Piotr Secondee', agency: 'Partner', role: 'partner' },
  { subject: 'i-inspect', name: 'Test Ines Inspector', agency: 'Inspectorate', role: 'inspector' },
  { subject: 'o-admin', name: 'Test Omar Operator', agency: 'Operations', role: 'administrator' },
] as const

/** Agencies that receive. */
const desks = ['Crime Agency', 'Signals Agency'] as const

const standingAuthority = (agency: string, years: number) => ({
  kind: 'standing receipt and triage',
  act: 'Online Safety Act 2023',
  section: 's.66 (example)',
  issuer: `${agency} senior responsible officer (example)`,
  scope: 'Receive, read, match and rank industry reports of online child sexual exploitation and abuse.',
  necessity: 'Reports made by law must be read at once to find children at risk.',
  proportionality: 'Only what senders report is read; nothing is searched for beyond the lists in force.',
  expiresAt: new Date(Date.now() + years * 365 * 86_400_000).toISOString(),
})

const senders = [
  { name: 'This cell', kind: 'cell' },
  { name: 'Watched folder', kind: 'cell' },
] as const

/** A sender that delivers over HTTP as senders of a live cell do. */
export interface TrainingSender {
  readonly agency: string
  readonly sender: string
  readonly key: string
}

/** Two example agencies, a partner, an inspectorate and an operator. `issuer`: the training login's. */
export function trainingAgencies(
  issuer: string,
  exampleSenders: readonly string[],
  keyed: readonly TrainingSender[] = [],
): AgencyPlan[] {
  const people = (agency: string): PersonPlan[] =>
    cast
      .filter((person) => person.agency === agency)
      .map(({ name, role, subject }) => ({ name, role, subject, issuer }))
  const desk = (agency: string) => ({
    operation: `${agency} intake desk`,
    authority: standingAuthority(agency, 1),
    purpose: { code: 'triage', task: 'Triage of incoming referrals' },
    senders: [
      ...senders,
      ...exampleSenders.map((name) => ({ name, kind: 'provider' })),
      ...keyed
        .filter((each) => each.agency === agency)
        .map(({ sender, key }) => ({ name: sender, kind: 'provider', apiKey: key })),
    ],
  })
  return [
    {
      name: 'National Crime Agency (example)',
      shortName: 'Crime Agency',
      kind: 'agency',
      people: people('Crime Agency'),
      desk: desk('Crime Agency'),
    },
    {
      name: 'Signals Intelligence Agency (example)',
      shortName: 'Signals Agency',
      kind: 'agency',
      people: people('Signals Agency'),
      desk: desk('Signals Agency'),
    },
    { name: 'Private security partner (example)', shortName: 'Partner', kind: 'partner', people: people('Partner') },
    { name: 'Inspectorate (example)', shortName: 'Inspectorate', kind: 'oversight', people: people('Inspectorate') },
    { name: 'Cell operations (example)', shortName: 'Operations', kind: 'operator', people: people('Operations') },
  ]
}

export interface TrainingSecrets {
  readonly people: readonly TrainingPerson[]
  readonly keys: TrainingKeys
  /** Cells that were made before there were any have none. */
  readonly senders?: readonly TrainingSender[]
}

/** PINs, API keys and signing keys of the training login, made once for each training cell; of all agencies, or of the named ones. */
export function trainingSecrets(folder: DataFolder, agencies?: readonly string[]): TrainingSecrets {
  const path = `${folder.keys}/training-login.json`
  const present = readIfThere(path)
  if (present !== null) {
    const secrets: TrainingSecrets = JSON.parse(present.toString('utf8'))
    return secrets
  }
  const secrets: TrainingSecrets = {
    people: cast
      .filter(({ agency }) => agencies?.includes(agency) ?? true)
      .map((person) => ({ ...person, pin: String(randomInt(1_000_000)).padStart(6, '0') })),
    keys: newTrainingKeys(),
    senders: desks
      .filter((agency) => agencies?.includes(agency) ?? true)
      .map((agency) => ({ agency, sender: 'Training sender', key: randomBytes(32).toString('base64url') })),
  }
  writePrivate(path, JSON.stringify(secrets))
  return secrets
}
