import { blind, evaluate, evaluateBlinded, invertAll, ristretto255, suiteOf, unblindInverted } from '../suite/index.ts'

/** A share of the heavy work. Pure: the same job gives the same bytes on any thread. */
export type Job =
  | { readonly do: 'blind'; readonly inputs: readonly Uint8Array[]; readonly scalars: readonly (Uint8Array | null)[] }
  | { readonly do: 'evaluate'; readonly secret: Uint8Array; readonly elements: readonly Uint8Array[] }
  | {
      readonly do: 'unblind'
      readonly inputs: readonly Uint8Array[]
      readonly scalars: readonly Uint8Array[]
      readonly elements: readonly Uint8Array[]
    }
  | {
      readonly do: 'output'
      readonly secret: Uint8Array
      readonly inputs: readonly Uint8Array[]
      /** The list that single lookups meet is in the mode that proves its key. */
      readonly mode?: 'oprf' | 'voprf'
    }

/** Results in the order of the job, or null where one element was none. */
export type Compute = (job: Job) => Promise<Uint8Array[] | null>

/** Outputs are cut to 16 bytes: enough that none of 2^22 times 2^22 pairs meets by chance (2^-84). */
export const outputBytes = 16

const suite = suiteOf(ristretto255, 'oprf')
const proved = suiteOf(ristretto255, 'voprf')

export function work(job: Job): Uint8Array[] | null {
  switch (job.do) {
    case 'blind':
      return all(job.inputs, (input, at) => blindOne(input, job.scalars[at] ?? null))
    case 'evaluate':
      return all(job.elements, (element) => evaluateBlinded(suite, job.secret, element))
    case 'output':
      return all(job.inputs, (input) => cut(evaluate(job.mode === 'voprf' ? proved : suite, job.secret, input)))
    case 'unblind': {
      const inverses = invertAll(suite, job.scalars)
      return all(job.inputs, (input, at) => {
        const [inverse, element] = [inverses[at], job.elements[at]]
        return inverse === undefined || element === undefined
          ? null
          : cut(unblindInverted(suite, input, inverse, element))
      })
    }
  }
}

/** In this thread. A pool does the same on several. */
export const inThisThread: Compute = async (job) => work(job)

/** A dummy's input is random itself, so that its hash is a uniform element already: it needs no scalar. */
const blindOne = (input: Uint8Array, scalar: Uint8Array | null): Uint8Array | null =>
  scalar === null ? ristretto255.hashToGroup(input, suite.hashToGroup) : blind(suite, input, scalar)

const cut = (output: Uint8Array | null): Uint8Array | null => output?.slice(0, outputBytes) ?? null

function all(
  items: readonly Uint8Array[],
  each: (item: Uint8Array, at: number) => Uint8Array | null,
): Uint8Array[] | null {
  const results: Uint8Array[] = []
  for (const [at, item] of items.entries()) {
    const result = each(item, at)
    if (result === null) return null
    results.push(result)
  }
  return results
}
