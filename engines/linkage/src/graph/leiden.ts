import { degreesOf, type Graph, graphOf } from './csr.ts'

export interface Communities {
  /** Community of each node, numbered in the order of their first node. */
  readonly of: Int32Array
  readonly count: number
}

/**
 * Communities by the Leiden method (Traag, Waltman and van Eck 2019) for modularity: nodes move to where they gain most,
 * each community is refined into parts that hang together, the parts become the nodes of the next round; and all of it
 * again from what came out, until nothing moves or `passes` are done. Where the original draws at random this takes the
 * best, and nodes are visited in an order drawn from `seed`: the same graph and seed give the same communities. Every
 * community is connected.
 */
export function leiden(
  graph: Graph,
  options: { readonly resolution?: number; readonly seed?: number; readonly passes?: number } = {},
): Communities {
  const { resolution = 1, seed = 1, passes = 2 } = options
  const dice = new Dice(seed)
  let found = renumbered(Int32Array.from({ length: graph.nodes }, (_, node) => node))
  for (let pass = 0; pass < passes; pass++) {
    const next = connected(graph, passOver(graph, found.of, resolution, dice))
    const isSame = next.of.every((community, node) => community === found.of[node])
    found = next
    if (isSame) break
  }
  return found
}

function passOver(graph: Graph, from: Int32Array, resolution: number, dice: Dice): Int32Array {
  const partOf = Int32Array.from({ length: graph.nodes }, (_, node) => node)
  let level = graph
  let start = from
  for (;;) {
    const mover = new Mover(level, resolution)
    const coarse = mover.move(start, dice.order(level.nodes))
    const parts = renumbered(mover.refine(coarse, dice.order(level.nodes)))
    if (parts.count === level.nodes) return partOf.map((part) => coarse[part] ?? 0)
    for (let node = 0; node < partOf.length; node++) partOf[node] = parts.of[partOf[node] ?? 0] ?? 0
    const communityOfPart = new Int32Array(parts.count)
    for (let node = 0; node < level.nodes; node++) communityOfPart[parts.of[node] ?? 0] = coarse[node] ?? 0
    start = renumbered(communityOfPart, level.nodes).of
    level = quotient(level, parts)
  }
}

/** Parts of a community between which no edge leads become communities of their own, which never fits worse. */
function connected({ nodes, starts, neighbours }: Graph, of: Int32Array): Communities {
  const made = new Int32Array(nodes).fill(-1)
  let count = 0
  for (let start = 0; start < nodes; start++) {
    if ((made[start] ?? 0) >= 0) continue
    made[start] = count
    const open = [start]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
        const next = neighbours[at] ?? 0
        if ((made[next] ?? 0) >= 0 || of[next] !== of[start]) continue
        made[next] = count
        open.push(next)
      }
    }
    count++
  }
  return { of: made, count }
}

/** A gain smaller than the rounding of sums would let two communities pass a node to and fro. */
const least = 1e-9

class Mover {
  readonly #graph: Graph
  readonly #degrees: Float64Array
  readonly #resolution: number
  readonly #total: number
  /** Weight from the node in hand to each community; `#met` tells which are not zero. */
  readonly #to: Float64Array
  readonly #met: Int32Array

  constructor(graph: Graph, resolution: number) {
    this.#graph = graph
    this.#degrees = degreesOf(graph)
    this.#resolution = resolution
    this.#total = this.#degrees.reduce((sum, degree) => sum + degree, 0)
    this.#to = new Float64Array(graph.nodes)
    this.#met = new Int32Array(graph.nodes)
  }

  /** Each node to the community where it gains most, again and again, until none gains. */
  move(start: Int32Array, order: Int32Array): Int32Array {
    const { nodes, starts, neighbours } = this.#graph
    const of = start.slice()
    const held = this.#held(of)
    const size = new Int32Array(nodes)
    for (const community of of) size[community] = (size[community] ?? 0) + 1
    const empty = [...size.keys()].filter((community) => size[community] === 0)
    const queue = new Int32Array(nodes)
    queue.set(order)
    const waits = new Uint8Array(nodes).fill(1)
    let [head, left] = [0, nodes]
    while (left > 0) {
      const node = queue[head] ?? 0
      head = head + 1 === nodes ? 0 : head + 1
      left--
      waits[node] = 0
      const from = of[node] ?? 0
      const { community, gain } = this.#best(node, of, held, null, from)
      // Better alone than anywhere.
      const to = gain < -least ? (empty.at(-1) ?? community) : community
      if (to === from) continue
      if (size[to] === 0) empty.pop()
      size[to] = (size[to] ?? 0) + 1
      size[from] = (size[from] ?? 0) - 1
      if (size[from] === 0) empty.push(from)
      held[from] = (held[from] ?? 0) - (this.#degrees[node] ?? 0)
      held[to] = (held[to] ?? 0) + (this.#degrees[node] ?? 0)
      of[node] = to
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
        const next = neighbours[at] ?? 0
        if (waits[next] === 1 || of[next] === to) continue
        waits[next] = 1
        queue[(head + left) % nodes] = next
        left++
      }
    }
    return of
  }

  /** Parts of each community that hang together: nodes that are still alone join a part that is well bound to the rest. */
  refine(coarse: Int32Array, order: Int32Array): Int32Array {
    const { nodes } = this.#graph
    const of = Int32Array.from({ length: nodes }, (_, node) => node)
    const held = this.#degrees.slice()
    const size = new Int32Array(nodes).fill(1)
    const whole = this.#held(coarse)
    const cut = this.#cuts(coarse)
    for (const node of order) {
      if (size[of[node] ?? 0] !== 1) continue
      const all = whole[coarse[node] ?? 0] ?? 0
      const bound = (held: number, outside: number): boolean =>
        outside >= (this.#resolution * held * (all - held)) / this.#total
      if (!bound(this.#degrees[node] ?? 0, cut[node] ?? 0)) continue
      const from = of[node] ?? 0
      const { community: to } = this.#best(node, of, held, coarse, from, (part) =>
        bound(held[part] ?? 0, cut[part] ?? 0),
      )
      if (to === from) continue
      const between = this.#between(node, of, to)
      held[to] = (held[to] ?? 0) + (this.#degrees[node] ?? 0)
      cut[to] = (cut[to] ?? 0) + (cut[node] ?? 0) - 2 * between
      size[to] = (size[to] ?? 0) + 1
      size[from] = 0
      held[from] = 0
      of[node] = to
    }
    return of
  }

  #held(of: Int32Array): Float64Array {
    const held = new Float64Array(of.length)
    for (let node = 0; node < of.length; node++) {
      const community = of[node] ?? 0
      held[community] = (held[community] ?? 0) + (this.#degrees[node] ?? 0)
    }
    return held
  }

  /** Weight from each node to the rest of its community. */
  #cuts(coarse: Int32Array): Float64Array {
    const { nodes, starts, neighbours, weights } = this.#graph
    const cuts = new Float64Array(nodes)
    for (let node = 0; node < nodes; node++) {
      let sum = 0
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
        const to = neighbours[at] ?? 0
        if (to !== node && coarse[to] === coarse[node]) sum += weights[at] ?? 0
      }
      cuts[node] = sum
    }
    return cuts
  }

  #between(node: number, of: Int32Array, community: number): number {
    const { starts, neighbours, weights } = this.#graph
    let sum = 0
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const to = neighbours[at] ?? 0
      if (to !== node && of[to] === community) sum += weights[at] ?? 0
    }
    return sum
  }

