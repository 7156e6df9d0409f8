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

/** Whole or not at all: written beside, made durable, then put in place. Gives the number of bytes. */
export function writeSavedFile(path: string, parts: Iterable<Uint8Array>): number {
  const beside = `${path}.part`
  const descriptor = openSync(beside, 'w', 0o600)
  let total = 0
  try {
    try {
      for (const part of parts) {
        for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done, part.length - done)
        total += part.length
      }
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  makeNameDurable(dirname(path))
  return total
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
