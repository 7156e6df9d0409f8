import { membersOf, scalarOf } from '../bulk/json-view.ts'
import type { JsonNode } from '../json/index.ts'

/**
 * The names of a JSON-LD file as it binds them itself: prefixes are free, so a name is known by the vocabulary it ends
 * in. Remote contexts are named and never fetched.
 */
export class Names {
  readonly remote: string[] = []
  readonly #bound = new Map<string, string>()

  constructor(context: JsonNode | null) {
    this.#take(context)
  }

  #take(context: JsonNode | null): void {
    if (context?.type === 'array') for (const each of context.items) this.#take(each)
    else if (context?.type === 'string') this.remote.push(context.value)
    for (const [term, value] of membersOf(context)) {
      const iri = value.type === 'object' ? membersOf(value).find(([key]) => key === '@id')?.[1] : value
      const text = scalarOf(iri ?? null)
      if (text !== null) this.#bound.set(term, text)
    }
  }

  /** Full name; what is bound to nothing stays as written. Bindings may lead through one another, four times at most. */
  expand(name: string): string {
    let at = name
    for (let step = 0; step < 4; step += 1) {
      const whole = this.#bound.get(at)
      const colon = at.indexOf(':')
      const base = colon > 0 ? this.#bound.get(at.slice(0, colon)) : undefined
      if (whole !== undefined && whole !== at) at = whole
      else if (base !== undefined && !at.startsWith('//', colon + 1)) at = `${base}${at.slice(colon + 1)}`
      else if (colon < 0 && !at.startsWith('@') && step === 0 && this.#bound.has('@vocab'))
        return `${this.#bound.get('@vocab') ?? ''}${at}`
      else return at
    }
    return at
  }

  /** `observable/addressValue` for a name of UCO or CASE in any of its versions, else null. */
  known(name: string): string | null {
    const [, vocabulary, local] =
      /(?:unifiedcyberontology|caseontology)\.org\/(?:ontology\/)?(?:uco|case)\/(?:[\d.]+\/)?([a-z]+)[/#]([A-Za-z0-9_]+)$/.exec(
        this.expand(name),
      ) ?? []
    return vocabulary === undefined || local === undefined ? null : `${vocabulary}/${local}`
  }

  get knowsUco(): boolean {
    return [...this.#bound.values(), ...this.remote].some((iri) =>
      /unifiedcyberontology\.org|caseontology\.org/.test(iri),
    )
  }
}
