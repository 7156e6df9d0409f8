import { createHmac } from 'node:crypto'
import { concat, isEqual, utf8 } from '../bytes.ts'
import { type EntryKind, entryKinds } from '../entries/entry.ts'
import { numberBytes } from '../wire/bytes.ts'
import { type Check, hexText, integer, listOf, oneOf, record, text } from '../wire/shape.ts'

/** So many single questions under one authority, until a day: what the holder lets the asker ask. */
export type Grant = {
  readonly version: 1
  readonly id: string
  readonly asker: string
  readonly operation: string
  readonly authority: string
  readonly kinds: readonly EntryKind[]
  readonly tokens: number
  readonly epoch: string
  readonly expiresAt: number
}

export const isGrant: Check<Grant> = record<Grant>({
  version: oneOf(1),
  id: hexText(16),
  asker: text(128),
  operation: text(256),
  authority: text(256),
  kinds: listOf(oneOf(...entryKinds), 1, entryKinds.length),
  tokens: integer(1, 100_000),
  epoch: text(64),
  expiresAt: integer(0, 8_640_000_000_000_000),
})

/** One question. The holder recognises its own (HMAC-SHA-256, RFC 2104) and needs to keep only which are spent. */
export interface Token {
  readonly grant: string
  readonly number: number
  readonly mac: Uint8Array
}

export const tokenBytes = 32

export function issueTokens(key: Uint8Array, grant: Grant): Token[] {
  return Array.from({ length: grant.tokens }, (_, number) => ({
    grant: grant.id,
    number,
    mac: macOf(key, grant.id, number),
  }))
}

export const isToken = (key: Uint8Array, grant: Grant, { grant: id, number, mac }: Token): boolean =>
  id === grant.id && number < grant.tokens && isEqual(macOf(key, id, number), mac)

const macOf = (key: Uint8Array, grant: string, number: number): Uint8Array =>
  new Uint8Array(
    createHmac('sha256', key)
      .update(concat(utf8('tandem blind token v1'), Uint8Array.of(0), utf8(grant), numberBytes(number, 4)))
      .digest(),
  )
