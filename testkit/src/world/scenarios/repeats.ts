import { chat, clearingHouse, everythingTold, file, games, party, social, streams } from '../cast.ts'
import type { Reported } from '../model.ts'
import type { Stage } from '../stage.ts'
import { hour } from '../times.ts'
import { type Delivery, delivery, type Scenario } from './scenario.ts'

/** The same thing again: what must be folded, and what only looks alike. */
export const repeats: readonly Scenario[] = [
  {
    name: 'viral-flood',
    play: (stage) => {
      // An agency folds only what it holds itself, so each has a first copy of its own.
      const firstAt = new Map<Delivery['agency'], string>()
      const copy = (agency: Delivery['agency'], from: Reported['sender']): Reported => {
        const first = firstAt.get(agency)
        const told = stage.tell({
          sender: from,
          facts: ['a viral file was shared'],
          declared: from.writes === 'uk-csea-irp/1' ? { level: 'P3', reason: null } : null,
          annotations: ['viral'],
          relation: first === undefined ? { kind: 'new', of: null } : { kind: 'viral copy', of: first },
          reported: stage.suspect(stage.on(from)),
          files: [file(7, { name: 'forwarded.mp4', contentType: 'video/mp4', labels: ['viral'] })],
        })
        if (first === undefined) firstAt.set(agency, told.id)
        return told
      }
      const flood = (agency: Delivery['agency'], from: Reported['sender'], count: number, shows: string): Delivery => {
        const name = from.platform.toLowerCase()
        return { agency, sender: from, name, shows, reports: Array.from({ length: count }, () => copy(agency, from)) }
      }
      return [
        flood('A', social, 8, 'many reports of one viral file'),
        flood('A', chat, 5, 'the same viral file from another sender'),
        flood('B', games, 3, 'the same viral file in XML, at the other agency'),
      ]
    },
  },
  {
    name: 'exact-redelivery',
    play: (stage) => {
      const told = plainReport(stage, 190)
      const once = delivery('A', 'again', 'an ordinary report', told)
      return [once, { ...once, shows: 'the very same file a second time: nothing may change' }]
    },
  },
  {
    name: 'same-incident-two-senders',
    play: (stage) => {
      const person = stage.person()
      const item = stage.newFile()
      const upload = stage.login({ event: 'upload' })
      const seen = {
        facts: ['suspected access to a child'] as const,
        declared: { level: 'P2', reason: 'New material.' } as const,
        telephoned: true,
        files: [file(item, { viewedByProvider: true, category: 'A1' })],
      }
      const first = stage.tell({
        ...seen,
        sender: social,
        facts: ['suspected access to a child'],
        reported: party(stage.on(social, person), { tells: everythingTold, logins: [upload] }),
      })
      const second = stage.tell({
        ...seen,
        sender: chat,
        facts: ['suspected access to a child'],
        detectedBy: 'third party',
        relation: { kind: 'same incident', of: first.id },
        incidentAt: first.incidentAt,
        reported: party(stage.on(chat, person), { tells: ['id', 'username', 'email'], logins: [upload] }),
      })
      return [
        delivery('A', 'social', 'an incident', first),
        delivery('A', 'chat', 'the same incident, told by a second sender', second),
      ]
    },
  },
  {
    name: 'same-account-across-senders',
    play: (stage) => {
      const person = stage.person()
      const own = stage.on(social, person)
      const first = stage.tell({
        sender: social,
        facts: ['a known file was shared'],
        reported: stage.suspect(own, { tells: ['id', 'username', 'former names', 'email', 'phone'] }),
        files: [file(31, {})],
      })
      const second = stage.tell({
        sender: chat,
        facts: ['an adult grooms a known child'],
        declared: { level: 'P2', reason: 'Suspected grooming.' },
        telephoned: true,
        relation: { kind: 'same account', of: first.id },
        reported: stage.suspect(stage.on(chat, person), { connections: [own] }),
        others: [party(stage.on(chat), { role: 'victim', age: '13', tells: ['username'] })],
      })
      const third = stage.tell({
        sender: clearingHouse,
        platform: social.platform,
        facts: ['suspected access to a child'],
        declared: null,
        relation: { kind: 'same account', of: first.id },
        description: 'A caller names this account and says that its holder looks after children of neighbours.',
        reported: party(own, { tells: ['username', 'email'], connections: [stage.on(chat, person)] }),
      })
      return [
        delivery('A', 'social', 'an account with a known file', first),
        delivery('A', 'chat', 'another service names the same account as a connection', second),
        delivery('A', 'hotline', 'a clearing house names the same account and adds access to children', third),
      ]
    },
  },
  {
    name: 'shared-address',
    play: (stage) => {
      const { address } = stage.login()
      const uses = [0, 1, 2, 3].map((index) =>
        stage.tell({
          sender: streams,
          facts: ['nothing points to a present risk', 'a known file was shared'],
          reported: stage.suspect(stage.on(streams), {
            logins: [stage.login({ address, event: 'upload', ...(index === 3 ? { port: null } : {}) })],
          }),
          files: [file(40 + index)],
        }),
      )
      const [first, ...others] = uses
      return first === undefined
        ? []
        : [
            delivery(
              'A',
              'carrier',
              'four unrelated people behind one address; one time the port is missing',
              first,
              ...others,
            ),
          ]
    },
  },
  {
    name: 'same-subject-two-agencies',
    play: (stage) => {
      const seenTwice = [1, 2].map((index) => {
        const person = stage.person()
        const first = stage.tell({
          sender: social,
          facts: ['suspected access to a child'],
          declared: { level: 'P2', reason: 'The account holder writes of access to a child.' },
          telephoned: true,
          reported: stage.suspect(stage.on(social, person), { tells: everythingTold }),
          files: [file(stage.newFile())],
        })
        const second = stage.tell({
          sender: games,
          facts: ['a known file was shared'],
          declared: null,
          reported: stage.suspect(stage.on(games, person), { tells: ['id', 'username', 'email', 'phone'] }),
          files: [file(60 + index)],
        })
        return { first, second }
      })
      return [
        {
          ...{ agency: 'A', sender: social, name: 'first-agency', shows: 'two subjects of the first agency' },
          reports: seenTwice.map(({ first }) => first),
        },
        {
          ...{ agency: 'B', sender: games, name: 'second-agency' },
          shows: 'the same two people at the second agency: neither sees the other',
          reports: seenTwice.map(({ second }) => second),
        },
      ]
    },
  },
  {
    name: 'supplement',
    play: (stage) => {
      const original = plainReport(stage, 201)
      const supplement = stage.tell({
        sender: original.sender,
        facts: ['suspected access to a child'],
        declared: { level: 'P2', reason: 'New information on access to a child.' },
        telephoned: true,
        supplementTo: original.reference,
        relation: { kind: 'supplement', of: original.id },
        description: 'The account holder works with children, as a user told us after the first report.',
        incidentAt: null,
        reported: party(stage.on(original.sender, original.reported?.account.person), { tells: ['id', 'phone'] }),
      })
      return [
        delivery('A', 'original', 'a report that gets a supplement', original),
        delivery('A', 'addition', 'the supplement: it raises the priority of the first', supplement),
      ]
    },
  },
  {
    name: 'supplement-before-original',
    play: (stage) => {
      const original = plainReport(stage, 202)
      const supplement = stage.tell({
        sender: original.sender,
        facts: ['nothing points to a present risk'],
        supplementTo: original.reference,
        relation: { kind: 'supplement', of: original.id },
        incidentAt: null,
        reported: party(stage.on(original.sender, original.reported?.account.person), {
          tells: ['id'],
          logins: [stage.login(), stage.login()],
        }),
      })
      return [
        delivery('A', 'addition', 'a supplement that arrives before its report', supplement),
        delivery('A', 'original', 'the report it belongs to', original),
      ]
    },
  },
  {
    name: 'file-details-later',
    play: (stage) => {
      const original = stage.tell({
        sender: games,
        facts: ['nothing points to a present risk'],
        declared: null,
        reported: stage.suspect(stage.on(games)),
        incidentAt: null,
      })
      const later = stage.tell({
        sender: games,
        facts: ['a known file was shared'],
        declared: null,
        supplementTo: original.reference,
        relation: { kind: 'file details', of: original.id },
        reported: party(stage.on(games, original.reported?.account.person), {
          logins: [stage.login({ event: 'upload' })],
        }),
        files: [file(77, { viewedByProvider: false, publiclyAvailable: false })],
      })
      return [
        delivery('B', 'report', 'an XML report without its file', original),
        { ...delivery('B', 'details', 'the details of its file, sent apart', later), only: 'file details' },
      ]
    },
  },
]

/** An ordinary hash match. */
function plainReport(stage: Stage, number: number): Reported {
  return stage.tell({
    sender: social,
    facts: ['a known file was shared'],
    reported: stage.suspect(stage.on(social), {
      logins: [stage.login({ event: 'upload' }), stage.login({ at: null, event: 'registration' })],
    }),
    files: [file(number)],
    url: stage.url(social),
    reviewedByPerson: stage.at % hour === 0,
  })
}
