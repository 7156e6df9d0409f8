import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ByteSource } from '../../saved/index.ts'

/** A saved file's bytes on disk. Close it when loading is done: nothing is read later. */
export function openSavedFile(path: string): ByteSource & { close(): void } {
  const descriptor = openSync(path, 'r')
  return {
    size: Number(fstatSync(descriptor, { bigint: true }).size),
    read: (offset, into) => readSync(descriptor, into, 0, into.length, offset),
    close: () => closeSync(descriptor),
  }
}

export interface FileToSave {
  readonly path: string
  readonly parts: Iterable<Uint8Array>
}

/**
 * Whole or not at all: every file is written beside its place and made durable before the first is put in place. Gives
 * the number of bytes.
 */
export function writeSavedFiles(files: readonly FileToSave[]): number {
  const written: { readonly path: string; readonly beside: string }[] = []
  let total = 0
  try {
    for (const { path, parts } of files) {
      const beside = `${path}.${process.pid}.part`
      const descriptor = openSync(beside, 'wx', 0o600)
      written.push({ path, beside })
      total += writeAll(descriptor, parts)
    }
    for (const { path, beside } of written) renameSync(beside, path)
  } catch (error) {
    for (const { beside } of written) rmSync(beside, { force: true })
    throw error
  }
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) makeNameDurable(folder)
  return total
}

function writeAll(descriptor: number, parts: Iterable<Uint8Array>): number {
  let total = 0
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done, part.length - done)
      total += part.length
    }
    fsyncSync(descriptor)
    return total
  } finally {
    closeSync(descriptor)
  }
}

function makeNameDurable(folder: string): void {
  // Not every system opens folders; there the name is as durable as the system makes it.
  let descriptor: number
  try {
    descriptor = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(descriptor)
  } catch {
  } finally {
    closeSync(descriptor)
  }
}
