import { alteredCopy, chat, file, games, social, streams } from '../cast.ts'
import { delivery, type Scenario } from './scenario.ts'

/** The daily flow around the few that matter. */
export const ordinary: readonly Scenario[] = [
  {
    name: 'known-file-only',
    play: (stage) => {
      const seen = (number: number) =>
        stage.tell({
          sender: social,
          facts: ['a known file was shared'],
          reported: stage.suspect(stage.on(social)),
          files: [file(number, { publiclyAvailable: false })],
        })
      return [
        delivery(
          'A',
          'lists',
          'a file of one list, a file of both, and nothing else: known is not urgent',
          seen(12),
          seen(200),
        ),
      ]
    },
  },
  {
    name: 'altered-copy',
    play: (stage) => [
      delivery(
        'A',
        'lists',
        'a file whose digests no list has, and whose likeness one has: a lead, and it stays new material',
        stage.tell({
          sender: social,
          facts: ['a known file was shared'],
          reported: stage.suspect(stage.on(social)),
          files: [alteredCopy(611, 200, 11)],
        }),
      ),
    ],
  },
  {
    name: 'daily-flow',
    play: (stage) => {
      const plain = (sender: typeof social) =>
        stage.tell({
          sender,
          facts: ['a known file was shared'],
          declared: sender.writes === 'uk-csea-irp/1' ? { level: 'P3', reason: 'hash match' } : null,
          reported: stage.suspect(stage.on(sender)),
          files: [file(stage.random.between(1, 400)), file(stage.random.between(1, 400))],
          url: stage.url(sender),
        })
      return [
        delivery('A', 'chat', 'ordinary reports', plain(chat), plain(chat), plain(chat)),
        delivery('B', 'streams', 'ordinary reports', plain(streams), plain(streams), plain(streams)),
        delivery('A', 'games', 'ordinary reports in XML', plain(games), plain(games)),
      ]
    },
  },
]
