import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { err, ok, type Result } from '@tandem/core'
import {
  type ContextFile,
  ContextFileReader,
  type ContextHolding,
  holdingOf,
  type IpContext,
  IpContextBuilder,
  type ListTold,
} from '@tandem/formats'
import { readListTerms, termsName } from './list-terms.ts'

export interface LoadedContext {
  readonly context: IpContext
  readonly holdings: readonly ContextHolding[]
  /** Files that say nothing of addresses, or are broken: each with its reason. */
  readonly refused: readonly { readonly name: string; readonly code: string; readonly says: string }[]
}

/** Nothing was configured: reasons that need no files are still given. */
export const noContext: LoadedContext = { context: new IpContextBuilder().build(), holdings: [], refused: [] }

/** Unpacked, one file: more is no file of its kind but a bomb. */
const largest = 4 * 1024 ** 3

/** Reads every file of a folder and of those below it, by content; gzip is unpacked. */
export async function loadContextFolder(
  folder: string,
  progress: (name: string) => void = () => {},
): Promise<Result<LoadedContext, string>> {
  const names = await namesBelow(folder)
  if (names === null) return err(`The folder ${folder} is not there, or not readable for you.`)
  const terms = await readListTerms(folder)
  if (!terms.ok) return terms
  const builder = new IpContextBuilder()
  const holdings: ContextHolding[] = []
  const refused: { name: string; code: string; says: string }[] = []
  for (const { name, isFile } of names) {
    progress(name)
    const outcome = isFile
      ? await readContextFile(join(folder, name), name, terms.value.get(name) ?? null)
      : err({ code: 'not-a-file', says: 'a link or a special file, which is not followed' })
    if (outcome.ok) {
      builder.add(outcome.value)
      holdings.push(holdingOf(outcome.value))
    } else refused.push({ name, ...outcome.error })
  }
  return ok({ context: builder.build(), holdings, refused })
}

type FileOutcome = Result<ContextFile, { readonly code: string; readonly says: string }>

async function readContextFile(path: string, name: string, told: ListTold | null): Promise<FileOutcome> {
  const hash = createHash('sha256')
  try {
    const packed = await isGzip(path)
    // The digest is of the file as it lies there, so that anybody can check it without unpacking.
    const source = Readable.from(hashed(createReadStream(path), hash))
    const bytes = packed ? source.pipe(createGunzip()) : source
    source.once('error', (error) => bytes.destroy(error))
    const reader = new ContextFileReader({ name, told })
    let length = 0
    for await (const chunk of bytes) {
      length += chunk.length
      if (length > largest) return err({ code: 'too-large', says: 'larger than a file of its kind may be' })
      reader.push(chunk)
    }
    return reader.end(hash.digest('hex'))
  } catch {
    return err({ code: 'not-readable', says: 'not readable for you, or packed and broken' })
  }
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
  } finally {
    await file.close()
  }
}

interface Named {
  readonly name: string
  readonly isFile: boolean
}

async function namesBelow(folder: string, under = ''): Promise<Named[] | null> {
  try {
    const entries = await readdir(join(folder, under), { withFileTypes: true })
    const found: Named[] = []
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = under === '' ? entry.name : `${under}/${entry.name}`
      if (entry.isDirectory()) found.push(...((await namesBelow(folder, name)) ?? [{ name, isFile: false }]))
      else if (name !== termsName) found.push({ name, isFile: entry.isFile() })
    }
    return found
  } catch {
    return null
  }
}
