import { chat, clearingHouse, everythingTold, file, games, party, social, streams } from '../cast.ts'
import { day, hour, minute, utc } from '../times.ts'
import { delivery, type Scenario } from './scenario.ts'

/** A child or a life is at risk now: what has to come to the top, however little else is known. */
export const urgent: readonly Scenario[] = [
  {
    name: 'half-empty-p1',
    play: (stage) => {
      const told = stage.tell({
        sender: chat,
        facts: ['a life is at risk now'],
        declared: { level: 'P1', reason: 'Threat to life: a child says that an adult is on the way to the home now.' },
        telephoned: true,
        detectedBy: 'user report',
        allAvailableGiven: false,
        incidentAt: null,
        reported: party(stage.on(chat), { tells: ['username'] }),
      })
      return [delivery('A', 'half-empty', 'almost no facts, but a live risk is stated: P1', told)]
    },
  },
  {
    name: 'live-streaming',
    play: (stage) => {
      const told = stage.tell({
        sender: streams,
        facts: ['abuse is live now', 'suspected access to a child'],
        declared: { level: 'P1', reason: 'A live stream was running when it was reported.' },
        telephoned: true,
        detectedBy: 'moderator',
        reviewedByPerson: true,
        annotations: ['liveStreaming'],
        description: 'A live stream from a private room. The moderator believes that a child is in the room.',
        room: 'Test room 12',
        reported: stage.suspect(stage.on(streams), { tells: everythingTold, state: 'suspended', userWasTold: false }),
        files: [
          file(stage.newFile(), {
            name: 'stream-recording.mp4',
            contentType: 'video/mp4',
            viewedByProvider: true,
            publiclyAvailable: false,
            category: 'A2',
            labels: ['liveStreaming'],
          }),
        ],
      })
      return [delivery('A', 'live', 'a stream that is running now', told)]
    },
  },
  {
    name: 'meeting-planned',
    play: (stage) => {
      const adult = stage.on(chat)
      const child = stage.on(chat)
      const told = stage.tell({
        sender: chat,
        facts: ['a meeting with a child is planned', 'an adult grooms a known child'],
        declared: { level: 'P1', reason: 'A meeting with a child is planned for tomorrow.' },
        telephoned: true,
        detectedBy: 'user report',
        reviewedByPerson: true,
        description: 'Chat only, no file. An adult and a child have agreed to meet tomorrow afternoon at a station.',
        incidentAt: utc(stage.at - hour),
        reported: stage.suspect(adult, { tells: everythingTold, state: 'suspended', userWasTold: false }),
        others: [party(child, { role: 'victim', age: '13', tells: ['id', 'username'] })],
        conversation: [
          { from: adult, at: utc(stage.at - 70 * minute), text: '(summary) asks to meet tomorrow at the station' },
          { from: child, at: utc(stage.at - 60 * minute), text: '(summary) agrees and says the age is 13' },
        ],
      })
      return [delivery('A', 'meeting', 'a meeting is planned for tomorrow', told)]
    },
  },
  {
    name: 'sextortion-with-self-harm',
    play: (stage) => {
      const seen = { facts: ['a child is blackmailed now', 'self-harm is mentioned'] as const }
      const blackmailer = stage.person()
      const first = stage.tell({
        ...seen,
        sender: social,
        declared: { level: 'P1', reason: 'A child is threatened with publication and speaks of self-harm.' },
        telephoned: true,
        detectedBy: 'user report',
        annotations: ['sextortion'],
        description:
          'The child was asked for money within one day and wrote of self-harm to a friend, who reported it.',
        reported: stage.suspect(stage.on(social, blackmailer), { tells: ['id', 'username', 'email', 'phone'] }),
        others: [party(stage.on(social), { role: 'victim', age: '15', tells: ['id', 'username'] })],
      })
      const second = stage.tell({
        ...seen,
        sender: games,
        facts: ['a child is blackmailed now'],
        declared: { level: 'P1', reason: 'Blackmail of a minor, demand for money still open.' },
        annotations: ['sextortion'],
        description: 'A second child names the same mail address. The demand for money is still open.',
        reported: stage.suspect(stage.on(games, blackmailer), { tells: ['id', 'username', 'email'] }),
        others: [party(stage.on(games), { role: 'victim', age: '14', tells: ['id', 'username'] })],
      })
      return [
        delivery('A', 'first-child', 'sextortion; self-harm is mentioned', first),
        delivery('A', 'second-child', 'the same mail address, another service, another child', second),
      ]
    },
  },
  {
    name: 'declared-p3-should-rise',
    play: (stage) => {
      const adult = stage.on(social)
      const child = stage.on(social)
      const chatOnly = stage.tell({
        sender: social,
        facts: ['a meeting with a child is planned'],
        description: 'Automated match of words. A meeting with a 12-year-old is planned for Saturday.',
        reported: stage.suspect(adult),
        others: [party(child, { role: 'victim', age: '12', tells: ['id', 'username'] })],
        conversation: [
          { from: child, at: utc(stage.at - 50 * minute), text: '(summary) says the age is 12' },
          { from: adult, at: utc(stage.at - 45 * minute), text: '(summary) proposes a meeting on Saturday' },
        ],
      })
      const recent = stage.tell({
        sender: streams,
        facts: ['material was made in the last days', 'a child made or sent material'],
        description: 'Matched by a classifier. The file is new and was made two days ago.',
        reported: stage.suspect(stage.on(streams)),
        files: [
          file(stage.newFile(), {
            viewedByProvider: true,
            category: 'B2',
            labels: ['possibleSelfProduction'],
            capturedAt: utc(stage.at - 2 * day),
          }),
        ],
      })
      return [
        delivery('A', 'meeting', 'declared P3, yet a meeting with a child is planned: has to rise to P1', chatOnly),
        delivery('B', 'recent', 'declared P3, yet the material was made two days ago: has to rise to P2', recent),
      ]
    },
  },
  {
    name: 'careless-p1',
    play: (stage) => {
      const shared = (): ReturnType<typeof stage.tell> =>
        stage.tell({
          sender: clearingHouse,
          facts: ['a known file was shared'],
          declared: { level: 'P1', reason: 'high priority' },
          reported: stage.suspect(stage.on(clearingHouse)),
          files: [file(stage.random.between(1, 170), { tells: ['md5', 'sha1'] })],
        })
      const all = [shared(), shared(), shared()] as const
      return [delivery('B', 'all-high', 'a sender that marks everything as high priority; nothing supports it', ...all)]
    },
  },
]
