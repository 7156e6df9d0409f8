import { addressKey, type RangeEntry, RangeTable, readCidr } from '@tandem/identifiers'
import { type GenericReason, genericReason } from './indicators.ts'
import type { ObservedKind } from './observed.ts'

/** A published list that a cell loaded: VPN or relay ranges, disposable domains, stock hashes, shared wallets. */
export interface GenericList {
  readonly name: string
  readonly version: string
  readonly source: string
  readonly reason: string
  /** What its entries are. `ranges`: addresses or blocks; `mail domains`: with everything below them. */
  readonly holds: 'ranges' | 'mail domains' | { readonly kind: ObservedKind }
  readonly entries: readonly string[]
}

/** Looks a value up in what ships with the engine and in the cell's lists. */
export class GenericLists {
  readonly #ranges: RangeTable<GenericReason>
  readonly #domains = new Map<string, GenericReason[]>()
  readonly #values = new Map<string, GenericReason[]>()
  /** Entries that could not be read, for whoever loads the list. */
  readonly setAside: { readonly list: string; readonly entry: string }[] = []

  constructor(lists: readonly GenericList[]) {
    const ranges: RangeEntry<GenericReason>[] = []
    for (const list of lists) {
      const { name, version, source, reason, holds } = list
      const why: GenericReason = { reason, list: name, version, source }
      for (const entry of list.entries) {
        const plain = entry.trim().toLowerCase()
        if (holds === 'ranges') {
          const range = readCidr(plain)
          if (range === null) this.setAside.push({ list: name, entry })
          else ranges.push({ ...range, value: why })
        } else if (holds === 'mail domains') push(this.#domains, plain.replace(/^\*?[.@]/, ''), why)
        else push(this.#values, `${holds.kind} ${plain}`, why)
      }
    }
    this.#ranges = new RangeTable(ranges)
  }

  /** Every reason why a value is generic. Empty: no list knows it. */
  reasons(kind: ObservedKind, value: string): GenericReason[] {
    const plain = value.toLowerCase()
    const own = genericReason(kind, value)
    const found = [...(own === null ? [] : [own]), ...(this.#values.get(`${kind} ${plain}`) ?? [])]
    if (kind === 'ip') {
      const key = addressKey(plain)
      if (key !== null) found.push(...this.#ranges.find(key).map((entry) => entry.value))
    }
    if (kind === 'email') {
      const labels = (plain.split('@')[1] ?? '').split('.')
      for (let at = 0; at < labels.length; at++) found.push(...(this.#domains.get(labels.slice(at).join('.')) ?? []))
    }
    return found
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
