import { readJsonChat, streamJsonChat } from '../conversation/json-chat.ts'
import type { Head } from '../head.ts'
import type { Fit, Reader } from '../reader.ts'
import { TelegramChat } from './chat.ts'

export const telegramJsonReader = {
  id: 'telegram-json',
  title: 'Telegram Desktop export (JSON)',
  detect: detectTelegram,
  read: (bytes, limits) => readJsonChat(new TelegramChat(), bytes, limits),
  stream: (chunks, limits, skip) => streamJsonChat(new TelegramChat(), chunks, limits, skip),
} satisfies Omit<Reader, 'id'> & { readonly id: 'telegram-json' }

const sections = ['chats', 'left_chats', 'contacts', 'frequent_contacts', 'sessions', 'personal_information']

function detectTelegram(head: Head): Fit {
  if (head.looksLike !== 'json' || !head.text.trimStart().startsWith('{')) return 'no'
  const keys = head.topLevel.map(({ key }) => key)
  if (keys.includes('guild') || keys.includes('participants')) return 'no'
  // The keys of the first message, wherever they stand in the head: `date_unixtime` and `from_id` are Telegram's own.
  const own = /"(?:date_unixtime|from_id|actor_id|text_entities)"\s*:/.test(head.text)
  if (keys.includes('messages')) {
    const type = head.topLevel.find(({ key }) => key === 'type')?.value ?? ''
    return own || /^(?:personal|bot|private|public)_(?:chat|group|supergroup|channel)$|^saved_messages$/.test(type)
      ? 'certain'
      : 'no'
  }
  const found = sections.filter((section) => keys.includes(section))
  if (found.length === 0) return 'no'
  return own || (keys.includes('about') && found.length > 1) ? 'certain' : 'possible'
}
