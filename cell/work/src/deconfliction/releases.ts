import { createHash } from 'node:crypto'
import { isPointers, isRelease, type Pointers, type Release, readRelease, readStatement, state } from '@tandem/blind'
import { newId } from '@tandem/store'
import type { Peer } from '../peers/line.ts'
import { lineProblems } from '../peers/line.ts'
import type { OwnName, PeerAgency } from '../peers/peers.ts'
import { openText, sealText } from '../sealed.ts'
import { readRecord } from './audit-record.ts'
import { notifyRun, type RunParts } from './parts.ts'

/** Either the desks of the other side, or why there is no answer, in words. */
export type Released =
  | { readonly is: 'pointers'; readonly digest: Buffer; readonly pointers: Pointers['pointers'] }
  | { readonly is: 'no answer'; readonly says: string }

/** Shows the other side which outputs are meant. The same release again gives the same answer. */
export async function sendRelease(
  { peers }: RunParts,
  own: OwnName,
  peer: PeerAgency,
  release: Release,
): Promise<Released> {
  const { bytes } = await state('release', release, own.sign)
  const came = await peers.line.ask(peer, 'release', bytes)
  if (!came.ok) return { is: 'no answer', says: lineProblems[came.error] }
  const read = readStatement('pointers', came.value, isPointers, peer.verify)
  if (typeof read === 'string' || read.says.run !== release.run)
    return { is: 'no answer', says: lineProblems.malformed }
  return { is: 'pointers', digest: digestOf(release), pointers: read.says.pointers }
}

/** Two statements of one release differ in their signatures alone. */
const digestOf = ({ run, outputs, desk }: Release): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([run, outputs, desk]))
    .digest()

/** A release comes in: own entries among the outputs are found, and the desks that hold them are named. */
export async function hearRelease(parts: RunParts, peer: Peer, body: Uint8Array): Promise<Uint8Array | null> {
  const { peers, store } = parts
  const [known, own] = [peers.peersOf(peer.agency).find(({ name }) => name === peer.name), peers.ownOf(peer.agency)]
  if (known === undefined || own === null) return null
  const read = readStatement('release', body, isRelease, known.verify)
  if (typeof read === 'string') return null
  const release = read.says
  const lanes = await store.gate('gate/lanes', {}, 'tandem_ingest')
  const lane = lanes.find(({ agency_id, kind }) => agency_id === peer.agency && kind === 'endpoint')
  if (lane === undefined) return null
  const pointers = await store.within({ kind: 'lane', lane: lane.lane_id }, async (tx) => {
    const [run] = await tx.run('deconfliction/by_run', { peer: peer.name, run: Buffer.from(release.run, 'hex') })
    if (run === undefined || run.record_sealed === null) {
      tx.record('deconfliction.release.unknown', { run: release.run })
      return null
    }
    const { run_id: id, operation_id: operation } = run
    await tx.vault.unlock([id])
    const record = readRecord(openText(tx, id, 'deconfliction', 'record_sealed', id, run.record_sealed))
    const found = readRelease(
      release,
      { run: record.run, asked: record.asked, byOutput: new Map(record.byOutput) },
      () => run.desk ?? own.name,
    )
    if (!found.ok) {
      tx.record('deconfliction.release.unknown', { run: release.run })
      return null
    }
    const release_id = newId()
    const references = JSON.stringify(found.value.references)
    const [fresh] = await tx.run('deconfliction/receive_release', {
      operation_id: operation,
      release_id,
      run_id: id,
      references_sealed: sealText(tx, id, 'deconfliction_release', 'references_sealed', release_id, references),
      desk: release.desk,
      digest: digestOf(release),
      pointers: JSON.stringify(found.value.pointers.pointers),
      alarms: JSON.stringify(found.value.alarms),
    })
    tx.record('deconfliction.release.receive', {
      run: id,
      outputs: release.outputs.length,
      met: found.value.references.length,
      repeated: fresh === undefined,
    })
    await notifyRun(tx, operation, id)
    return found.value.pointers
  })
  return pointers === null ? null : (await state('pointers', pointers, own.sign)).bytes
}
