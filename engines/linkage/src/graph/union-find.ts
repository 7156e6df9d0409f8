/** Disjoint sets with path halving; the smallest member names a set, so that the order of joining changes nothing. */
export class UnionFind {
  readonly #parents: Int32Array

  constructor(count: number) {
    this.#parents = new Int32Array(count)
    for (let member = 0; member < count; member++) this.#parents[member] = member
  }

  find(member: number): number {
    const parents = this.#parents
    let at = member
    for (;;) {
      const parent = parents[at] ?? at
      if (parent === at) return at
      const above = parents[parent] ?? parent
      parents[at] = above
      at = above
    }
  }

  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)]
    if (a !== b) this.#parents[Math.max(a, b)] = Math.min(a, b)
  }
}
