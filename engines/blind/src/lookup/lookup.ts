import { err, ok, type Result } from '@tandem/core'
import { concat, hex, unhex } from '../bytes.ts'
import type { Chance } from '../chance.ts'
import { outputBytes } from '../run/compute.ts'
import { type NoAnswer, noAnswer, type RunProblem } from '../run/problem.ts'
import {
  type Blinded,
  blind,
  evaluateProved,
  longestInput,
  proofBytes,
  readProof,
  ristretto255,
  unblindProved,
} from '../suite/index.ts'
import { numberBytes, Reader } from '../wire/bytes.ts'
import { digestOf, type Epoch, type EpochList, lookupSuite } from './list.ts'
import { type Grant, isToken, type Token, tokenBytes } from './token.ts'

/** One question on its way: what is sent, and what the asker must keep to read the answer. */
export interface Question {
  readonly bytes: Uint8Array
  readonly blinded: Blinded
}

/** Blinds one input and joins a token to it. */
export function askOne(input: Uint8Array, token: Token, chance: Chance): Question | null {
  if (input.length > longestInput) return null
  const scalar = ristretto255.randomScalar(chance)
  const element = blind(lookupSuite, input, scalar)
  const grant = unhex(token.grant, 16)
  if (element === null || grant === null) return null
  return {
    bytes: concat(grant, numberBytes(token.number, 4), token.mac, element),
    blinded: { input, scalar, element },
  }
}

export interface LookupTools {
  readonly epoch: Pick<Epoch, 'keys' | 'list'>
  readonly chance: Chance
  readonly tokenKey: Uint8Array
  grantOf(id: string): Promise<Grant | null>
  /** Spends a token; true the first time. Must decide atomically: two copies at once, one true. */
  spend(grant: string, number: number): Promise<boolean>
}

/** The holder's answer: one evaluation with its proof. The token is spent before anything is computed. */
export async function answerOne(
  bytes: Uint8Array,
  tools: LookupTools,
  now: number,
): Promise<Result<Uint8Array, RunProblem>> {
  const reader = new Reader(bytes)
  const [id, number, mac, element] = [reader.take(16), reader.number(4), reader.take(tokenBytes), reader.take(32)]
  if (id === null || number === null || mac === null || element === null || reader.left > 0) return err('malformed')
  const grant = await tools.grantOf(hex(id))
  if (grant === null || !isToken(tools.tokenKey, grant, { grant: hex(id), number, mac })) return err('approval')
  if (now >= grant.expiresAt || now >= tools.epoch.list.expiresAt) return err('expired')
  if (grant.epoch !== tools.epoch.list.epoch) return err('epoch')
  if (!ristretto255.isElement(element)) return err('element')
  if (!(await tools.spend(grant.id, number))) return err('quota')
  const evaluated = evaluateProved(lookupSuite, tools.epoch.keys, [element], ristretto255.randomScalar(tools.chance))
  const [answer] = evaluated?.elements ?? []
  if (evaluated === null || answer === undefined) return err('element')
  return ok(concat(answer, proofBytes(evaluated.proof)))
}

export type LookupOutcome = NoAnswer | { readonly is: 'held' } | { readonly is: 'not in this list' }

/** The holder's list of an epoch as the asker received it, checked once against the signed digest. */
export function readOutputs(list: EpochList, outputs: readonly Uint8Array[]): ReadonlySet<string> | null {
  const known = new Set(outputs.map(hex))
  if (outputs.length !== list.size || known.size !== list.size || digestOf(outputs) !== list.outputs) return null
  return outputs.every(({ length }) => length === outputBytes) ? known : null
}

/**
 * Reads the answer. The proof shows that the key is the one of the epoch, so that a miss is a miss in the list that
 * the holder signed: it can still have left an entry out.
 */
export function readAnswer(
  { blinded }: Question,
  bytes: Uint8Array,
  list: EpochList,
  outputs: ReadonlySet<string>,
): LookupOutcome {
  const proof = readProof(lookupSuite, bytes.subarray(32))
  const publicKey = unhex(list.publicKey, 32)
  if (proof === null || publicKey === null) return noAnswer('malformed')
  const elements = [bytes.slice(0, 32)]
  const [output] = unblindProved(lookupSuite, publicKey, [blinded], { elements, proof }) ?? []
  if (output === undefined) return noAnswer('contradiction')
  return outputs.has(hex(output.slice(0, outputBytes))) ? { is: 'held' } : { is: 'not in this list' }
}
