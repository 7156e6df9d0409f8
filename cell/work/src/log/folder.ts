import { dirname } from 'node:path'

/** The few things that are asked of a file system, so that a test can end the world between any two of them. */
export interface Disk {
  /** Null when nothing is there. */
  read(path: string): Buffer | null
  makeFolder(path: string): Promise<void>
  write(path: string, bytes: Uint8Array): Promise<void>
  /** What was written to the file survives a power cut. */
  sync(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** The names in the folder survive a power cut. */
  syncFolder(path: string): Promise<void>
  /** A file, or a folder with all that is in it; nothing happens when it is not there. */
  remove(path: string): Promise<void>
}

export interface LogFile {
  /** Under the log's folder. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** The files of one log: each whole or not there, and there to stay when `put` returns. */
export class LogFolder {
  readonly #disk: Disk
  readonly #made = new Set<string>()

  constructor(disk: Disk) {
    this.#disk = disk
  }

  read(path: string): Buffer | null {
    return this.#disk.read(path)
  }

  async put(files: readonly LogFile[]): Promise<void> {
    const folders = new Set<string>()
    for (const { path, bytes } of files) {
      const folder = dirname(path)
      await this.#make(folder, folders)
      await this.#disk.write(`${path}.new`, bytes)
      await this.#disk.sync(`${path}.new`)
      await this.#disk.rename(`${path}.new`, path)
      folders.add(folder)
    }
    for (const folder of folders) await this.#disk.syncFolder(folder)
  }

  async drop(path: string): Promise<void> {
    await this.#disk.remove(path)
    this.#made.delete(path)
  }

  /** A new folder is a new name in the one above it, which must be synced too. */
  async #make(folder: string, changed: Set<string>): Promise<void> {
    if (folder === '.' || this.#made.has(folder)) return
    await this.#make(dirname(folder), changed)
    await this.#disk.makeFolder(folder)
    this.#made.add(folder)
    changed.add(dirname(folder))
  }
}
