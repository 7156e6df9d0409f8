/** Whose a stored hash is: every (list, entry) that has it. */

/** Marks a removed pair. No list has this number. */
export const nobody = 0xffffffff

export type Visit = (list: number, entry: number) => void

/** Owners of a segment's rows: one pair a row, further ones apart, sorted by row. */
export class RowOwners {
  readonly lists: Uint32Array
  readonly entries: Uint32Array
  readonly moreRows: Uint32Array
  readonly moreLists: Uint32Array
  readonly moreEntries: Uint32Array
  /** Removed pairs that still take room. */
  dead = 0

  constructor(rows: number, more: number) {
    this.lists = new Uint32Array(rows)
    this.entries = new Uint32Array(rows)
    this.moreRows = new Uint32Array(more)
    this.moreLists = new Uint32Array(more)
    this.moreEntries = new Uint32Array(more)
  }

  get pairs(): number {
    return this.lists.length + this.moreLists.length - this.dead
  }
  get bytes(): number {
    return this.lists.length * 8 + this.moreLists.length * 12
  }

  set(row: number, list: number, entry: number): void {
    this.lists[row] = list
    this.entries[row] = entry
  }
  setMore(at: number, row: number, list: number, entry: number): void {
    this.moreRows[at] = row
    this.moreLists[at] = list
    this.moreEntries[at] = entry
  }

  visit(row: number, visit: Visit): void {
    const list = this.lists[row] ?? nobody
    if (list !== nobody) visit(list, this.entries[row] ?? 0)
    for (let at = this.#firstMore(row); at < this.moreRows.length && this.moreRows[at] === row; at++) {
      const other = this.moreLists[at] ?? nobody
      if (other !== nobody) visit(other, this.moreEntries[at] ?? 0)
    }
  }

  /** Removes the pairs that `goes` names; gives their number. */
  drop(goes: (list: number, entry: number) => boolean): number {
    const dropped = drop(this.lists, this.entries, goes) + drop(this.moreLists, this.moreEntries, goes)
    this.dead += dropped
    return dropped
  }

  /** Every live pair with its row, rows rising. */
  each(visit: (row: number, list: number, entry: number) => void): void {
    let more = 0
    for (let row = 0; row < this.lists.length; row++) {
      const list = this.lists[row] ?? nobody
      if (list !== nobody) visit(row, list, this.entries[row] ?? 0)
      for (; more < this.moreRows.length && this.moreRows[more] === row; more++) {
        const other = this.moreLists[more] ?? nobody
        if (other !== nobody) visit(row, other, this.moreEntries[more] ?? 0)
      }
    }
  }

  #firstMore(row: number): number {
    let [from, to] = [0, this.moreRows.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.moreRows[middle] ?? 0) < row) from = middle + 1
      else to = middle
    }
    return from
  }
}

function drop(lists: Uint32Array, entries: Uint32Array, goes: (list: number, entry: number) => boolean): number {
  let dropped = 0
  for (let at = 0; at < lists.length; at++) {
    const list = lists[at] ?? nobody
    if (list === nobody || !goes(list, entries[at] ?? 0)) continue
    lists[at] = nobody
    dropped++
  }
  return dropped
}

/** Owners of rows that still change: a chain of pairs for each row, the newest first. */
export class GrowingOwners {
  #heads = new Int32Array(16).fill(-1)
  #next = new Int32Array(16)
  #lists = new Uint32Array(16)
  #entries = new Uint32Array(16)
  #length = 0
  dead = 0

  get pairs(): number {
    return this.#length - this.dead
  }
  get bytes(): number {
    return this.#heads.length * 4 + this.#lists.length * 12
  }

  add(row: number, list: number, entry: number): void {
    if (row >= this.#heads.length) this.#heads = grown(this.#heads, new Int32Array(2 * row).fill(-1))
    if (this.#length === this.#lists.length) {
      this.#next = grown(this.#next, new Int32Array(2 * this.#length))
      this.#lists = grown(this.#lists, new Uint32Array(2 * this.#length))
      this.#entries = grown(this.#entries, new Uint32Array(2 * this.#length))
    }
    const at = this.#length++
    this.#next[at] = this.#heads[row] ?? -1
    this.#heads[row] = at
    this.#lists[at] = list
    this.#entries[at] = entry
  }

  visit(row: number, visit: Visit): void {
    for (let at = this.#heads[row] ?? -1; at >= 0; at = this.#next[at] ?? -1) {
      const list = this.#lists[at] ?? nobody
      if (list !== nobody) visit(list, this.#entries[at] ?? 0)
    }
  }

  drop(goes: (list: number, entry: number) => boolean): number {
    const dropped = drop(this.#lists.subarray(0, this.#length), this.#entries, goes)
    this.dead += dropped
    return dropped
  }
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Whether a pair is among these, asked once for every stored pair. */
export function dropperOf(owners: Iterable<{ readonly list: number; readonly entry: number }>) {
  const byList = new Map<number, Set<number>>()
  for (const { list, entry } of owners) {
    const entries = byList.get(list) ?? new Set()
    byList.set(list, entries.add(entry))
  }
  return (list: number, entry: number): boolean => byList.get(list)?.has(entry) ?? false
}
