import type { ResponseOf, loadList as route } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Entry, ListEntryRecord } from '@tandem/formats'
import { newId, type Transaction } from '@tandem/store'
import type { Handler } from '../../handler.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { notify } from '../referrals/decide.ts'
import { mustBeIntakeDesk } from './intake-desk.ts'
import { readListStream } from './read-list.ts'

const BATCH = 5_000
/** How many set-aside records the answer repeats; all of them are counted. */
const SHOWN = 50

/** A load holds a connection as long as its sender sends; slow senders must not take those of the desks. */
const AT_ONCE = 2
let loading = 0

export const loadList: Handler<typeof route> = async (cell, caller, input) => {
  if (loading >= AT_ONCE) throw new Refusal('TANDEM-RATE-001', 'other lists are being loaded at this moment')
  loading++
  try {
    return await loadWhole(cell, caller, input)
  } finally {
    loading--
  }
}

/** All or nothing: one transaction holds the whole list, and a truncated file leaves no trace but the refusal. */
const loadWhole: Handler<typeof route> = (cell, caller, { query, stream }) =>
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
      const being = await readListStream(stream, cell.limits.listBytes, {
        ...(query.categoryScheme === undefined ? {} : { categoryScheme: query.categoryScheme }),
        ...(query.sixtyFour === undefined ? {} : { sixtyFour: query.sixtyFour }),
      })
      const version = newId()
      // Entries go in under a version row that is completed below; its account is not known before the end.
      const added = await addVersionAndEntries(tx, list.list_id, version, list.latest + 1, being.format, being.reading)
      const digest = being.digest()
      if (list.current_sha256?.equals(digest) === true) throw new Unchanged(list.list_id, list.latest, being.format)
      await tx.run('list/replace', { list_id: list.list_id })
      await tx.run('list/complete', {
        version_id: version,
        file_sha256: digest,
        ...added.account,
        perceptual: added.perceptual,
      })
      await tx.run('job/insert', { job_id: newId(), kind: 'match again', subject_id: version })
      tx.record('list.load', {
        list: list.list_id,
        version: list.latest + 1,
        sha256: digest.toString('hex'),
        records: added.account.records,
      })
      await notify(tx, operation, 'list', list.list_id)
      return {
        list: list.list_id,
        version: list.latest + 1,
        format: being.format,
        account: {
          records: added.account.records,
          accepted: added.account.accepted,
          remarked: added.account.remarked,
          setAside: added.account.set_aside,
        },
        setAside: added.setAside,
        unchanged: false,
      }
    })
    .catch((error: unknown) => {
      if (error instanceof Unchanged) return error.answer
      throw error
    })

/** The same file again: the transaction is given up, so nothing changes, and that is the answer. */
class Unchanged extends Refusal {
  readonly answer: ResponseOf<typeof route>
  constructor(list: string, version: number, format: string) {
    super('TANDEM-STATE-002')
    this.answer = {
      list,
      version,
      format,
      account: { records: 0, accepted: 0, remarked: 0, setAside: 0 },
      setAside: [],
      unchanged: true,
    }
  }
}

async function addVersionAndEntries(
  tx: Transaction,
  list: string,
  version: string,
  number: number,
  format: string,
  reading: AsyncGenerator<
    Entry<ListEntryRecord>,
    { complete: boolean; account: { records: number; accepted: number; remarked: number; setAside: number } }
  >,
) {
  await tx.run('list/add_version', { list_id: list, version_id: version, version: number, format })
  const setAside: { code: string; place: string; says: string }[] = []
  let batch: Line[] = []
  let perceptual = 0
  let line = 0
  for (;;) {
    const step = await reading.next()
    if (step.done === true) {
      const end = step.value
      if (!end.complete) {
        const says = 'reason' in end && isRemark(end.reason) ? end.reason.says : 'the list is not complete'
        throw new Refusal('TANDEM-INPUT-003', says)
      }
      await addBatch(tx, version, batch)
      const { records, accepted, remarked, setAside: aside } = end.account
      return { account: { records, accepted, remarked, set_aside: aside }, setAside, perceptual }
    }
    const entry = step.value
    if (entry.outcome === 'set-aside') {
      if (setAside.length < SHOWN) setAside.push({ ...entry.reason })
      continue
    }
    // A row that the sender marks as withdrawn is counted and never matched.
    if (entry.record.flags['withdrawn'] !== 'yes') {
      const lines = linesOf(line, entry.record)
      perceptual += lines.filter(({ kind }) => kind === 'pdq').length
      batch.push(...lines)
    }
    line++
    if (batch.length >= BATCH) {
      await addBatch(tx, version, batch)
      batch = []
    }
  }
}

interface Line {
  readonly number: number
  readonly kind: string
  readonly value: Buffer
  readonly quality: number | null
  readonly entry: string | null
  readonly category: ListEntryRecord['category']
}

function linesOf(number: number, record: ListEntryRecord): Line[] {
  const perceptual = record.otherHashes.filter(({ kind }) => kind === 'pdq')
  const byKind = new Map([...record.hashes, ...perceptual].map(({ kind, value }): [string, string] => [kind, value]))
  return [...byKind].map(([kind, value]) => ({
    number,
    kind,
    value: Buffer.from(value, 'hex'),
    quality: kind === 'pdq' ? record.quality : null,
    entry: record.entryId,
    category: record.category,
  }))
}

async function addBatch(tx: Transaction, version: string, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  await tx.run('list/add_entries', {
    version_id: version,
    numbers: lines.map(({ number }) => number),
    kinds: lines.map(({ kind }) => kind),
    values: lines.map(({ value }) => value),
    qualities: lines.map(({ quality }) => quality),
    entries: lines.map(({ entry }) => entry),
    schemes: lines.map(({ category }) => category?.scheme ?? null),
    categories: lines.map(({ category }) => category?.value ?? null),
  })
}

function isRemark(value: unknown): value is { says: string } {
  return typeof value === 'object' && value !== null && 'says' in value && typeof value.says === 'string'
}
