import { err, ok, type Result } from '@tandem/core'
import { HeldKeys } from '@tandem/store'
import {
  Gathering,
  type KeyName,
  Keyring,
  keyLength,
  type NamedKey,
  newKey,
  type Quorum,
  type RootKeystore,
  readWrapped,
  rootInMemory,
  Secret,
  type SplitSecret,
  splitSecret,
} from '@tandem/vault'
import type { KeyFile, KeyFolder, RootHolder } from './key-folder.ts'
import type { KeyState, ShareGiven } from './key-state.ts'
import { lastOpeningUnderReview } from './openings.ts'
import { makeRecovery, nestRoot, RecoveryFile } from './recovery.ts'
import { holdInModule, keystoreOf, type ModuleNamed } from './root-keystore.ts'

/** Another agency's half of break-glass, to which a root is sealed. */
export interface OtherRecipient {
  readonly agency: string
  readonly recipient: string
}

const rootName = (agency: string, version: number): KeyName => ({ agency, rank: 'root', id: 'root', version })
const purposeOf = (name: string): string => `root key of ${name}`

/** The keys of one agency, on their disk and in this process. */
export class AgencyHolder {
  readonly name: string
  readonly folder: KeyFolder
  readonly held: HeldKeys
  readonly recovery: RecoveryFile
  /** Of a cell that is being made: until it is sealed for the other agencies. */
  #freshRoot: NamedKey | null = null
  #gathering: { readonly gathering: Gathering; readonly isPending: boolean } | null = null

  constructor(folder: KeyFolder, name: string) {
    this.folder = folder
    this.name = name
    this.recovery = new RecoveryFile(folder)
    this.held = new HeldKeys(folder.agency, folder, () => this.#sealedSays())
  }

  /** Fresh keys whose root this machine holds. `index`: the one key that an older Tandem had. */
  async makeHere(index?: Secret): Promise<void> {
    const root = newKey(rootName(this.folder.agency, 1))
    root.key.lend((bytes) => this.folder.writeRootKey(1, bytes))
    await this.#make({ holder: 'file', root: root.name }, rootInMemory(root), index)
  }

  /** Fresh keys whose root no machine holds: its shares are handed out here, once. */
  async makeForOfficers(
    threshold: number,
    officers: readonly string[],
  ): Promise<Result<SplitSecret['shares'], string>> {
    const root = newKey(rootName(this.folder.agency, 1))
    const split = await splitSecret(root.key, purposeOf(this.name), threshold, officers)
    if (!split.ok) return err(split.error.says)
    const { quorum, shares } = split.value
    const copy = root.key.lend((bytes) => Secret.of(Uint8Array.from(bytes)))
    this.#freshRoot = { name: root.name, key: copy }
    await this.#make({ holder: 'officers', root: root.name, quorum: writable(quorum) }, rootInMemory(root))
    return ok(shares)
  }

  async #make(root: RootHolder, keystore: RootKeystore, index?: Secret): Promise<void> {
    const keyring = Keyring.make(this.folder.agency, index)
    const held = await keyring.moveTo(keystore)
    if (!held.ok) throw new Error(held.error.says)
    this.folder.write({ root, keyring: keyring.document }, [])
    await keystore.seal()
    this.held.unseal(keyring)
  }

