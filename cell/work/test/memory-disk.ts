import type { Disk } from '@tandem/work'

/** Thrown where the power goes. */
export class PowerCut extends Error {}

interface Node {
  /** What a reader sees now. */
  bytes: Buffer
  /** What is on the platter: null until the file was synced. */
  synced: Buffer | null
}

/**
 * A disk in memory that loses what was not synced: contents without `sync`, names without `syncFolder`. It can cut the
 * power before any operation, and then keeps as much of the unsynced as `luck` decides: nothing, all or some.
 */
export class MemoryDisk implements Disk {
  #names = new Map<string, Node>()
  /** The names that a power cut leaves, by folder. */
  #durable = new Map<string, Node>()
  /** Operations done so far. */
  operations = 0
  cutBefore = Number.POSITIVE_INFINITY

  read(path: string): Buffer | null {
    const node = this.#names.get(path)
    return node === undefined ? null : Buffer.from(node.bytes)
  }

  get paths(): string[] {
    return [...this.#names.keys()].sort()
  }

  /** Behind everybody's back. */
  plant(path: string, bytes: Uint8Array | null): void {
    for (const names of [this.#names, this.#durable]) {
      if (bytes === null) names.delete(path)
      else names.set(path, { bytes: Buffer.from(bytes), synced: Buffer.from(bytes) })
    }
  }

  async makeFolder(path: string): Promise<void> {
    this.#step()
    this.#names.set(`${path}/`, { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) })
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#step()
    this.#names.set(path, { bytes: Buffer.from(bytes), synced: null })
  }

  async sync(path: string): Promise<void> {
    this.#step()
    const node = this.#names.get(path)
    if (node === undefined) throw new Error(`${path} is not there`)
    node.synced = node.bytes
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step()
    const node = this.#names.get(from)
    if (node === undefined) throw new Error(`${from} is not there`)
    this.#names.delete(from)
    this.#names.set(to, node)
  }

  async syncFolder(path: string): Promise<void> {
    this.#step()
    for (const names of [this.#durable, this.#names])
      for (const name of names.keys()) if (folderOf(name) === path) this.#durable.delete(name)
    for (const [name, node] of this.#names) if (folderOf(name) === path) this.#durable.set(name, node)
  }

  async remove(path: string): Promise<void> {
    this.#step()
    for (const name of this.#names.keys()) if (name === path || name.startsWith(`${path}/`)) this.#names.delete(name)
  }

  /** What is found after the power came back. `luck` says of each unsynced name or content whether it made it. */
  afterPowerCut(luck: () => number): MemoryDisk {
    const after = new MemoryDisk()
    const names = new Map(this.#durable)
    for (const [name, node] of this.#names) if (!names.has(name) && luck() < 0.5) names.set(name, node)
    for (const [name, node] of this.#names)
      if (names.has(name) && names.get(name) !== node && luck() < 0.5) names.set(name, node)
    for (const name of this.#durable.keys()) if (!this.#names.has(name) && luck() < 0.5) names.delete(name)
    for (const [name, node] of names) {
      const isReachable = foldersAbove(name).every((folder) => names.has(`${folder}/`))
      if (!isReachable) continue
      const bytes = node.synced ?? node.bytes.subarray(0, Math.floor(luck() * (node.bytes.length + 1)))
      after.plant(name, bytes)
    }
    return after
  }

  #step(): void {
    if (this.operations >= this.cutBefore) throw new PowerCut('the power is gone')
    this.operations++
  }
}

const folderOf = (name: string): string => {
  const path = name.replace(/\/$/, '')
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '.' : path.slice(0, cut)
}

function foldersAbove(name: string): string[] {
  const folder = folderOf(name)
  return folder === '.' ? [] : [...foldersAbove(folder), folder]
}
