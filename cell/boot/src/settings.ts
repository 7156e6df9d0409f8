import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import { logins, type Passwords } from '@tandem/store'
import { z } from 'zod'
import type { DataFolder } from './folders.ts'
import { peersShape } from './peers/settings-shape.ts'
import { readIfThere, writePrivate } from './private-file.ts'

const provider = z.strictObject({
  name: z.string(),
  issuer: z.url(),
  clientId: z.string(),
  clientSecret: z.string().optional(),
})

const verifierKey = z.string().min(40).max(4000)
/** Whom this cell asks to cosign its checkpoints, and whose it cosigns; keys are C2SP verifier keys. */
const ledgerSettings = z.strictObject({
  /** Witnesses outside this cell, such as the inspector's: `https://.../` before `add-checkpoint`. */
  witnesses: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9.-]{1,60}$/),
        keys: z.array(verifierKey).min(1).max(4),
        url: z.url(),
      }),
    )
    .max(16)
    .default([]),
  /** How many of them must have cosigned before a bundle leaves. */
  needed: z.int().min(0).max(16).default(0),
  /** Authorities that put an independent time on checkpoints (RFC 3161), and how often. */
  timestamps: z
    .strictObject({
      everyHours: z.number().min(0.01).max(744).default(24),
      authorities: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[a-z0-9.-]{1,60}$/),
            url: z.url(),
            /** Certificates that are believed, in PEM. */
            roots: z.array(z.string().max(20_000)).min(1).max(8),
          }),
        )
        .max(4),
    })
    .optional(),
  /** Logs of other cells that the witnesses here cosign: the keys of each. */
  watched: z.array(z.strictObject({ keys: z.array(verifierKey).min(1).max(4) })).default([]),
})
export type LedgerSettings = z.output<typeof ledgerSettings>

/** What `init` decided once. Mode is also in the database, and the two must agree: a cell is never converted. */
export const settingsShape = z.strictObject({
  version: z.literal(1),
  cell: z.uuid(),
  name: z.string(),
  mode: z.enum(['training', 'live']),
  /** The address that browsers use; also the one host name that is answered. */
  origin: z.url(),
  port: z.int().min(1).max(65535),
  passkeys: z.enum(['off', 'required']),
  providers: z.array(provider),
  /** Where the records are: a start that names another place would find an empty one and must not fill it. */
  database: z.enum(['embedded', 'server']).default('embedded'),
  ledger: ledgerSettings.optional(),
  peers: peersShape.optional(),
})
export type Settings = z.output<typeof settingsShape>

export function readSettings(folder: DataFolder): Result<Settings | null, string> {
  const bytes = readIfThere(folder.settings)
  if (bytes === null) return ok(null)
  try {
    const parsed = settingsShape.safeParse(JSON.parse(bytes.toString('utf8')))
    return parsed.success
      ? ok(parsed.data)
      : err(
          `${folder.settings} is not in its form: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`,
        )
  } catch {
    return err(`${folder.settings} is not JSON. Restore it from a backup, or start with another data folder.`)
  }
}

export const writeSettings = (folder: DataFolder, settings: Settings): void =>
  writePrivate(folder.settings, `${JSON.stringify(settings, null, 2)}\n`)

/** Passwords of the database logins: made here, kept beside the keys, never shown. */
export function loginPasswords(folder: DataFolder): Passwords {
  const path = `${folder.keys}/logins.json`
  const present = readIfThere(path)
  if (present !== null) return passwordShape.parse(JSON.parse(present.toString('utf8')))
  const fresh = passwordShape.parse(
    Object.fromEntries(logins.map((login) => [login, randomBytes(24).toString('base64url')])),
  )
  writePrivate(path, JSON.stringify(fresh))
  return fresh
}

const password = z.string().min(20)
const passwordShape = z.strictObject({
  tandem_gate: password,
  tandem_officer: password,
  tandem_supervisor: password,
  tandem_ingest: password,
  tandem_partner: password,
  tandem_inspector: password,
  tandem_export: password,
  tandem_administrator: password,
  tandem_notifier: password,
})
