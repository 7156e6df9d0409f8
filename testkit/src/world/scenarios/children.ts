import { chat, everythingTold, file, games, party, social, streams } from '../cast.ts'
import { day, hour, minute, utc } from '../times.ts'
import { delivery, type Scenario } from './scenario.ts'

/** Children take part: grooming without a file, children among themselves, new material. */
export const children: readonly Scenario[] = [
  {
    name: 'text-only-grooming',
    play: (stage) => {
      const adult = stage.on(chat)
      const child = stage.on(chat)
      const first = stage.tell({
        sender: chat,
        facts: ['an adult grooms a known child'],
        declared: { level: 'P2', reason: 'Suspected grooming of a child, chat only.' },
        telephoned: true,
        detectedBy: 'user report',
        reviewedByPerson: true,
        description:
          'No file. Over two weeks an adult won the trust of a child, asked for secrecy and for another app.',
        reported: stage.suspect(adult, { tells: everythingTold }),
        others: [party(child, { role: 'victim', age: '12-13', tells: ['id', 'username'] })],
        conversation: [
          { from: adult, at: utc(stage.at - 14 * day), text: '(summary) asks for the age' },
          { from: child, at: utc(stage.at - 14 * day + minute), text: '(summary) says the age is 12' },
          { from: adult, at: utc(stage.at - 3 * day), text: '(summary) asks to keep the contact secret' },
          { from: adult, at: utc(stage.at - hour), text: '(summary) asks to go on in another app' },
        ],
      })
      const player = stage.on(games)
      const second = stage.tell({
        sender: games,
        facts: ['an adult grooms a known child'],
        declared: null,
        description: 'No file. An adult player gives presents to a child and asks for private talks.',
        reported: stage.suspect(player, { tells: ['id', 'username', 'email'] }),
        others: [party(stage.on(games), { role: 'victim', age: '11', tells: ['id', 'username'] })],
        conversation: [{ from: player, at: utc(stage.at), text: '(summary) offers presents for private talks' }],
      })
      return [
        delivery('A', 'chat', 'grooming in text only: no file, still P2', first),
        delivery('B', 'game', 'grooming in a game, reported in XML without any file', second),
      ]
    },
  },
  {
    name: 'minor-to-minor',
    play: (stage) => {
      const told = stage.tell({
        sender: social,
        facts: ['a child made or sent material', 'a child received material'],
        declared: { level: 'P2', reason: 'A child sent material to another child.' },
        telephoned: true,
        annotations: ['minorToMinorInteraction'],
        description: 'Two pupils of the same age. No adult is known to take part.',
        reported: stage.suspect(stage.on(social), { age: '15' }),
        others: [party(stage.on(social), { age: '15', role: 'recipient', tells: ['id', 'username'] })],
        files: [file(stage.newFile(), { viewedByProvider: false, labels: ['possibleSelfProduction'] })],
      })
      return [delivery('A', 'pupils', 'children among themselves: protect, do not treat as offenders', told)]
    },
  },
  {
    name: 'generative-label',
    play: (stage) => {
      const told = stage.tell({
        sender: social,
        facts: ['the material is said to be generated', 'ages are unclear'],
        reported: stage.suspect(stage.on(social)),
        files: [file(stage.newFile(), { viewedByProvider: true, labels: ['generativeAi'] })],
      })
      return [delivery('A', 'generated', 'the sender says that the material is generated', told)]
    },
  },
  {
    name: 'infant-label',
    play: (stage) => {
      const told = stage.tell({
        sender: streams,
        facts: ['material was made in the last days', 'suspected access to a child'],
        declared: { level: 'P2', reason: 'Recently made, very young child.' },
        telephoned: true,
        reviewedByPerson: true,
        description: 'The file is new to the sender. The account holder writes of living with a small child.',
        reported: stage.suspect(stage.on(streams), { tells: everythingTold, state: 'closed', userWasTold: false }),
        files: [
          file(stage.newFile(), {
            viewedByProvider: true,
            publiclyAvailable: false,
            category: 'A2',
            labels: ['infant'],
            capturedAt: utc(stage.at - 3 * day),
          }),
        ],
      })
      return [delivery('A', 'infant', 'a new file with the label infant, made three days ago', told)]
    },
  },
  {
    name: 'many-recipients',
    play: (stage) => {
      const recipients = Array.from({ length: 40 }, (_, index) =>
        party(stage.on(chat), {
          role: 'recipient',
          age: index % 10 === 0 ? '13' : null,
          tells: ['id', 'username'],
        }),
      )
      const told = stage.tell({
        sender: chat,
        facts: ['a child received material'],
        declared: { level: 'P2', reason: 'Children are among the recipients.' },
        telephoned: true,
        room: 'Test group 7',
        reported: stage.suspect(stage.on(chat)),
        others: recipients,
        files: [file(stage.newFile(), { viewedByProvider: true })],
      })
      return [delivery('B', 'group', 'one sender, forty recipients, four of them children', told)]
    },
  },
]