  /** A machine that holds the root opens by itself; else it waits for the officers. */
  async openHere(): Promise<Result<void, string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    if (file.value.root.holder === 'officers') return ok(undefined)
    const { version } = file.value.root.root
    const bytes = this.folder.readRootKey(version)
    if (bytes === null || bytes.length !== keyLength) return err(`root.${version}.key is not in ${this.folder.path}`)
    return this.#openWith(file.value, Secret.of(bytes))
  }

  /** One officer's share. The keys open with the last one that is needed. */
  async give(text: string): Promise<Result<ShareGiven, string>> {
    const gathering = this.#gatheringFor(text)
    if (!gathering.ok) return gathering
    const { gathering: shares, isPending } = gathering.value
    const added = shares.add(text)
    if (!added.ok) return err(added.error.says)
    const missing = shares.quorum.threshold - shares.officers.length
    if (!shares.isComplete) return ok({ officer: added.value, missing, opened: false, adopted: false })
    const secret = await shares.open()
    shares.end()
    this.#gathering = null
    if (!secret.ok) return err(secret.error.says)
    const file = isPending ? this.folder.readPending() : this.folder.read()
    if (!file.ok) return file
    const opened = await this.#openWith(file.value, secret.value)
    if (!opened.ok) return opened
    if (isPending) this.folder.adoptPending(file.value)
    return ok({ officer: added.value, missing: 0, opened: true, adopted: isPending })
  }

  seal(): Result<void, string> {
    const file = this.folder.read()
    if (!file.ok) return file
    if (file.value.root.holder === 'file')
      return err(
        `The keys of ${this.name} are held by this machine: sealing them would last until its next start only.`,
      )
    this.#gathering?.gathering.end()
    this.#gathering = null
    this.held.seal()
    return ok(undefined)
  }

  /** A new key-encryption key; needs the root, so the shares (or the file) once more. */
  async rotate(root: Secret | null): Promise<Result<number, string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    if (this.folder.hasPending) return err('New shares wait to be used once. Use them (tandem unseal), then rotate.')
    const holder = file.value.root
    const bytes = root ?? this.#rootFromFile(holder)
    if (bytes === null) return err('The root is with the officers: their shares are needed to rotate.')
    const keyring = this.#open()
    if (!keyring.ok) return keyring
    const keystore = keystoreOf(holder, bytes)
    if (!keystore.ok) return keystore
    const proof = await opensWith(keystore.value, file.value)
    if (!proof.ok) return proof
    const rotated = await keyring.value.rotate(keystore.value)
    await keystore.value.seal()
    if (!rotated.ok) return err(rotated.error.says)
    this.folder.writeRotated(holder, rotated.value)
    return ok(keyring.value.document.keyEncryption.name.version)
  }

  /** Collects shares for something else than opening: the root itself, for one step. */
  async rootFrom(texts: readonly string[]): Promise<Result<Secret, string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    if (file.value.root.holder === 'file') {
      const bytes = this.#rootFromFile(file.value.root)
      return bytes === null ? err('The root is not on its disk.') : ok(bytes)
    }
    const gathering = new Gathering(file.value.root.quorum)
    for (const text of texts) {
      const added = gathering.add(text)
      if (!added.ok) return err(added.error.says)
    }
    const opened = await gathering.open()
    gathering.end()
    return opened.ok ? opened : err(opened.error.says)
  }

  /** That the present officers agree: their shares give the root in force. A root on this machine's disk proves itself. */
  async proveRoot(shares: readonly string[]): Promise<Result<void, string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    const root = await this.rootFrom(shares)
    if (!root.ok) return root
    const keystore = keystoreOf(file.value.root, root.value)
    if (!keystore.ok) return keystore
    const proof = await opensWith(keystore.value, file.value)
    await keystore.value.seal()
    return proof
  }

  /** New shares, of a new root. The old way in stays until the new shares have opened the keys once. */
  async newShares(
    threshold: number,
    officers: readonly string[],
    others: readonly OtherRecipient[] = [],
    module: ModuleNamed | null = null,
  ): Promise<Result<SplitSecret['shares'], string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    const keyring = this.#open()
    if (!keyring.ok) return keyring
    const root = newKey(rootName(this.folder.agency, file.value.root.root.version + 1))
    const split = await splitSecret(root.key, purposeOf(this.name), threshold, officers)
    if (!split.ok) return err(split.error.says)
    const { quorum, shares } = split.value
    // First what may be refused: a wrong PIN changes nothing here.
    const inModule = module === null ? null : await holdInModule(module, root)
    if (inModule?.ok === false) return inModule
    const nested = await this.#nest(root, others, file.value.root.root.version)
    if (!nested.ok) return nested
    const holder: RootHolder = {
      holder: 'officers',
      root: root.name,
      quorum: writable(quorum),
      ...(inModule === null ? {} : { module: inModule.value }),
    }
    const keystore = keystoreOf(holder, root.key)
    if (!keystore.ok) return keystore
    const document = await keyring.value.wrappedUnder(keystore.value)
    await keystore.value.seal()
    if (!document.ok) return err(document.error.says)
    this.folder.writePending({ root: holder, keyring: document.value })
    this.#gathering?.gathering.end()
    this.#gathering = null
    return ok(shares)
  }

  /** Break-glass: for these records alone, until that instant. */
  async openFor(root: Secret, records: readonly string[], until: number): Promise<Result<void, string>> {
    const file = this.folder.read()
    if (!file.ok) return file
    const keyring = await this.keyringWith(file.value, root)
    if (!keyring.ok) return keyring
    this.held.unsealFor(keyring.value, records, until)
    return ok(undefined)
  }

  /** The agency's half of break-glass; the root is sealed for the others when their halves are there. */
  async makeRecovery(threshold: number, officers: readonly string[]): Promise<Result<SplitSecret['shares'], string>> {
    const made = await makeRecovery(this.name, threshold, officers)
    if (!made.ok) return made
    this.recovery.write(made.value.recovery)
    return ok(made.value.shares)
  }

  /** While the root of a new cell is still at hand. */
  async nestFreshRoot(others: readonly OtherRecipient[]): Promise<Result<void, string>> {
    const root = this.#freshRoot
    this.#freshRoot = null
    if (root === null) return err('the root is not at hand')
    const nested = await this.#nest(root, others, null)
    root.key.giveUp()
    return nested
  }

  forgetFreshRoot(): void {
    this.#freshRoot?.key.giveUp()
    this.#freshRoot = null
  }

  async #nest(root: NamedKey, others: readonly OtherRecipient[], keep: number | null): Promise<Result<void, string>> {
    const recovery = this.recovery.read()
    // A cell of an older Tandem has none.
    if (!recovery.ok || others.length === 0) return ok(undefined)
    const nested = await nestRoot(
      { agency: this.folder.agency, recovery: recovery.value },
      others,
      { version: root.name.version, secret: root.key },
      keep,
    )
    if (!nested.ok) return nested
    this.recovery.write(nested.value)
    return ok(undefined)
  }

  state(): KeyState {
    const file = this.folder.read()
    const root = file.ok ? file.value.root : null
    const pending = this.folder.hasPending ? this.folder.readPending() : null
    const officers = root?.holder === 'officers' ? root.quorum : null
    const given = this.#gathering?.gathering.officers ?? []
    const until = this.held.openUntil
    const threshold = this.#gathering?.gathering.quorum.threshold ?? officers?.threshold ?? 0
    return {
      agency: this.folder.agency,
      name: this.name,
      state: this.held.isOpen ? 'open' : until === null ? 'sealed' : 'open for some records',
      holder: root?.holder === 'officers' ? 'officers' : 'this machine',
      threshold: officers?.threshold ?? null,
      officers: officers?.holders.map(({ officer }) => officer) ?? [],
      module: (root?.holder === 'officers' ? root.module?.token : undefined) ?? null,
      given,
      missing: this.held.isOpen ? 0 : threshold - given.length,
      newShares:
        pending?.ok === true && pending.value.root.holder === 'officers'
          ? {
              threshold: pending.value.root.quorum.threshold,
              officers: pending.value.root.quorum.holders.map(({ officer }) => officer),
            }
          : null,
      rotation: file.ok ? file.value.keyring.keyEncryption.name.version : 0,
      openUntil: until === null ? null : new Date(until).toISOString(),
      underReview: lastOpeningUnderReview(this.folder, Date.now()),
    }
  }

  close(): void {
    this.forgetFreshRoot()
    this.#gathering?.gathering.end()
    this.held.seal()
  }

  async #openWith(file: KeyFile, secret: Secret): Promise<Result<void, string>> {
    const opened = await this.keyringWith(file, secret)
    if (!opened.ok) return opened
    this.held.unseal(opened.value)
    return ok(undefined)
  }

  /** The keyring of a file under a root that is given up afterwards. */
  async keyringWith(file: KeyFile, secret: Secret): Promise<Result<Keyring, string>> {
    const operations = this.folder.operationsOf(file.keyring)
    if (!operations.ok) return operations
    const keystore = keystoreOf(file.root, secret)
    if (!keystore.ok) return keystore
    const keyring = await Keyring.open(keystore.value, file.keyring, operations.value)
    await keystore.value.seal()
    return keyring.ok ? keyring : err(keyring.error.says)
  }

  #open(): Result<Keyring, string> {
    return this.held.isOpen ? ok(this.held.open()) : err(`The keys of ${this.name} are sealed: ${this.#sealedSays()}.`)
  }

  #rootFromFile(holder: RootHolder): Secret | null {
    const bytes = holder.holder === 'file' ? this.folder.readRootKey(holder.root.version) : null
    return bytes === null ? null : Secret.of(bytes)
  }

  /** A share says itself which splitting it is of: the one in force, or the one that was printed last. */
  #gatheringFor(text: string): Result<{ readonly gathering: Gathering; readonly isPending: boolean }, string> {
    const candidates: { root: RootHolder; isPending: boolean }[] = []
    for (const [file, isPending] of [
      [this.folder.read(), false],
      [this.folder.hasPending ? this.folder.readPending() : err('none'), true],
    ] as const) {
      if (file.ok && file.value.root.holder === 'officers') candidates.push({ root: file.value.root, isPending })
    }
    if (candidates.length === 0) return err(`This machine itself holds the root of ${this.name}: there are no shares.`)
    if (this.held.isOpen && !candidates.some(({ isPending }) => isPending))
      return err(`The keys of ${this.name} are open already.`)
    const present = this.#gathering
    if (present !== null && fits(present.gathering.quorum, text)) return ok(present)
    for (const { root, isPending } of candidates) {
      if (root.holder !== 'officers' || !fits(root.quorum, text)) continue
      this.#gathering?.gathering.end()
      this.#gathering = { gathering: new Gathering(root.quorum), isPending }
      return ok(this.#gathering)
    }
    // None fits: the first one says in words what is wrong with this share.
    const [first] = candidates
    if (first?.root.holder !== 'officers') return err('There are no shares.')
    const says = new Gathering(first.root.quorum).add(text)
    return err(says.ok ? 'This share cannot be used now.' : says.error.says)
  }

  #sealedSays(): string {
    const { missing, threshold } = this.state()
    return threshold === null
      ? 'its root is not on its disk'
      : `${missing} of ${threshold} shares of its officers ${missing === 1 ? 'is' : 'are'} missing`
  }
}

async function opensWith(keystore: RootKeystore, { keyring }: KeyFile): Promise<Result<void, string>> {
  const proof = await keystore.unwrap(readWrapped(keyring.keyEncryption))
  if (!proof.ok) return err(proof.error.says)
  proof.value.key.giveUp()
  return ok(undefined)
}

const fits = (quorum: Quorum, text: string): boolean => new Gathering(quorum).add(text).ok

const writable = (quorum: SplitSecret['quorum']) => ({
  ...quorum,
  holders: quorum.holders.map((holder) => ({ ...holder })),
})
