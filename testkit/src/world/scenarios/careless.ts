import { chat, everythingTold, file, games, party, social, streams } from '../cast.ts'
import { hour, minute, noTime, withOffset, withoutZone, wronglyUtc } from '../times.ts'
import { delivery, type Scenario } from './scenario.ts'

const broken = { written: '203.0.113.077', normal: '203.0.113.077' }

/** Senders make mistakes: nothing may be lost, nothing may be made up. */
export const careless: readonly Scenario[] = [
  {
    name: 'missing-ports',
    play: (stage) => {
      const told = () =>
        stage.tell({
          sender: social,
          facts: ['a known file was shared'],
          reported: stage.suspect(stage.on(social), {
            logins: [stage.login({ event: 'upload', port: null }), stage.login({ port: null }), stage.login()],
          }),
          files: [file(stage.random.between(1, 170))],
        })
      return [delivery('A', 'ports', 'addresses without port: nobody can be named by them', told(), told())]
    },
  },
  {
    name: 'times-without-zone',
    play: (stage) => {
      const told = stage.tell({
        sender: streams,
        facts: ['ages are unclear'],
        incidentAt: withoutZone(stage.at - hour, 60),
        reported: stage.suspect(stage.on(streams), {
          logins: [
            stage.login({ event: 'upload', at: withoutZone(stage.at - hour, 60) }),
            stage.login({ at: noTime('last Tuesday, about nine') }),
          ],
        }),
        files: [file(stage.newFile())],
      })
      const xml = stage.tell({
        sender: games,
        facts: ['ages are unclear'],
        declared: null,
        incidentAt: withoutZone(stage.at - 2 * hour, -300),
        reported: stage.suspect(stage.on(games), {
          logins: [stage.login({ event: 'login', at: withoutZone(stage.at - 2 * hour, -300) })],
        }),
      })
      return [
        delivery('A', 'no-zone', 'times without zone: kept as written, no instant', told),
        delivery('B', 'no-zone-xml', 'the same in XML', xml),
      ]
    },
  },
  {
    name: 'wrong-zones',
    play: (stage) => {
      const told = stage.tell({
        sender: chat,
        facts: ['a known file was shared'],
        description: 'Times as our system shows them.',
        incidentAt: wronglyUtc(stage.at - minute, 60),
        reported: stage.suspect(stage.on(chat), {
          logins: [
            stage.login({ event: 'upload', at: wronglyUtc(stage.at - minute, 60) }),
            stage.login({ at: withOffset(stage.at - 3 * hour, 330) }),
            stage.login({ at: withOffset(stage.at - 5 * hour, -420) }),
          ],
        }),
        files: [file(88)],
      })
      return [
        delivery('A', 'summer-time', 'British Summer Time marked as UTC: the upload lies after its detection', told),
      ]
    },
  },
  {
    name: 'unknown-fields-and-words',
    play: (stage) => {
      const told = stage.tell({
        sender: chat,
        facts: ['a known file was shared'],
        reported: stage.suspect(stage.on(chat), { state: 'open' }),
        files: [file(89)],
        oddities: [
          { kind: 'unknown field', name: 'trustScore', value: 17 },
          { kind: 'unknown account state', value: 'shadow-limited' },
          { kind: 'unknown content type', value: 'carousel' },
        ],
      })
      const xml = stage.tell({
        sender: games,
        facts: ['a known file was shared'],
        declared: null,
        reported: stage.suspect(stage.on(games)),
        files: [file(90)],
        oddities: [{ kind: 'unknown field', name: 'newQuestionOfNextYear', value: true }],
      })
      return [
        delivery('A', 'words', 'unknown fields and words are kept and said', told),
        delivery('B', 'words-xml', 'an unknown element is kept and said', xml),
      ]
    },
  },
  {
    name: 'one-bad-record',
    play: (stage) => {
      const good = () =>
        stage.tell({
          sender: streams,
          facts: ['a known file was shared'],
          reported: stage.suspect(stage.on(streams)),
          files: [file(stage.random.between(1, 400))],
        })
      const bad = stage.tell({
        sender: streams,
        facts: ['nothing points to a present risk'],
        reported: stage.suspect(stage.on(streams)),
        oddities: [{ kind: 'wrong structure' }],
      })
      return [
        delivery(
          'B',
          'batch',
          'one report of five cannot be read: it is set aside, the rest goes on',
          good(),
          good(),
          bad,
          good(),
          good(),
        ),
      ]
    },
  },
  {
    name: 'broken-address-and-no-call',
    play: (stage) => {
      const told = stage.tell({
        sender: social,
        facts: ['a child received material'],
        declared: { level: 'P2', reason: 'A child received material.' },
        telephoned: false,
        reference: null,
        reported: stage.suspect(stage.on(social), {
          logins: [stage.login({ event: 'upload', address: broken, broken: true })],
        }),
        others: [party(stage.on(social), { role: 'victim', age: '12', tells: ['username'] })],
        files: [file(stage.newFile())],
      })
      return [delivery('A', 'leading-zero', 'an address that can be read in two ways, no reference, no call', told)]
    },
  },
  {
    name: 'compromised-account',
    play: (stage) => {
      const told = stage.tell({
        sender: social,
        facts: ['the account may be taken over', 'a known file was shared'],
        description: 'The holder wrote to us that somebody else uses the account since last week.',
        reported: stage.suspect(stage.on(social), {
          compromised: true,
          logins: [stage.login({ event: 'upload', possibleProxy: true }), stage.login({ possibleProxy: false })],
        }),
        files: [file(91)],
      })
      return [delivery('A', 'taken-over', 'the account may be taken over: its holder may be innocent', told)]
    },
  },
  {
    name: 'user-told',
    play: (stage) => {
      const told = (userWasTold: boolean | null) =>
        stage.tell({
          sender: streams,
          facts: ['a known file was shared'],
          reported: stage.suspect(stage.on(streams), { tells: everythingTold, state: 'closed', userWasTold }),
          files: [file(stage.random.between(1, 170))],
        })
      return [
        delivery('A', 'told', 'the user was told, was not told, and not said', told(true), told(false), told(null)),
      ]
    },
  },
]
