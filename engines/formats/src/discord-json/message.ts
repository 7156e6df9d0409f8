import { readTimeClaim } from '@tandem/core'
import { MessageDraft } from '../conversation/message.ts'
import type { JsonObject } from '../json/index.ts'
import type { Detail, Entry, ItemRecord, Place } from '../record.ts'
import { Fields } from '../uk-csea-irp/fields.ts'

/** First millisecond of 2015: where the counting of Discord's ids begins. */
const epoch = 1_420_070_400_000n

export function readMessage(
  node: JsonObject,
  place: Place,
  whole: ItemRecord['whole'],
  about: readonly Detail[],
): Entry<ItemRecord> {
  const draft = new MessageDraft()
  const fields = new Fields(draft, node, place)
  const type = fields.text('type')
  draft.reference = fields.text('id', 'number')
  if (draft.reference === null) draft.remark('id-missing', place, 'the message has no id')
  draft.at = draft.time(fields, 'timestamp')
  draft.atMeaning = draft.at === null ? null : 'timestamp'
  compareWithId(draft, place)
  draft.author = readUser(draft, fields.object('author'))
  draft.flags['service'] = type === null ? 'not said' : /^(?:Default|Reply|0|19)$/.test(type) ? 'no' : 'yes'
  draft.flags['pinned'] = fields.flag('isPinned')
  draft.detail('type', type, fields.at('type'))
  const edited = draft.time(fields, 'timestampEdited')
  draft.flags['edited'] = edited === null ? 'no' : 'yes'
  draft.detail('edited', edited?.original ?? null, fields.at('timestampEdited'))
  const ended = draft.time(fields, 'callEndedTimestamp')
  draft.detail('call ended', ended?.original ?? null, fields.at('callEndedTimestamp'))
  draft.said(fields.text('content'), fields.at('content'))
  readParts(draft, fields)
  draft.details.push(...about)
  fields.finish()
  return draft.entry('discord-json', 'message', whole, place)
}

/** A snowflake carries its time of creation. It is the server's, so a different timestamp was changed or is another's. */
function compareWithId(draft: MessageDraft, place: Place): void {
  if (draft.reference === null || draft.at?.instant == null) return
  if (!/^[0-9]{1,20}$/.test(draft.reference)) {
    draft.remark('id-invalid', place, 'the id is no whole number')
    return
  }
  const made = Number((BigInt(draft.reference) >> 22n) + epoch)
  if (Math.abs(made - Date.parse(draft.at.instant)) < 1000) return
  draft.remark('id-time-differs', place, 'the time that the id carries is not the time of the message')
  draft.detail('time in the id', new Date(made).toISOString(), place)
}

