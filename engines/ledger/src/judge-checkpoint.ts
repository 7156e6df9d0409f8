import { ok, type Result } from '@tandem/core'
import { type Checkpoint, readCheckpoint } from './note/checkpoint.ts'
import type { VerifierKey } from './note/key.ts'
import { openNote } from './note/open-note.ts'
import { isQuorum, type Policy, quorumWords } from './policy.ts'
import { type LedgerRefusal, refusal } from './refusal.ts'

export interface JudgedCheckpoint {
  readonly checkpoint: Checkpoint
  /** The exact text that was signed. */
  readonly text: string
  readonly logKeys: readonly VerifierKey[]
  /** Names in the policy, with the time of the cosignature in seconds since 1970. */
  readonly witnesses: readonly { readonly name: string; readonly kind: string; readonly time: number }[]
  /** Signatures that this Node has no means to check. */
  readonly unsupported: readonly VerifierKey[]
}

/**
 * Whether a checkpoint is one of this log, seen by enough witnesses. The log must have signed with every key that the
 * policy names for its origin: with an Ed25519 and an ML-DSA-44 key listed, neither can be left out unseen.
 * A signature that this Node cannot check counts for nothing, unless the caller will report it (`unsupported`).
 */
export function judgeCheckpoint(
  note: string,
  policy: Policy,
  unchecked: 'refuse' | 'report' = 'refuse',
): Result<JudgedCheckpoint, LedgerRefusal> {
  const witnessKeys = [...policy.witnesses.values()].map(({ key }) => key)
  const opened = openNote(note, [...policy.logs.map(({ key }) => key), ...witnessKeys])
  if (!opened.ok) return opened
  const { text, signedBy } = opened.value
  const unsupported = unchecked === 'report' ? opened.value.unsupported : []
  const checkpoint = readCheckpoint(text)
  if (!checkpoint.ok) return checkpoint
  const { origin } = checkpoint.value
  const ofLog = policy.logs.filter(({ key }) => key.name === origin).map(({ key }) => key)
  if (ofLog.length === 0) return refusal('log', `The policy names no log ${origin}.`)
  const isSigned = (key: VerifierKey): boolean => signedBy.some((each) => each.key === key)
  const unsigned = ofLog.filter((key) => !isSigned(key) && !unsupported.includes(key))
  if (unsigned.length > 0)
    return refusal('log', `The log ${origin} has not signed with ${unsigned.map(({ kind }) => kind).join(' and ')}.`)
  if (!ofLog.some(isSigned)) return refusal('log', `No signature of the log ${origin} can be checked here.`)
  const witnesses = [...policy.witnesses].flatMap(([name, { key }]) => {
    const time = signedBy.find((each) => each.key === key)?.time
    return time === undefined || time === null ? [] : [{ name, kind: key.kind, time }]
  })
  const untold = [...policy.witnesses].filter(([, { key }]) => unsupported.includes(key)).map(([name]) => name)
  if (!isQuorum(policy, new Set([...witnesses.map(({ name }) => name), ...untold])))
    return refusal('quorum', `Too few witnesses have cosigned. Asked for: ${quorumWords(policy)}.`)
  const logKeys = ofLog.filter(isSigned)
  return ok({ checkpoint: checkpoint.value, text, logKeys, witnesses, unsupported })
}
