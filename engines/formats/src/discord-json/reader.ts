import { readJsonChat, streamJsonChat } from '../conversation/json-chat.ts'
import type { Head } from '../head.ts'
import type { Fit, Reader } from '../reader.ts'
import { DiscordChat } from './chat.ts'

export const discordJsonReader = {
  id: 'discord-json',
  title: 'Discord channel (DiscordChatExporter JSON)',
  detect: detectDiscord,
  read: (bytes, limits) => readJsonChat(new DiscordChat(), bytes, limits),
  stream: (chunks, limits, skip) => streamJsonChat(new DiscordChat(), chunks, limits, skip),
} satisfies Omit<Reader, 'id'> & { readonly id: 'discord-json' }

function detectDiscord(head: Head): Fit {
  const keys = head.topLevel.map(({ key }) => key)
  if (!keys.includes('guild') || !keys.includes('channel')) return 'no'
  return keys.includes('messages') || keys.includes('dateRange') ? 'certain' : 'possible'
}
