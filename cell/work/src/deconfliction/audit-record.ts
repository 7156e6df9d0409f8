import type { AskerRecord, HolderRecord, Place } from '@tandem/blind'
import { z } from 'zod'

/** What a run leaves for oversight and for releases: sealed, and opened only place by place. */
const place = z.object({
  input: z.string(),
  salt: z.string(),
  is: z.enum(['entry', 'dummy', 'control', 'canary']),
  entries: z.array(z.number()),
})
const form = z.object({
  run: z.string(),
  places: z.array(place),
  /** Of the asker: the scalar that hid each place, null for dummies. */
  scalars: z.array(z.string().nullable()),
  /** Of the holder: the elements it saw, and own references by output. */
  seen: z.array(z.string()),
  byOutput: z.array(z.tuple([z.string(), z.array(z.string())])),
  asked: z.number(),
})
export type KeptRecord = z.output<typeof form>

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

const keepPlaces = (places: readonly Place[]): KeptRecord['places'] =>
  places.map(({ input, salt, is, entries }) => ({ input: hex(input), salt: hex(salt), is, entries: [...entries] }))

export const keepAsker = ({ run, places, scalars }: AskerRecord): string =>
  JSON.stringify({
    run,
    places: keepPlaces(places),
    scalars: scalars.map((scalar) => (scalar === null ? null : hex(scalar))),
    seen: [],
    byOutput: [],
    asked: places.length,
  } satisfies KeptRecord)

export const keepHolder = ({ run, places, seen, byOutput, asked }: HolderRecord): string =>
  JSON.stringify({
    run,
    places: keepPlaces(places),
    scalars: [],
    seen: seen.map(hex),
    byOutput: [...byOutput].map(([output, references]): [string, string[]] => [output, [...references]]),
    asked,
  } satisfies KeptRecord)

export const readRecord = (text: string): KeptRecord => form.parse(JSON.parse(text))

export const placesOf = ({ places }: KeptRecord): Place[] =>
  places.map(({ input, salt, is, entries }) => ({ input: bytesOf(input), salt: bytesOf(salt), is, entries }))

export const scalarsOf = ({ scalars }: KeptRecord): (Uint8Array | null)[] =>
  scalars.map((scalar) => (scalar === null ? null : bytesOf(scalar)))