  /** The community where the node gains most in modularity; of equal ones its own, then the one met first. */
  #best(
    node: number,
    of: Int32Array,
    held: Float64Array,
    within: Int32Array | null,
    own: number,
    may: (community: number) => boolean = () => true,
  ): { readonly community: number; readonly gain: number } {
    const { starts, neighbours, weights } = this.#graph
    let met = 0
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const next = neighbours[at] ?? 0
      if (next === node || (within !== null && within[next] !== within[node])) continue
      const community = of[next] ?? 0
      if (this.#to[community] === 0) this.#met[met++] = community
      this.#to[community] = (this.#to[community] ?? 0) + (weights[at] ?? 0)
    }
    const degree = this.#degrees[node] ?? 0
    const scale = (this.#resolution * degree) / this.#total
    let best = own
    let most = (this.#to[own] ?? 0) - scale * ((held[own] ?? 0) - degree)
    for (let index = 0; index < met; index++) {
      const community = this.#met[index] ?? 0
      const gain = (this.#to[community] ?? 0) - scale * (held[community] ?? 0)
      this.#to[community] = 0
      if (community === own || gain <= most + least || !may(community)) continue
      best = community
      most = gain
    }
    return { community: best, gain: most }
  }
}

/** Communities become nodes, and the edges between them one edge each. */
function quotient(graph: Graph, { of, count }: Communities): Graph {
  const { nodes, starts, neighbours, weights } = graph
  const members = new Int32Array(nodes)
  const from = new Int32Array(count + 1)
  for (let node = 0; node < nodes; node++) from[(of[node] ?? 0) + 1] = (from[(of[node] ?? 0) + 1] ?? 0) + 1
  for (let part = 0; part < count; part++) from[part + 1] = (from[part + 1] ?? 0) + (from[part] ?? 0)
  const next = from.slice()
  for (let node = 0; node < nodes; node++) {
    const at = next[of[node] ?? 0] ?? 0
    next[of[node] ?? 0] = at + 1
    members[at] = node
  }
  const [ones, others, sums]: [number[], number[], number[]] = [[], [], []]
  const to = new Float64Array(count)
  for (let part = 0; part < count; part++) {
    const met: number[] = []
    for (let place = from[part] ?? 0; place < (from[part + 1] ?? 0); place++) {
      const node = members[place] ?? 0
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
        const other = of[neighbours[at] ?? 0] ?? 0
        if (other < part) continue
        // Within a part each edge is seen from both ends, but an edge of a node to itself once.
        const weight = (weights[at] ?? 0) * (other === part && neighbours[at] !== node ? 0.5 : 1)
        if (to[other] === 0) met.push(other)
        to[other] = (to[other] ?? 0) + weight
      }
    }
    for (const other of met) {
      ones.push(part)
      others.push(other)
      sums.push(to[other] ?? 0)
      to[other] = 0
    }
  }
  return graphOf(count, ones, others, sums)
}

function renumbered(of: Int32Array, most = of.length): Communities {
  const numbers = new Int32Array(most).fill(-1)
  let count = 0
  const made = of.map((community) => {
    if ((numbers[community] ?? -1) < 0) numbers[community] = count++
    return numbers[community] ?? 0
  })
  return { of: made, count }
}

/** xorshift32 (Marsaglia 2003). */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0 || 1
  }

  order(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, place) => place)
    for (let place = count - 1; place > 0; place--) {
      this.#state ^= this.#state << 13
      this.#state ^= this.#state >>> 17
      this.#state ^= this.#state << 5
      const other = (this.#state >>> 0) % (place + 1)
      const kept = order[place] ?? 0
      order[place] = order[other] ?? 0
      order[other] = kept
    }
    return order
  }
}
