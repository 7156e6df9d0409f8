import { err, ok, type Result } from '@tandem/core'
import { type HashInput, hashBytes, writeHash } from '../bits/index.ts'
import type { Fingerprint, FingerprintBlock, InputProblem } from './contract.ts'
import { nobody } from './owners.ts'

/** Checked input, a bounded number at a time. */
export interface Batch {
  readonly hashes: Uint8Array
  readonly lists: Uint32Array
  readonly entries: Uint32Array
}

/** Checks everything at the border and passes it on in batches; stops at the first problem. */
export function takeIn(
  items: Iterable<Fingerprint | FingerprintBlock>,
  batchRows: number,
  onFull: (batch: Batch) => void,
): Result<{ readonly rest: Batch; readonly total: number }, InputProblem> {
  let room = Math.min(64, batchRows)
  let [hashes, lists, entries] = [new Uint8Array(room * hashBytes), new Uint32Array(room), new Uint32Array(room)]
  let length = 0
  let total = 0
  const makeRoom = (): void => {
    if (length < room) return
    if (room === batchRows) {
      onFull({ hashes, lists, entries })
      length = 0
      return
    }
    room = Math.min(room * 4, batchRows)
    const grown = [new Uint8Array(room * hashBytes), new Uint32Array(room), new Uint32Array(room)] as const
    grown[0].set(hashes)
    grown[1].set(lists)
    grown[2].set(entries)
    ;[hashes, lists, entries] = grown
  }
  let position = 0
  for (const item of items) {
    const first = 'hashes' in item ? item.firstEntry : item.entry
    const count = 'hashes' in item ? item.hashes.length / hashBytes : 1
    if (!Number.isInteger(count)) {
      return err({ code: 'not-whole-hashes', says: 'A block of hashes has 32 bytes for each.', position })
    }
    if (!isNumber(item.list) || !isNumber(first) || !isNumber(first + Math.max(0, count - 1))) {
      return err({ code: 'not-a-number', says: 'Lists and entries are whole numbers up to 4294967294.', position })
    }
    for (let index = 0; index < count; ) {
      makeRoom()
      const some = Math.min(room - length, count - index)
      if ('hashes' in item) {
        hashes.set(item.hashes.subarray(index * hashBytes, (index + some) * hashBytes), length * hashBytes)
      } else {
        const problem = writeHash(item.hash, hashes, length * hashBytes)
        if (problem !== null) return err({ ...problem, position })
      }
      lists.fill(item.list, length, length + some)
      for (const end = index + some; index < end; index++) entries[length++] = first + index
    }
    total += count
    position++
  }
  const rest = {
    hashes: hashes.subarray(0, length * hashBytes),
    lists: lists.subarray(0, length),
    entries: entries.subarray(0, length),
  }
  return ok({ rest, total })
}

const isNumber = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < nobody

/** The queries as packed bytes. */
export function takeQueries(
  hashes: readonly HashInput[] | Uint8Array,
  radius: number,
): Result<Uint8Array, InputProblem> {
  if (!Number.isInteger(radius) || radius < 0 || radius > 256) {
    return err({ code: 'not-a-radius', says: 'A radius is a whole number of bits from 0 to 256.', position: null })
  }
  if (hashes instanceof Uint8Array) {
    if (hashes.length % hashBytes === 0) return ok(hashes)
    return err({ code: 'not-whole-hashes', says: 'Packed hashes have 32 bytes each.', position: null })
  }
  const packed = new Uint8Array(hashes.length * hashBytes)
  for (const [position, hash] of hashes.entries()) {
    const problem = writeHash(hash, packed, position * hashBytes)
    if (problem !== null) return err({ ...problem, position })
  }
  return ok(packed)
}
