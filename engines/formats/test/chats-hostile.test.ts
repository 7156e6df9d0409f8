import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { discordJsonReader } from '../src/discord-json/reader.ts'
import { signalTextReader } from '../src/signal-text/reader.ts'
import { telegramJsonReader } from '../src/telegram-json/reader.ts'
import { whatsAppTextReader } from '../src/whatsapp-text/reader.ts'
import { assertBounded, assertSurvives } from './damaged.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/chats')
const shared = join(import.meta.dirname, '../../../../shared/data/intake')
const all = [whatsAppTextReader, signalTextReader, telegramJsonReader, discordJsonReader] as const

const discord = JSON.stringify({
  guild: { id: '0', name: 'Direct' },
  channel: { id: '1', type: 'DirectTextChat', name: 'test' },
  messages: Array.from({ length: 5 }, (_, at) => ({
    id: String(1_000_000_000_000_000_000n + BigInt(at) * 4_194_304_000n),
    type: 'Default',
    timestamp: '2022-07-25T20:53:47.000+00:00',
    content: `line ${at}`,
    author: { id: '111111111111111111', name: 'test_user', discriminator: '0000', isBot: false },
    attachments: [{ id: '1', url: 'https://files.example/a.png', fileName: 'a.png', fileSizeBytes: 1 }],
  })),
  messageCount: 5,
})

const long = 'x'.repeat(1_000_000)
const header = '1/1/21, 12:00 - '
const bombs = (): [string, string][] => [
  ['one long line', long],
  ['a long name', `${header}${long}: hi`],
  ['many colons', `${header}${': '.repeat(500_000)}`],
  ['many brackets', '['.repeat(1_000_000)],
  ['many digits and signs', '1/'.repeat(500_000)],
  ['many blanks', `${header}${' '.repeat(1_000_000)}-`],
  ['many headers', `${header}A: x\n`.repeat(30_000)],
  ['many names', Array.from({ length: 30_000 }, (_, at) => `${header}N${at}: ${at}: x`).join('\n')],
  ['deep objects', '{"messages":[{"a":'.padEnd(300_000, '{"a":')],
  ['deep lists', `{"messages":[${'['.repeat(500_000)}`],
  ['many keys', `{${Array.from({ length: 60_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
  ['a long text', `{"messages":[{"type":"message","text":"${long}"}]}`],
  ['many messages', `{"messages":[${'{},'.repeat(60_000)}{}]}`],
  ['half characters', '{"name":"\\ud800","messages":[{"text":"\\udfff\\u0000","from":"\\ud800"}]}'],
  ['a list of numbers', `{"messages":[${'1,'.repeat(60_000)}1]}`],
]

describe('chat readers', () => {
  for (const name of readdirSync(fixtures).filter((each) => /\.(?:txt|json)$/.test(each) && each !== 'target.json')) {
    it(`survive ${name} cut and damaged`, () => {
      const reader = name.endsWith('.json')
        ? telegramJsonReader
        : name.startsWith('signal')
          ? signalTextReader
          : whatsAppTextReader
      assertSurvives(reader, readFileSync(join(fixtures, name)), name)
    })
  }

  it('survive a Discord export cut and damaged', () =>
    assertSurvives(discordJsonReader, Buffer.from(discord), 'discord'))

  const others = [
    [whatsAppTextReader, 'chat-whatsapp/4A_11M.txt'],
    [whatsAppTextReader, 'chat-whatsapp/pokemon.txt'],
    [telegramJsonReader, 'chat-telegram/DM_2A_7M.json'],
    [discordJsonReader, 'chat-discord/DM_2A_2M.json'],
    [discordJsonReader, 'chat-discord/SV_5A_5M.json'],
  ] as const
  for (const [reader, name] of others) {
    const path = join(shared, name)
    const skip = existsSync(path) ? false : 'the sample is under a copyleft licence and stands beside the checkout only'
    it(`survive ${name} cut and damaged`, { skip }, () => assertSurvives(reader, readFileSync(path), name))
  }

  it('read hostile texts of any shape in bounded time', () => {
    for (const reader of all) assertBounded(reader, bombs())
  })
})
