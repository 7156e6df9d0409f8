import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type AgencyVault, agencyVault } from '@tandem/vault'
import type { DataFolder } from './folders.ts'
import { readIfThere, writePrivate } from './private-file.ts'

/** One key an agency, each in its own file outside the database. There is no key for two. */
export function makeAgencyKey(folder: DataFolder, agency: string): void {
  if (readIfThere(keyFile(folder, agency)) === null) writePrivate(keyFile(folder, agency), randomBytes(32))
}

export const hasAgencyKey = (folder: DataFolder, agency: string): boolean => existsSync(keyFile(folder, agency))

export function vaults(folder: DataFolder): (agency: string) => AgencyVault {
  const open = new Map<string, AgencyVault>()
  return (agency) => {
    const present = open.get(agency)
    if (present !== undefined) return present
    const key = readIfThere(keyFile(folder, agency))
    if (key === null) throw new Error(`the key of agency ${agency} is not in ${folder.keys}`)
    const vault = agencyVault(key)
    open.set(agency, vault)
    return vault
  }
}

const keyFile = (folder: DataFolder, agency: string): string => {
  if (!/^[0-9a-f-]{36}$/.test(agency)) throw new TypeError('an agency is named by its id')
  return `${folder.keys}/agency-${agency}.key`
}
