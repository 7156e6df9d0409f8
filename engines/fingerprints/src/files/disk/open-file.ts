import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'

const readLater = promisify(read)

/** The step in which files are read: larger ones gain nothing, smaller ones cost calls. */
export const readLength = 1024 * 1024

export interface FileState {
  readonly size: number
  readonly modified: string
  readonly changed: string
  readonly regular: boolean
}

/** Not through a link, and without waiting for the other end of a pipe: what stands here may have changed since it was listed. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

export class OpenFile {
  readonly descriptor: number

  constructor(path: Uint8Array) {
    this.descriptor = openSync(Buffer.from(path), openFlags)
  }

  state(): FileState {
    const stat = fstatSync(this.descriptor, { bigint: true })
    return {
      size: Number(stat.size),
      modified: String(stat.mtimeNs),
      changed: String(stat.ctimeNs),
      regular: stat.isFile(),
    }
  }

  readNow(into: Uint8Array, offset: number): number {
    return readSync(this.descriptor, into, 0, into.length, offset)
  }

  async readLater(into: Uint8Array, offset: number): Promise<number> {
    const { bytesRead } = await readLater(this.descriptor, into, 0, into.length, offset)
    return bytesRead
  }

  /** The first `end` bytes; each chunk is its own, since readers of archives hold on to them. */
  async *chunks(end: number): AsyncGenerator<Uint8Array> {
    for (let offset = 0; offset < end; ) {
      const buffer = new Uint8Array(Math.min(readLength, end - offset))
      const got = await this.readLater(buffer, offset)
      if (got === 0) return
      yield buffer.subarray(0, got)
      offset += got
    }
  }

  close(): void {
    closeSync(this.descriptor)
  }
}
