import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type ContextFile, ContextFileReader, type ListTold } from '@tandem/formats'

const folder = new URL('../../../fixtures/ip-context/', import.meta.url)

/** The bytes of a sample; what was compressed here is unpacked. */
export function sample(path: string): Buffer {
  const packed = path.endsWith('.gz') ? path : `${path}.gz`
  return existsSync(new URL(packed, folder))
    ? gunzipSync(readFileSync(new URL(packed, folder)))
    : readFileSync(new URL(path, folder))
}

export function outcomeOf(bytes: Uint8Array, name = 'sample', told: ListTold | null = null, step = 64 * 1024) {
  const reader = new ContextFileReader({ name, told })
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step))
  return reader.end()
}

export function read(bytes: Uint8Array, name = 'sample', told: ListTold | null = null): ContextFile {
  const outcome = outcomeOf(bytes, name, told)
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.code}: ${outcome.error.says}`)
  return outcome.value
}

export function consensusIn(file: ContextFile) {
  const [consensus] = file.content.kind === 'tor-consensus' ? file.content.consensuses : []
  if (consensus === undefined) throw new Error('no consensus')
  return consensus
}

export function exitListIn(file: ContextFile) {
  if (file.content.kind !== 'tor-exit-list') throw new Error('no exit list')
  return file.content.list
}
