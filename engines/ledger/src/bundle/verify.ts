import { brokenFields, leafBytes } from '@tandem/core/ledger-entry'
import { judgeCheckpoint } from '../judge-checkpoint.ts'
import { readBase64 } from '../note/base64.ts'
import { readCheckpoint } from '../note/checkpoint.ts'
import { fingerprintOf } from '../note/key.ts'
import { openNote } from '../note/open-note.ts'
import type { LedgerRefusal } from '../refusal.ts'
import { type Timestamp, verifyTimestamp } from '../timestamp/token.ts'
import { readTlogProof } from '../tlog-proof.ts'
import { entryHash } from '../tree/hash.ts'
import { isIncluded } from '../tree/proof.ts'
import { type Bundle, type BundleLog, sealedBytes } from './form.ts'
import type { Trust } from './trust.ts'

/** What was found out. Nothing here is worth anything while there are failures. */
export interface BundleFacts {
  readonly failures: readonly LedgerRefusal[]
  readonly sealedBy: readonly { readonly name: string; readonly kind: string }[]
  readonly logs: readonly LogFacts[]
  /** Every key that was believed, with what two people compare by telephone. */
  readonly keys: readonly { readonly name: string; readonly kind: string; readonly fingerprint: string }[]
  /** Names of keys whose signatures this Node cannot check. */
  readonly unsupported: readonly string[]
}

export interface LogFacts {
  readonly origin: string
  readonly agency: string | null
  readonly size: number
  readonly signedWith: readonly string[]
  readonly witnesses: readonly { readonly name: string; readonly kind: string; readonly time: number }[]
  readonly timestamps: readonly Timestamp[]
  readonly records: readonly { readonly index: number; readonly entry: string; readonly isOpened: boolean }[]
}

export function checkBundle(bundle: Bundle, trust: Trust): BundleFacts {
  const failures: LedgerRefusal[] = []
  const unsupported = new Set<string>()
  const sealedBy = checkSeal(bundle, trust, failures, unsupported)
  if (bundle.logs.length === 0) failures.push({ code: 'form', says: 'The bundle holds no log.' })
  const logs = bundle.logs.map((log) => checkLog(log, trust, failures, unsupported)).filter((log) => log !== null)
  if (new Set(logs.map(({ origin }) => origin)).size < logs.length)
    failures.push({ code: 'form', says: 'The same log stands in the bundle twice.' })
  return { failures, sealedBy, logs, keys: keysOf(trust), unsupported: [...unsupported] }
}

function keysOf({ policies, seals }: Trust): BundleFacts['keys'] {
  const all = [
    ...policies.flatMap(({ logs, witnesses }) => [...logs, ...witnesses.values()].map(({ key }) => key)),
    ...seals,
  ]
  const named = all.map((key) => ({ name: key.name, kind: key.kind, fingerprint: fingerprintOf(key) }))
  return named.filter(({ fingerprint }, at) => named.findIndex((each) => each.fingerprint === fingerprint) === at)
}

/** All keys that bear the seal's name must have signed, and nobody else: lines by others could be changed unseen. */
function checkSeal(
  bundle: Bundle,
  trust: Trust,
  failures: LedgerRefusal[],
  unsupported: Set<string>,
): BundleFacts['sealedBy'] {
  const fail = (says: string): [] => {
    failures.push({ code: 'seal', says })
    return []
  }
  const opened = openNote(bundle.seal, trust.seals)
  if (!opened.ok) return fail(`The seal: ${opened.error.says}`)
  const { text, signedBy, unknown, lines } = opened.value
  const checkpoint = readCheckpoint(text)
  if (!checkpoint.ok || checkpoint.value.size !== 1 || checkpoint.value.extensions.length > 0)
    return fail('The seal is no checkpoint of a tree with one leaf.')
  const named = trust.seals.filter(({ name }) => name === checkpoint.value.origin)
  const missing = named.filter(
    (key) => !signedBy.some((each) => each.key === key) && !opened.value.unsupported.includes(key),
  )
  if (signedBy.length === 0 || missing.length > 0 || unknown.length > 0 || lines !== named.length)
    return fail(`The bundle is not sealed with the keys of ${checkpoint.value.origin} and no others.`)
  if (!checkpoint.value.root.equals(entryHash(sealedBytes(bundle))))
    return fail('The bundle was changed after it had been sealed.')
  for (const { name } of opened.value.unsupported) unsupported.add(name)
  return signedBy.map(({ key }) => ({ name: key.name, kind: key.kind }))
}

function checkLog(
  { checkpoint: note, timestamps, records }: BundleLog,
  trust: Trust,
  failures: LedgerRefusal[],
  unsupported: Set<string>,
): LogFacts | null {
  const origin = note.split('\n', 1)[0] ?? ''
  const policy = trust.policies.find(({ logs }) => logs.some(({ key }) => key.name === origin))
  if (policy === undefined) {
    failures.push({ code: 'log', says: `No trusted policy names a log ${origin}.` })
    return null
  }
  const judged = judgeCheckpoint(note, policy, 'report')
  if (!judged.ok) {
    failures.push(judged.error)
    return null
  }
  const { checkpoint, text, logKeys, witnesses } = judged.value
  for (const { name } of judged.value.unsupported) unsupported.add(name)
  const times = timestamps.flatMap((token): Timestamp[] => {
    const timestamp = verifyTimestamp(readBase64(token) ?? Buffer.alloc(0), Buffer.from(text), {
      anchors: trust.timestampRoots,
      others: [],
    })
    if (timestamp.ok) return [timestamp.value]
    failures.push(timestamp.error)
    return []
  })

  const places = new Set<number>()
  const agencies = new Set<string>()
  const checked = records.map(({ leaf, opening, proof }, at) => {
    const fail = (code: string, says: string): void =>
      void failures.push({ code, says: `Record ${at + 1} of ${origin}: ${says}` })
    const read = readTlogProof(`${proof}\n${note}`)
    if (!read.ok) fail('proof', read.error.says)
    else if (read.value.checkpoint !== note || read.value.extra !== null)
      fail('proof', 'The proof holds more than a proof.')
    else if (
      !isIncluded(read.value.index, entryHash(leafBytes(leaf)), checkpoint.size, checkpoint.root, read.value.hashes)
    )
      fail('inclusion', `It does not stand at place ${read.value.index} of the log.`)
    else if (places.has(read.value.index)) fail('form', 'It stands in the bundle twice.')
    else places.add(read.value.index)
    const broken = opening === null ? [] : brokenFields(leaf, opening)
    if (broken.length > 0) fail('opening', `What it says was not what was recorded: ${broken.join(', ')}.`)
    agencies.add(`${leaf.cell}/${leaf.agency}`)
    return { index: read.ok ? read.value.index : -1, entry: leaf.entry, isOpened: opening !== null }
  })
  if (agencies.size > 1) failures.push({ code: 'form', says: `The records of ${origin} are of several agencies.` })
  return {
    origin,
    agency: records[0]?.leaf.agency ?? null,
    size: checkpoint.size,
    signedWith: logKeys.map(({ kind }) => kind),
    witnesses,
    timestamps: times,
    records: checked,
  }
}
