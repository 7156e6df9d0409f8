/** Half-open byte span in the file that was read. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A JSON value that remembers where it stood. A number keeps its text; `value` is null when a double would change it. */
export type JsonNode =
  | (Span & { readonly type: 'null' })
  | (Span & { readonly type: 'boolean'; readonly value: boolean })
  | (Span & { readonly type: 'number'; readonly text: string; readonly value: number | null })
  | (Span & { readonly type: 'string'; readonly value: string })
  | JsonArray
  | JsonObject

export type JsonArray = Span & { readonly type: 'array'; readonly items: readonly JsonNode[] }
export type JsonObject = Span & { readonly type: 'object'; readonly members: ReadonlyMap<string, JsonNode> }

/**
 * `syntax` and `encoding`: the bytes are no JSON. `limit`: reading on would cost too much. These end the reading.
 * `rule`: well-formed, but two programs could understand it differently or it is out of proportion.
 */
export interface JsonFault {
  readonly kind: 'syntax' | 'encoding' | 'limit' | 'rule'
  readonly code: string
  readonly says: string
  /** Byte offset in the file. */
  readonly offset: number
}

/** Something a reader must pass on: a number kept as text, a NUL, half a character. */
export interface JsonNote extends Span {
  readonly code: 'json-number-kept-as-text' | 'json-nul' | 'json-lone-surrogate'
  readonly says: string
}

export interface JsonDocument {
  readonly root: JsonNode
  readonly notes: readonly JsonNote[]
  readonly bom: boolean
}

export interface JsonLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  /** All values of the document together. */
  readonly maxValues: number
  /** Keys of one object. */
  readonly maxKeys: number
  readonly maxKeyLength: number
  readonly maxStringLength: number
}

export const defaultJsonLimits: JsonLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 64,
  maxValues: 2_000_000,
  maxKeys: 10_000,
  maxKeyLength: 1024,
  maxStringLength: 256 * 1024,
}
