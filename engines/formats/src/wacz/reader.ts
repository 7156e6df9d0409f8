import { Budget, defaultArchiveLimits } from '../archive/limits.ts'
import { archiveKind, openingNested } from '../archive/nested.ts'
import { ArchiveParser, type MemberOpening, type MemberSink } from '../archive/parser.ts'
import { setAside } from '../bulk/item.ts'
import { childOf, listOf, scalarOf } from '../bulk/json-view.ts'
import { type PushParser, readingBy } from '../bulk/push.ts'
import { type JsonNode, readJson } from '../json/index.ts'
import type { Limits, Reader, ReaderEnd } from '../reader.ts'
import type { AnyRecord, Entry, ItemRecord, Remark } from '../record.ts'
import { WarcParser } from '../warc/reader.ts'
import { ZipCutter } from '../zip/cutter.ts'
import { looksLikeWacz } from './looks.ts'
import { PagesParser } from './pages.ts'
import { checkSignature } from './signature.ts'

const maxManifest = 8 * 1024 * 1024

/** Captures and pages as they stream past; the members wait for the manifest, which says what their digests must be. */
class WaczParser implements PushParser {
  readonly #archive: ArchiveParser
  readonly #limits: Limits
  readonly #held: Entry<AnyRecord>[] = []
  readonly #manifests = new Map<string, Uint8Array[]>()

  constructor(limits: Limits) {
    this.#limits = limits
    const budget = new Budget({ ...defaultArchiveLimits, maxMembers: Math.min(100_000, limits.maxRecords) })
    const open = openingNested(budget, (member) => this.#open(member))
    this.#archive = new ArchiveParser(new ZipCutter(), { format: 'wacz', path: [], budget, open })
  }

  *push(chunk: Uint8Array): Generator<Entry<AnyRecord>, void, undefined> {
    yield* this.#holding(this.#archive.push(chunk))
  }

  *end(): Generator<Entry<AnyRecord>, ReaderEnd, undefined> {
    const ending = this.#archive.end()
    const rest: Entry<AnyRecord>[] = []
    let step = ending.next()
    for (; step.done !== true; step = ending.next()) rest.push(step.value)
    yield* this.#holding(rest)
    const remarks: Remark[] = [...step.value.remarks]
    const manifest = this.#json('datapackage.json')
    if (manifest === null) {
      const says = 'There is no datapackage.json that can be read: no digest of the package can be checked.'
      remarks.push({ code: 'datapackage-missing', place: 'datapackage.json', says })
    }
    yield* this.#checked(manifest)
    remarks.push(...this.#seal())
    return { claimedRecords: null, remarks }
  }

  #open({ path, name }: MemberOpening): MemberSink | null {
    if (path.length > 1) return null
    if (/\.warc(?:\.gz)?$/.test(name)) return new WarcParser(this.#limits)
    if (/^pages\/.*\.jsonl$/.test(name)) return new PagesParser(this.#limits)
    if (name !== 'datapackage.json' && name !== 'datapackage-digest.json') return null
    const pieces: Uint8Array[] = []
    let length = 0
    if (!this.#manifests.has(name)) this.#manifests.set(name, pieces)
    return {
      push: (chunk) => {
        length += chunk.length
        if (length <= maxManifest) pieces.push(Uint8Array.from(chunk))
        return []
      },
      end: () => [],
    }
  }

  *#holding(entries: Iterable<Entry<AnyRecord>>): Generator<Entry<AnyRecord>, void, undefined> {
    for (const entry of entries) {
      const record = entry.outcome === 'set-aside' ? null : entry.record
      if (record?.kind === 'item' && record.what === 'member' && record.format === 'wacz') this.#held.push(entry)
      else yield entry
    }
  }

  #json(name: string): JsonNode | null {
    const pieces = this.#manifests.get(name)
    if (pieces === undefined) return null
    const reading = readJson(Buffer.concat(pieces))
    return reading.ok ? reading.value.root : null
  }

  *#checked(manifest: JsonNode | null): Generator<Entry<AnyRecord>, void, undefined> {
    const stated = new Map<string, JsonNode>()
    for (const resource of listOf(childOf(manifest, 'resources'))) {
      const path = scalarOf(childOf(resource, 'path'))
      if (path !== null) stated.set(path, resource)
    }
    for (const entry of this.#held) {
      if (entry.outcome === 'set-aside' || entry.record.kind !== 'item') yield entry
      else {
        const name = entry.record.reference ?? ''
        yield checkedEntry(entry, entry.record, stated.get(name) ?? null, manifest !== null)
        stated.delete(name)
      }
    }
    for (const path of stated.keys()) {
      yield setAside(
        'resource-missing',
        `datapackage.json, ${path}`,
        'The manifest names a part that is not in the package.',
      )
    }
  }

  /** The digest file over the manifest, and its signature. */
  #seal(): Remark[] {
    const place = 'datapackage-digest.json'
    if (!this.#manifests.has(place)) return []
    const digest = this.#json(place)
    if (digest === null) return [{ code: 'digest-file-unreadable', place, says: 'The digest file is no JSON.' }]
    const own = this.#held.flatMap((entry) =>
      entry.outcome !== 'set-aside' && entry.record.kind === 'item' && entry.record.reference === 'datapackage.json'
        ? (entry.record.files[0]?.hashes ?? [])
        : [],
    )
    const stated = [scalarOf(childOf(digest, 'hash')), scalarOf(childOf(digest, 'signedData', 'hash'))]
    const sha256 = `sha256:${own.find(({ kind }) => kind === 'sha256')?.value ?? ''}`
    const remarks: Remark[] = []
    if (stated.some((hash) => hash !== null && hash !== sha256)) {
      remarks.push({ code: 'datapackage-altered', place, says: 'The manifest is not the one that was sealed.' })
    }
    const signature = checkSignature(digest)
    const says = {
      fits: `The seal fits the key that stands beside it (${signature.state === 'fits' ? signature.by : ''}); whose key it is was not checked.`,
      'fits-not': 'The signature of the seal does not fit the key that stands beside it.',
      unreadable: 'The key of the seal cannot be read.',
      none: 'The package has a digest and no signature.',
    }[signature.state]
    remarks.push({ code: `signature-${signature.state}`, place, says })
    return remarks
  }
}