function readUser(draft: MessageDraft, user: Fields | null): number | null {
  if (user === null) return null
  const name = user.text('name')
  const number = user.text('discriminator')
  const nickname = user.text('nickname')
  const person = draft.person('other', [nickname, name], user.place)
  draft.account('discord', 'id', user.text('id', 'number'), user.at('id'), person)
  const full = number === null || /^0*$/.test(number) ? name : `${name ?? ''}#${number}`
  const bot = user.flag('isBot')
  // A webhook or a deleted user has a label that nobody could register.
  if (bot !== 'yes' && full !== null && /^(?:[a-z0-9_.]{2,32}|.{2,32}#[0-9]{4})$/iu.test(full)) {
    draft.account('discord', 'username', full, user.at('name'), person)
  }
  if (bot === 'yes') draft.detail('bot', 'yes', user.at('isBot'), { person })
  for (const key of ['color', 'avatarUrl']) draft.detail(key, user.text(key), user.at(key), { person })
  for (const role of user.objects('roles')) {
    draft.detail('role', role.text('name'), role.place, { person })
    for (const key of ['id', 'color', 'position']) role.text(key, 'number')
    role.finish()
  }
  user.finish()
  return person
}

function readParts(draft: MessageDraft, fields: Fields): void {
  for (const attachment of fields.objects('attachments')) {
    const url = attachment.text('url')
    const file = draft.file(attachment.text('fileName'), attachment.place, { url })
    draft.detail('attachment id', attachment.text('id', 'number'), attachment.at('id'), { file })
    draft.detail('bytes', attachment.text('fileSizeBytes', 'number'), attachment.at('fileSizeBytes'), { file })
    // In the export's own folder the address is a path on the exporter's disk.
    draft.link(url, attachment.at('url'))
    attachment.finish()
  }
  for (const embed of fields.objects('embeds')) readEmbed(draft, embed)
  for (const sticker of fields.objects('stickers')) {
    draft.detail('sticker', sticker.text('name'), sticker.place)
    for (const key of ['id', 'format', 'sourceUrl']) sticker.text(key, 'number')
    sticker.finish()
  }
  for (const reaction of fields.objects('reactions')) {
    const emoji = reaction.object('emoji')
    const label = emoji?.text('name') ?? emoji?.text('code') ?? '?'
    draft.detail('reaction', `${label} ${reaction.text('count', 'number') ?? ''}`.trim(), reaction.place)
    for (const user of reaction.objects('users')) readUser(draft, user)
    reaction.finish()
  }
  for (const mention of fields.objects('mentions')) readUser(draft, mention)
  const reference = fields.object('reference')
  if (reference !== null) {
    draft.answers = reference.text('messageId', 'number')
    for (const key of ['channelId', 'guildId', 'type']) {
      draft.detail(`reference ${key}`, reference.text(key, 'number'), reference.at(key))
    }
    reference.finish()
  }
  readForwarded(draft, fields.object('forwardedMessage'))
  const interaction = fields.object('interaction')
  if (interaction !== null) {
    draft.detail('interaction', interaction.text('name'), interaction.at('name'))
    draft.detail('interaction id', interaction.text('id', 'number'), interaction.at('id'))
    readUser(draft, interaction.object('user'))
    interaction.finish()
  }
  for (const emoji of fields.objects('inlineEmojis')) draft.detail('emoji', emoji.text('name'), emoji.place)
}

function readEmbed(draft: MessageDraft, embed: Fields): void {
  draft.link(embed.text('url'), embed.at('url'))
  for (const key of ['title', 'description']) draft.said(embed.text(key), embed.at(key), { about: 'other' })
  draft.detail('embed time', embed.text('timestamp'), embed.at('timestamp'))
  const author = embed.object('author')
  if (author !== null) {
    draft.detail('embed author', author.text('name'), author.at('name'))
    draft.link(author.text('url'), author.at('url'))
    author.text('iconUrl')
    author.text('iconCanonicalUrl')
    author.finish()
  }
  for (const field of embed.objects('fields')) {
    draft.said(`${field.text('name') ?? ''}: ${field.text('value') ?? ''}`, field.place, { about: 'other' })
    field.text('isInline', 'number')
  }
  const footer = embed.object('footer')
  if (footer !== null) draft.said(footer.text('text'), footer.at('text'), { about: 'other' })
  for (const key of ['thumbnail', 'image', 'video', 'footer']) {
    const media = key === 'footer' ? null : embed.object(key)
    if (media !== null) draft.file(null, media.place, { url: media.text('url'), labels: [`embed ${key}`] })
  }
  for (const media of embed.objects('images'))
    draft.file(null, media.place, { url: media.text('url'), labels: ['embed image'] })
  embed.text('color')
  embed.objects('inlineEmojis')
  embed.finish()
}

function readForwarded(draft: MessageDraft, forwarded: Fields | null): void {
  if (forwarded === null) return
  draft.flags['forwarded'] = 'yes'
  const written = forwarded.text('timestamp')
  const at = written === null ? null : readTimeClaim(written)
  const text = forwarded.text('content')
  const place = forwarded.at('content')
  if (text !== null && text !== '') {
    const safe = draft.safe(text, place)
    draft.narratives.push({ place, about: 'conversation', author: null, text: safe, at, from: null })
  }
  for (const attachment of forwarded.objects('attachments')) {
    draft.file(attachment.text('fileName'), attachment.place, { url: attachment.text('url'), labels: ['forwarded'] })
  }
}
