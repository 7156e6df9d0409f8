import { err, ok, type Result } from '@tandem/core'
import type { Hit } from '../run/hits.ts'
import { type Alarm, holderAlarms } from '../run/watch.ts'
import { type Check, hexText, integer, listOf, oneOf, record, text } from '../wire/shape.ts'

/** Hits that one person wants the other side to see, and why. Nothing has left yet. */
export interface Proposal {
  readonly is: 'proposed'
  readonly run: string
  readonly hits: readonly Hit[]
  readonly desk: string
  readonly by: string
  readonly at: number
}

/** What the asker tells the holder: outputs that both have, and the desk to talk to. No value, no name. */
export type Release = {
  readonly version: 1
  readonly run: string
  readonly outputs: readonly string[]
  readonly desk: string
  readonly proposedBy: string
  readonly approvedBy: string
  readonly at: number
}

/** What the holder answers: for each output the desk that holds the interest. */
export type Pointers = {
  readonly version: 1
  readonly run: string
  readonly pointers: readonly { readonly output: string; readonly desk: string }[]
}

const most = 2048
const output = hexText(16)
const time = integer(0, 8_640_000_000_000_000)

export const isRelease: Check<Release> = record<Release>({
  version: oneOf(1),
  run: hexText(32),
  outputs: listOf(output, 1, most),
  desk: text(256),
  proposedBy: text(128),
  approvedBy: text(128),
  at: time,
})

export const isPointers: Check<Pointers> = record<Pointers>({
  version: oneOf(1),
  run: hexText(32),
  pointers: listOf(record({ output, desk: text(256) }), 0, most),
})

export type ReleaseRefusal = 'nothing-chosen' | 'same-person' | 'not-a-hit' | 'too-many'

export function proposeRelease(
  run: string,
  found: readonly Hit[],
  chosen: readonly string[],
  { desk, by, at }: Pick<Proposal, 'desk' | 'by' | 'at'>,
): Result<Proposal, ReleaseRefusal> {
  const hits = found.filter(({ reference }) => chosen.includes(reference))
  if (chosen.length === 0) return err('nothing-chosen')
  if (new Set(chosen).size !== new Set(hits.map(({ reference }) => reference)).size) return err('not-a-hit')
  if (hits.flatMap(({ outputs }) => outputs).length > most) return err('too-many')
  return ok({ is: 'proposed', run, hits, desk, by, at })
}

/** A second person agrees; only then is there anything to send. */
export function approveRelease(proposal: Proposal, by: string, at: number): Result<Release, ReleaseRefusal> {
  if (by === proposal.by) return err('same-person')
  const { run, hits, desk, by: proposedBy } = proposal
  const outputs = [...new Set(hits.flatMap((hit) => hit.outputs))].sort()
  return ok({ version: 1, run, outputs, desk, proposedBy, approvedBy: by, at })
}

export interface Released {
  /** Own entries that the asker has too. */
  readonly references: readonly string[]
  readonly pointers: Pointers
  readonly alarms: readonly Alarm[]
}

/** The holder looks the released outputs up among those it gave. */
export function readRelease(
  release: Release,
  run: { readonly run: string; readonly asked: number; readonly byOutput: ReadonlyMap<string, readonly string[]> },
  deskOf: (reference: string) => string,
): Result<Released, 'other-run'> {
  if (release.run !== run.run) return err('other-run')
  const met = release.outputs.map((each) => ({ output: each, references: run.byOutput.get(each) }))
  const known = met.flatMap(({ output: each, references }) => (references?.[0] ? [{ output: each, references }] : []))
  const pointers = known.map(({ output: each, references }) => ({ output: each, desk: deskOf(references[0] ?? '') }))
  return ok({
    references: [...new Set(known.flatMap(({ references }) => references))],
    pointers: { version: 1, run: run.run, pointers },
    alarms: holderAlarms({
      asked: run.asked,
      released: known.length,
      canaries: met.filter(({ references }) => references?.length === 0).length,
      unknown: met.filter(({ references }) => references === undefined).length,
    }),
  })
}
