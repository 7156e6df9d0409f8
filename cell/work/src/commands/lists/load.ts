import type { ResponseOf, loadList as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import { newId, type Row, type Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'
import { mustBeIntakeDesk } from './intake-desk.ts'
import { ListChanges } from './load-changes.ts'
import { addVersionAndEntries } from './load-whole.ts'
import { answersOf } from './profiles.ts'
import { type ListBeingRead, readListStream } from './read-list.ts'
import { type ReadThrough, readThrough } from './read-through.ts'

/** A load holds a connection as long as its sender sends; slow senders must not take those of the desks. */
const AT_ONCE = 2
let loading = 0

export const loadList: Handler<typeof route> = async (cell, caller, input) => {
  if (loading >= AT_ONCE) throw new Refusal('TANDEM-RATE-001', 'other lists are being loaded at this moment')
  loading++
  try {
    return await loadInOne(cell, caller, input)
  } finally {
    loading--
  }
}

type Answer = ResponseOf<typeof route>

/** All or nothing: one transaction holds the whole file, and a truncated one leaves no trace but the refusal. */
const loadInOne: Handler<typeof route> = (cell, caller, { query, stream }) =>
  cell.store
    .within(caller.credential, async (tx) => {
      mustBeAllowed(tx.standing.role, 'list.load')
      const operation = tx.standing.operation
      if (operation === null) throw new Refusal('TANDEM-LAW-001')
      await mustBeIntakeDesk(tx, operation)
      await tx.run('list/ensure', { list_id: newId(), name: query.name, publisher: query.publisher })
      await tx.run('list/lock', { list_id: (await tx.one('list/id_of', { name: query.name })).list_id })
      const list = await tx.one('list/by_name', { name: query.name })
      if (list.publisher !== query.publisher) {
        throw new Refusal('TANDEM-STATE-002', 'a list of this name has another publisher')
      }
      const being = await readListStream(stream, cell.limits.listBytes, await answersOf(tx, query))
      const mode = query.mode ?? (being.isChanges ? 'changes' : 'whole')
      const answer =
        mode === 'changes' && list.current_id !== null
          ? await applyChanges(tx, list, list.current_id, being)
          : await loadWhole(tx, list, being)
      await notify(tx, operation, 'list', list.list_id)
      return answer
    })
    .catch((error: unknown) => {
      if (error instanceof Unchanged) return error.answer
      throw error
    })

type List = Row<'list/by_name'>

async function loadWhole(tx: Transaction, list: List, being: ListBeingRead): Promise<Answer> {
  // A page of changes may withdraw what it brings: it is applied, entry by entry, to a version that begins empty.
  const loaded = being.isChanges
    ? await beginWithChanges(tx, list, being)
    : await addVersionAndEntries(tx, list.list_id, list.latest + 1, being)
  const digest = being.digest()
  if (list.current_sha256?.equals(digest) === true) throw new Unchanged(list.list_id, list.latest, being.format)
  const { records, accepted, remarked, setAside } = loaded.account
  const counts = { records, accepted, remarked, set_aside: setAside }
  await tx.run('list/replace', { list_id: list.list_id })
  await tx.run('list/complete', {
    version_id: loaded.version,
    file_sha256: digest,
    ...counts,
    perceptual: loaded.perceptual,
  })
  await tx.run('job/insert', { job_id: newId(), kind: 'match again', subject_id: loaded.version })
  tx.record('list.load', { list: list.list_id, version: list.latest + 1, sha256: digest.toString('hex'), records })
  return { ...answerOf(list, list.latest + 1, being, loaded), changes: null }
}

async function beginWithChanges(tx: Transaction, list: List, being: ListBeingRead) {
  const version = newId()
  await tx.run('list/add_version', {
    list_id: list.list_id,
    version_id: version,
    version: list.latest + 1,
    format: being.format,
  })
  const changes = new ListChanges(tx, version, 0)
  const read = await readThrough(being.reading, (record) => changes.take(record))
  const done = await changes.end()
  await tx.run('list/add_change', {
    change_id: done.change,
    version_id: version,
    number: 1,
    first: 0,
    ...changeOf(being, read),
    added: done.added,
    withdrawn: done.withdrawn,
    replaced: done.replaced,
  })
  return { ...read, version, perceptual: done.perceptual }
}

/** Onto the version in force: nothing of it is lost, and each change has its own account, file and name. */
async function applyChanges(tx: Transaction, list: List, version: string, being: ListBeingRead): Promise<Answer> {
  const next = await tx.one('list/next_change', { version_id: version })
  if (next.format !== being.format) {
    const says = `the list is ${next.format} and the file ${being.format}: one does not change the other`
    throw new Refusal('TANDEM-STATE-002', says)
  }
  if (next.key === null && next.first > 0) {
    throw new Refusal('TANDEM-STATE-002', 'the entries of this list have no ids: send the whole list')
  }
  const changes = new ListChanges(tx, version, next.first)
  const read = await readThrough(being.reading, (record) => changes.take(record))
  const done = await changes.end()
  const row = changeOf(being, read)
  const known = await tx.run('list/change_by_file', { version_id: version, file_sha256: row.file_sha256 })
  if (known.length > 0 || list.current_sha256?.equals(row.file_sha256) === true) {
    throw new Unchanged(list.list_id, list.latest, being.format)
  }
  const { added, withdrawn, replaced } = done
  await tx.run('list/add_change', {
    change_id: done.change,
    version_id: version,
    number: next.number,
    first: next.first,
    ...row,
    added,
    withdrawn,
    replaced,
  })
  if (done.perceptual > 0) {
    await tx.run('list/set_perceptual', { version_id: version, perceptual: next.perceptual + done.perceptual })
  }
  await tx.run('job/insert', { job_id: newId(), kind: 'match change', subject_id: done.change })
  tx.record('list.change', {
    list: list.list_id,
    version: list.latest,
    change: next.number,
    sha256: row.file_sha256.toString('hex'),
    added,
    withdrawn,
    replaced,
  })
  return {
    ...answerOf(list, list.latest, being, read),
    changes: { number: next.number, added, withdrawn, replaced },
  }
}

const changeOf = (being: ListBeingRead, { account }: ReadThrough) => ({
  format: being.format,
  file_sha256: being.digest(),
  records: account.records,
  accepted: account.accepted,
  remarked: account.remarked,
  set_aside: account.setAside,
})

const answerOf = (list: List, version: number, being: ListBeingRead, read: ReadThrough) => ({
  list: list.list_id,
  version,
  format: being.format,
  account: { ...read.account },
  setAside: read.setAside.map((reason) => ({ ...reason })),
  remarks: read.remarks.map((remark) => ({ ...remark })),
  unchanged: false,
})

/** The same file again: the transaction is given up, so nothing changes, and that is the answer. */
class Unchanged extends Refusal {
  readonly answer: Answer
  constructor(list: string, version: number, format: string) {
    super('TANDEM-STATE-002')
    this.answer = {
      list,
      version,
      format,
      account: { records: 0, accepted: 0, remarked: 0, setAside: 0 },
      setAside: [],
      remarks: [],
      unchanged: true,
      changes: null,
    }
  }
}
