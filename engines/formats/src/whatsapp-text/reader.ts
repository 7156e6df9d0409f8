import type { Head } from '../head.ts'
import type { Fit, Reader } from '../reader.ts'
import { readHeader } from './header.ts'
import * as phrases from './phrases.ts'
import { readWhatsApp } from './read.ts'

export const whatsAppTextReader = {
  id: 'whatsapp-text',
  title: 'WhatsApp chat (text export)',
  detect: detectWhatsApp,
  read: (bytes, limits) => readWhatsApp(bytes, limits),
} satisfies Omit<Reader, 'id'> & { readonly id: 'whatsapp-text' }

/** `[2019-12-24, 12:23] `: the layout of a Signal tool; WhatsApp writes seconds inside brackets. */
export const signalLayout = /^\[\d{4}-\d{2}-\d{2}, \d{2}:\d{2}\] /

function detectWhatsApp(head: Head): Fit {
  const lines = head.text.split('\n')
  const start = lines.find((line) => line.trim() !== '')
  if (start === undefined || readHeader(start) === null) return 'no'
  const rests = lines.map((line) => readHeader(line)?.rest ?? null).filter((rest) => rest !== null)
  const named = rests.some((rest) => {
    const text = rest.slice(rest.indexOf(': ') + (rest.includes(': ') ? 2 : 0)).trim()
    return (
      phrases.isServiceText(rest) ||
      phrases.omitted.test(text) ||
      phrases.deleted.test(text) ||
      phrases.attachedMark.test(text) ||
      phrases.attachedName.test(text)
    )
  })
  if (named) return 'certain'
  if (signalLayout.test(start)) return 'no'
  return rests.some((rest) => rest.slice(0, 200).includes(':')) ? 'possible' : 'no'
}
