import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { z } from 'zod'
import { type DataFolder, inboxName } from '../folders.ts'
import { readIfThere, replaceDestroying } from '../private-file.ts'
import { isDue, makeAuthority, makeCertificate } from './certificates.ts'

const certified = z.strictObject({ certificate: z.string(), key: z.string() })

/**
 * What an agency needs to talk to another cell, beside its other keys (mode 600, part of the copy of the keys): its own
 * certificate authority and the certificate that its cell shows.
 */
const form = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  /** As people say it, the same on every card. */
  label: z.string().min(1).max(100),
  authority: certified,
  line: certified,
})
export type LineKeys = z.output<typeof form>

const fileOf = (folder: DataFolder, agency: string): string => join(folder.keys, `agency-${agency}`, 'line.json')

/** Null: this agency has no line yet. Throws when the file is not what was written. */
export function readLineKeys(folder: DataFolder, agency: string): LineKeys | null {
  const present = readIfThere(fileOf(folder, agency))
  if (present === null) return null
  const read = form.safeParse(jsonOf(present.toString('utf8')))
  if (!read.success) throw new Error(`${fileOf(folder, agency)} is damaged. Put back the copy of the keys.`)
  return read.data
}

/** Made once; the certificate is made anew whenever it nears its end. `label`: how the agency is called, the first time. */
export async function lineKeys(
  folder: DataFolder,
  { agency, name, log }: OwnName,
  now: Date,
  label: string = log,
): Promise<LineKeys> {
  const present = readLineKeys(folder, agency)
  if (present !== null && present.name !== name)
    throw new Error(`${fileOf(folder, agency)} holds the keys of ${present.name}, not of ${name}.`)
  if (present !== null && !isDue(present.line, now)) return present
  const authority = present?.authority ?? (await makeAuthority(now))
  const keys: LineKeys = {
    version: 1,
    name,
    label: present?.label ?? label,
    authority,
    line: await makeCertificate(authority, name, now),
  }
  replaceDestroying(fileOf(folder, agency), JSON.stringify(keys))
  return keys
}

/** A new authority: whoever pinned the old one must be given the new card. */
export async function renewAuthority(folder: DataFolder, own: OwnName, now: Date, label: string): Promise<LineKeys> {
  const present = await lineKeys(folder, own, now, label)
  const authority = await makeAuthority(now)
  const keys = { ...present, authority, line: await makeCertificate(authority, own.name, now) }
  replaceDestroying(fileOf(folder, own.agency), JSON.stringify(keys))
  return keys
}

export const publicPem = (privatePem: string): string =>
  createPublicKey(createPrivateKey(privatePem)).export({ type: 'spki', format: 'pem' }).toString()

/** One of our agencies and its name on the line, which is that of its log: for ever, and the only one anywhere. */
export interface OwnName {
  readonly agency: string
  readonly name: string
  /** As in the names of folders and logs. */
  readonly log: string
  readonly origin: string
}

/** Whether this is how people may call the agency of a log. */
export const isLabelOf = (log: string, label: string): boolean => {
  const named = inboxName(label).slice(0, 60)
  return named !== '' && (log === named || log.startsWith(`${named}-`))
}

export const lineName = (origin: string, mode: 'training' | 'live'): string => {
  const [, cell = '', log = ''] = origin.split('/')
  return `${log}.${cell}.${mode}.tandem.internal`
}

/** An agency of the cell in this folder, by its name as people say it; found by its keys, so the cell need not run. */
export function ownName(folder: DataFolder, mode: 'training' | 'live', given: string): Result<OwnName, string> {
  const all = ownNames(folder, mode)
  const found = all.find(({ log, agency }) => log === inboxName(given) || agency === given)
  if (found !== undefined) return ok(found)
  const names = all.map(({ log }) => log).join(', ')
  return err(
    all.length === 0
      ? `There are no keys of an agency in ${folder.keys}.`
      : `There is no agency "${given}" here. There are: ${names}.`,
  )
}

/** Agencies with a log and a folder of keys: partners, oversight and operators have no line. */
export function ownNames(folder: DataFolder, mode: 'training' | 'live'): OwnName[] {
  const names = readdirIfThere(folder.keys)
  const withKeys = new Set(names.flatMap((name) => /^agency-([0-9a-f-]{36})$/.exec(name)?.[1] ?? []))
  return names.flatMap((file) => {
    const agency = /^ledger-([0-9a-f-]{36})\.json$/.exec(file)?.[1]
    if (agency === undefined || !withKeys.has(agency)) return []
    const { origin } = originShape.parse(jsonOf(readIfThere(join(folder.keys, file))?.toString('utf8') ?? ''))
    return [{ agency, origin, log: origin.split('/').at(-1) ?? '', name: lineName(origin, mode) }]
  })
}

const originShape = z.object({ origin: z.string() })

function readdirIfThere(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
