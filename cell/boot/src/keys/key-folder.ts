import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import type { KeyShelf, WrappedRecordKey } from '@tandem/store'
import {
  type Changed,
  type KeyringDocument,
  keyRanks,
  type OperationDocument,
  readKeyring,
  readOperationKeys,
} from '@tandem/vault'
import { z } from 'zod'
import type { DataFolder } from '../folders.ts'
import { destroyFile, privateFolder, readIfThere, replaceDestroying, writePrivate } from '../private-file.ts'
import { modulePlace } from './module-place.ts'

const keyName = z.strictObject({
  agency: z.string(),
  rank: z.enum(keyRanks),
  id: z.string(),
  version: z.int().positive(),
})

const quorum = z.strictObject({
  quorum: z.string(),
  purpose: z.string(),
  threshold: z.int().min(2),
  holders: z.array(z.strictObject({ officer: z.string(), shareDigest: z.string() })),
  check: z.string(),
})

/** `pin`: sealed under what the officers' shares give. */
const moduleHeld = modulePlace.extend({ pin: z.base64() })

/**
 * Who brings the root: this machine, from a file beside (training, and cells from before shares), or m of n officers; where
 * it lies in a hardware module, their shares open the module's PIN.
 */
const rootShape = z.discriminatedUnion('holder', [
  z.strictObject({ holder: z.literal('file'), root: keyName }),
  z.strictObject({ holder: z.literal('officers'), root: keyName, quorum, module: moduleHeld.optional() }),
])
export type RootHolder = z.output<typeof rootShape>

const fileShape = z.strictObject({ root: rootShape, keyring: z.unknown() })

export interface KeyFile {
  readonly root: RootHolder
  readonly keyring: KeyringDocument
}

const olderShape = z.strictObject({
  version: z.int().positive(),
  records: z.array(z.tuple([z.string(), z.string()])),
})

/**
 * One agency's keys on a disk: a folder of its own, which may be a link to another disk, mode 700, its files 600. Every key
 * in it is wrapped; only a root that this machine itself holds lies there in clear.
 */
export class KeyFolder implements KeyShelf {
  readonly path: string
  readonly agency: string

  constructor(folder: DataFolder, agency: string) {
    if (!/^[0-9a-f-]{36}$/.test(agency)) throw new TypeError('an agency is named by its id')
    this.agency = agency
    this.path = join(folder.keys, `agency-${agency}`)
  }

  get isThere(): boolean {
    return existsSync(this.#keyring)
  }

  get hasPending(): boolean {
    return existsSync(this.#pending)
  }

  read(): Result<KeyFile, string> {
    return this.#read(this.#keyring)
  }

  /** New shares that were printed and not yet used once. */
  readPending(): Result<KeyFile, string> {
    return this.#read(this.#pending)
  }

  operationsOf(keyring: KeyringDocument): Result<OperationDocument[], string> {
    const folder = this.#operations(keyring)
    if (!existsSync(folder)) return ok([])
    const all: OperationDocument[] = []
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
      const read = readOperationKeys(readFileSync(join(folder, name), 'utf8'))
      if (!read.ok) return err(`${join(folder, name)}: ${read.error}`)
      all.push(read.value)
    }
    return ok(all)
  }

  /** All of it, as one: the file that names the rest comes last. */
  write(file: KeyFile, operations: readonly OperationDocument[]): void {
    privateFolder(this.path)
    for (const each of operations) this.writeOperation(each)
    replaceDestroying(this.#keyring, JSON.stringify(file))
  }

  /** After a rotation: the folder of the old key-encryption key goes when nothing names it any more. */
  writeRotated(root: RootHolder, { keyring, operations }: Changed): void {
    this.write({ root, keyring }, operations)
    const current = this.#operations(keyring)
    for (const name of readdirSync(this.path).filter((each) => each.startsWith('operations.'))) {
      const folder = join(this.path, name)
      if (folder === current) continue
      for (const each of readdirSync(folder)) destroyFile(join(folder, each))
      rmSync(folder, { recursive: true })
    }
  }

  writePending(file: KeyFile): void {
    replaceDestroying(this.#pending, JSON.stringify(file))
  }

  /** The new shares have opened the keys: from now on they alone do. */
  adoptPending(file: KeyFile): void {
    replaceDestroying(this.#keyring, JSON.stringify(file))
    destroyFile(this.#pending)
    for (const name of readdirSync(this.path)) if (/^root\.\d+\.key$/.test(name)) destroyFile(join(this.path, name))
  }

  dropPending(): void {
    destroyFile(this.#pending)
  }

  writeOperation(document: OperationDocument): void {
    const version = document.slots[0]?.current.under.version
    if (version === undefined) throw new TypeError('an operation without keys')
    const path = join(this.path, `operations.${version}`, `${document.operation}.json`)
    replaceDestroying(path, JSON.stringify(document))
  }

  /** Only the newest of a slot is needed: whatever an older copy holds was there, or erased, when it was written. */
  writeForOlderCopies(operation: string, slot: number, version: number, records: readonly WrappedRecordKey[]): void {
    const written = records.map(({ record, bytes }) => [record, Buffer.from(bytes).toString('base64')])
    writePrivate(this.#older(operation, slot, version), JSON.stringify({ version, records: written }))
  }

  readForOlderCopies(operation: string, slot: number, version: number): Result<WrappedRecordKey[], string> {
    const path = this.#older(operation, slot, version)
    const text = readIfThere(path)
    if (text === null) return err(`${path} is missing`)
    const read = olderShape.safeParse(JSON.parse(text.toString('utf8')))
    if (!read.success || read.data.version !== version) return err(`${path} is damaged`)
    return ok(read.data.records.map(([record, bytes]) => ({ record, bytes: Buffer.from(bytes, 'base64') })))
  }

  /** What an abandoned replacement, or an earlier one, left behind. */
  forgetOlderCopies(operation: string, slot: number, except: number): void {
    const folder = join(this.path, 'older-copies')
    if (!existsSync(folder)) return
    const begins = `${operation}.${slot}.`
    for (const name of readdirSync(folder)) {
      if (name.startsWith(begins) && name !== `${begins}${except}.json`) destroyFile(join(folder, name))
    }
  }

  readRootKey(version: number): Buffer | null {
    return readIfThere(this.#rootKey(version))
  }

  writeRootKey(version: number, bytes: Uint8Array): void {
    writePrivate(this.#rootKey(version), bytes)
  }

  #read(path: string): Result<KeyFile, string> {
    const text = readIfThere(path)
    if (text === null) return err(`${path} is missing`)
    try {
      const file = fileShape.safeParse(JSON.parse(text.toString('utf8')))
      if (!file.success) return err(`${path} is damaged, or of a newer Tandem`)
      const keyring = readKeyring(JSON.stringify(file.data.keyring))
      if (!keyring.ok) return err(`${path}: ${keyring.error}`)
      return keyring.value.agency === this.agency
        ? ok({ root: file.data.root, keyring: keyring.value })
        : err(`${path} is another agency's`)
    } catch {
      return err(`${path} is damaged`)
    }
  }

  get #keyring(): string {
    return join(this.path, 'keyring.json')
  }

  get #pending(): string {
    return join(this.path, 'keyring.new-shares.json')
  }

  #operations(keyring: KeyringDocument): string {
    return join(this.path, `operations.${keyring.keyEncryption.name.version}`)
  }

  #older(operation: string, slot: number, version: number): string {
    return join(this.path, 'older-copies', `${operation}.${slot}.${version}.json`)
  }

  #rootKey(version: number): string {
    return join(this.path, `root.${version}.key`)
  }
}