const unlisted: ReadonlySet<string> = new Set(['datapackage.json', 'datapackage-digest.json'])

function checkedEntry(
  entry: Entry<AnyRecord>,
  record: ItemRecord,
  resource: JsonNode | null,
  hasManifest: boolean,
): Entry<AnyRecord> {
  if (record.flags['folder'] === 'yes' || unlisted.has(record.reference ?? '') || !hasManifest) return entry
  const earlier = entry.outcome === 'remarked' ? entry.remarks : []
  const { place } = entry
  const withRemark = (code: string, says: string): Entry<AnyRecord> => ({
    outcome: 'remarked',
    place,
    record,
    remarks: [...earlier, { code, place, says }],
  })
  if (resource === null)
    return withRemark('not-in-datapackage', 'The manifest does not name this part: it came in later, or by mistake.')
  // Version 1.0 puts the digest into `stats` and its algorithm into `hashing`.
  const written = scalarOf(childOf(resource, 'hash')) ?? scalarOf(childOf(resource, 'stats', 'hash')) ?? ''
  const [algorithm = '', stated = ''] = written.includes(':')
    ? written.toLowerCase().split(':')
    : [scalarOf(childOf(resource, 'hashing')) ?? 'sha256', written.toLowerCase()]
  const actual = record.files[0]?.hashes.find(({ kind }) => kind === algorithm)?.value
  if (stated === '' || actual === undefined)
    return withRemark('digest-not-checked', 'The manifest gives no digest for this part that can be checked.')
  if (actual !== stated)
    return withRemark('digest-wrong', 'The part is not what was packed: its digest differs from the manifest.')
  const verified = {
    ...record,
    details: [...record.details, { kind: 'digest verified', value: algorithm, place, person: null, file: 0 }],
  }
  return entry.outcome === 'remarked'
    ? { ...entry, record: verified }
    : { outcome: 'accepted', place, record: verified }
}

export const waczReader = {
  id: 'wacz',
  title: 'Packaged web archive (WACZ)',
  detect: (head) => (archiveKind(head.bytes) === 'zip' && looksLikeWacz(head.bytes) ? 'certain' : 'no'),
  ...readingBy((limits) => new WaczParser(limits)),
} satisfies Omit<Reader, 'id'> & { readonly id: 'wacz' }
