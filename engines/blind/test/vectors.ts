import { readFileSync } from 'node:fs'

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/oprf/${name}`, import.meta.url), 'utf8'))

export interface OprfVector {
  readonly Blind: string
  readonly BlindedElement: string
  readonly EvaluationElement: string
  readonly Info?: string
  readonly Input: string
  readonly Output: string
  readonly Proof?: { readonly proof: string; readonly r: string }
}

export interface OprfVectors {
  readonly identifier: string
  readonly mode: number
  readonly keyInfo: string
  readonly seed: string
  readonly skSm: string
  readonly pkSm?: string
  readonly vectors: readonly OprfVector[]
}

export const oprfVectors = load('rfc9497.json') as readonly OprfVectors[]

export const expandVectors = load('expand_message_xmd_sha512.json') as {
  readonly DST: string
  readonly tests: readonly { readonly len_in_bytes: string; readonly msg: string; readonly uniform_bytes: string }[]
}

export const p256Vectors = load('p256_xmd_sha-256_sswu_ro.json') as {
  readonly dst: string
  readonly vectors: readonly { readonly msg: string; readonly P: { readonly x: string; readonly y: string } }[]
}

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
export const listOf = (text: string): Uint8Array[] => text.split(',').map(bytesOf)
