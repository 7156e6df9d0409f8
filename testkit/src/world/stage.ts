import { accountOf, login, party, personAt, referral } from './cast.ts'
import type { Written } from './invented.ts'
import { lastKnownFile } from './lists.ts'
import type { Account, Login, Party, Person, Reported, Sender } from './model.ts'
import { type Random, seeded } from './random.ts'
import { minute, worldStart } from './times.ts'

/** Where one scenario is played: it hands out people, times, references and ids that nobody else gets. */
export interface Stage {
  readonly random: Random
  readonly at: number
  person(): Person
  on(service: Sender, person?: Person): Account
  /** A reported account with one upload address. */
  suspect(account: Account, changes?: Parameters<typeof party>[1]): Party
  login(changes?: Partial<Login>): Login
  /** Number of a file that stands on no list. */
  newFile(): number
  url(service: Sender): Written
  tell(changes: Omit<Partial<Reported>, 'id' | 'scenario'> & Pick<Reported, 'sender' | 'facts'>): Reported
}

/** `slot` numbers the scenarios, so that one more of them at the end leaves all others as they are. */
export function stageFor(seed: string, scenario: string, slot: number): Stage {
  const random = seeded(`${seed}\n${scenario}`)
  const at = worldStart + slot * 47 * minute
  let people = slot * 100
  let told = 0
  let files = lastKnownFile + slot * 100
  const tellPerson = (): Person => personAt(seed, people++)
  const tellLogin = (changes: Partial<Login> = {}): Login => login(random, at - 120_000, changes)
  return {
    random,
    at,
    person: tellPerson,
    on: (service, person = tellPerson()) => accountOf(seed, person, service),
    suspect: (account, changes = {}) => party(account, { logins: [tellLogin({ event: 'upload' })], ...changes }),
    login: tellLogin,
    newFile: () => ++files,
    url: (service) => {
      const text = `https://${service.domain}/item/${random.digits(9)}`
      return { written: text, normal: text }
    },
    tell: (changes) => {
      told += 1
      const number = String(slot * 100 + told).padStart(6, '0')
      const from = { ...changes, id: `W-${number}`, scenario }
      // The NCA's references are words, those of the American service are numbers.
      const reference = changes.sender.writes === 'ncmec-ispws' ? `9${number}` : `TEST-URN-${number}`
      return referral(from, at + told * minute, reference)
    },
  }
}
