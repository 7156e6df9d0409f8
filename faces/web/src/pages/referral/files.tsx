import type { Referral } from '../../data/types.ts'
import { Safe } from '../../text/safe-text.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Hash, WholeHash } from '../../ui/place.tsx'
import { Sourced } from '../../ui/provenance.tsx'
import { Claim } from '../../ui/when.tsx'
import { OrNotSaid, placeRow, Said } from './facts.tsx'

type File = Referral['files'][number]

const columns: readonly Column<File>[] = [
  { id: 'index', head: 'File', value: (file) => file.index + 1, align: 'end' },
  {
    id: 'name',
    head: 'Name',
    value: (file) => file.name,
    cell: (file) => <OrNotSaid text={file.name} place={file.place} />,
    grows: true,
  },
  {
    id: 'type',
    head: 'Type',
    value: (file) => file.contentType,
    cell: (file) => <OrNotSaid text={file.contentType} place={file.place} />,
  },
  {
    id: 'address',
    head: 'Address',
    value: (file) => file.url,
    cell: (file) => <OrNotSaid text={file.url} place={file.place} />,
  },
  {
    id: 'hashes',
    head: 'Hashes',
    value: (file) => file.hashes.map((hash) => `${hash.kind} ${hash.value}`).join(' '),
    cell: (file) => (
      <>
        {file.hashes.map((hash) => (
          <div key={hash.place} className="hash-line">
            <span className="dim">{hash.kind}</span>{' '}
            <Sourced rows={[['Whole', <WholeHash key="h" value={hash.value} />], ...placeRow(hash.place)]}>
              <Hash value={hash.value} />
            </Sourced>
          </div>
        ))}
      </>
    ),
  },
  {
    id: 'category',
    head: 'Category (scheme)',
    value: (file) => (file.category === null ? null : `${file.category.value} (${file.category.scheme})`),
    cell: (file) =>
      file.category === null ? (
        <span className="none">not said</span>
      ) : (
        <Sourced rows={placeRow(file.place)}>
          <b>
            <Safe text={file.category.value} />
          </b>{' '}
          <span className="dim">
            <Safe text={file.category.scheme} />
          </span>
        </Sourced>
      ),
  },
  {
    id: 'labels',
    head: 'Labels',
    value: (file) => file.labels.join(', '),
    cell: (file) => <OrNotSaid text={file.labels.length === 0 ? null : file.labels.join(', ')} place={file.place} />,
  },
  {
    id: 'viewed',
    head: 'Viewed by provider',
    value: (file) => file.viewedByProvider,
    cell: (file) => <Said value={file.viewedByProvider} place={file.place} />,
  },
  {
    id: 'public',
    head: 'Public',
    value: (file) => file.publiclyAvailable,
    cell: (file) => <Said value={file.publiclyAvailable} place={file.place} />,
  },
  {
    id: 'uploaded',
    head: 'Uploaded',
    value: (file) => file.uploadedAt?.original ?? null,
    cell: (file) =>
      file.uploadedAt === null ? (
        <span className="none">not said</span>
      ) : (
        <Claim of={file.uploadedAt} place={file.place} />
      ),
  },
]

/** Fingerprints and labels only: the cell holds no picture, so there is none to show. */
export function Files({ of }: { of: readonly File[] }) {
  if (of.length === 0) return <p className="dim">The report names no file.</p>
  return <DataTable name="Files of the referral" columns={columns} rows={of} keyOf={(file) => String(file.index)} />
}
