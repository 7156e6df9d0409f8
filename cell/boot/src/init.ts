import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import { signingKey } from './backup-signature.ts'
import { dataFolder } from './folders.ts'
import type { AgencyPlan } from './found.ts'
import { faultsOf, keyOfficersOf, type LivePlan } from './init-plan.ts'
import type { OfficerShare } from './keys/cell-keys.ts'
import { openCell } from './open-cell.ts'
import type { Settings } from './settings.ts'

export interface InitOptions {
  readonly data: string
  readonly plan: LivePlan & { readonly name: string; readonly origin: string }
  readonly databaseUrl?: string
  readonly now: Date
}

export interface LiveCell {
  readonly dataFolder: string
  readonly name: string
  readonly origin: string
  readonly port: number
  readonly redirectUri: string
  readonly agencies: readonly string[]
  /** Told once; the cell keeps only their digests. */
  readonly apiKeys: readonly { readonly agency: string; readonly sender: string; readonly key: string }[]
  /** Told once, each for one officer's eyes; the cell keeps only their digests, and cannot open without them. */
  readonly shares: readonly OfficerShare[]
  readonly officers: readonly { readonly agency: string; readonly threshold: number; readonly holders: number }[]
}

/**
 * A live cell: no seed, no example, no printed sign-ins. Its mode stands in its settings and in its database, and
 * nothing converts one kind of cell into the other.
 */
export async function initLive(options: InitOptions): Promise<Result<LiveCell, string>> {
  const { plan, now } = options
  const faults = faultsOf(plan, now)
  if (faults.length > 0)
    return err(`The plan needs ${faults.length === 1 ? 'a correction' : 'corrections'}: ${faults.join('; ')}.`)
  const providers = readProviders(plan)
  if (!providers.ok) return providers
  const folder = dataFolder(options.data, 'live')
  if (existsSync(folder.root) && readdirSync(folder.root).length > 0) {
    return err(`${folder.root} is not empty. A live cell is made in a new folder, and no cell is ever converted.`)
  }
  const wasThere = existsSync(folder.root)
  const apiKeys: { agency: string; sender: string; key: string }[] = []
  const agencies = plan.agencies.map((agency) => agencyPlan(agency, apiKeys))
  const officers = new Map(
    plan.agencies.filter(({ kind }) => kind === 'agency').map((each) => [each.shortName, keyOfficersOf(each)]),
  )
  const opened = await openCell({
    folder,
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    birth: {
      name: plan.name,
      mode: 'live',
      settings: { origin: plan.origin, port: plan.port, passkeys: plan.passkeys, providers: providers.value },
      agencies: () => agencies,
      officers,
    },
  })
  if (!opened.ok) {
    // Nothing of this folder was there before: half a cell must not look like one.
    const left = existsSync(folder.root) ? readdirSync(folder.root) : []
    for (const each of left) rmSync(join(folder.root, each), { recursive: true, force: true })
    if (!wasThere) rmSync(folder.root, { recursive: true, force: true })
    return opened
  }
  signingKey(folder.keys)
  await opened.value.close()
  return ok({
    dataFolder: folder.root,
    name: plan.name,
    origin: plan.origin,
    port: plan.port,
    redirectUri: `${plan.origin}/auth/callback`,
    agencies: plan.agencies.map(({ shortName }) => shortName),
    apiKeys,
    shares: opened.value.shares,
    officers: [...officers].map(([agency, { threshold, officers: all }]) => ({
      agency,
      threshold,
      holders: all.length,
    })),
  })
}

function readProviders(plan: LivePlan): Result<Settings['providers'], string> {
  const providers: Settings['providers'] = []
  for (const { clientSecretFile, ...provider } of plan.providers) {
    if (clientSecretFile === undefined) {
      providers.push(provider)
      continue
    }
    if (!existsSync(clientSecretFile))
      return err(`The client secret file of provider "${provider.name}" is not there: ${clientSecretFile}`)
    const clientSecret = readFileSync(clientSecretFile, 'utf8').trim()
    if (clientSecret === '') return err(`The client secret file of provider "${provider.name}" is empty.`)
    providers.push({ ...provider, clientSecret })
  }
  return ok(providers)
}

function agencyPlan(
  plan: LivePlan['agencies'][number],
  apiKeys: { agency: string; sender: string; key: string }[],
): AgencyPlan {
  const { desk, keys: _, ...agency } = plan
  if (desk === undefined) return agency
  const senders = desk.senders.map(({ name, kind, apiKey }) => {
    if (!apiKey) return { name, kind }
    const key = randomBytes(32).toString('base64url')
    apiKeys.push({ agency: plan.shortName, sender: name, key })
    return { name, kind, apiKey: key }
  })
  const expiresAt = new Date(desk.authority.expiresAt).toISOString()
  return {
    ...agency,
    desk: { ...desk, authority: { ...desk.authority, expiresAt }, senders: [...ownSenders, ...senders] },
  }
}

/** Files without a named sender are booked to the cell itself. */
const ownSenders = [
  { name: 'This cell', kind: 'cell' },
  { name: 'Watched folder', kind: 'cell' },
] as const
