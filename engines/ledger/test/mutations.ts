import { type Bundle, type BundleLog, type BundleRecord, sealBundle, writeBundle } from '../src/index.ts'
import { logSigners, witnessSigners } from './keys.ts'
import { sealSigners, sealTime } from './sample-bundle.ts'

export type Below = (limit: number) => number

/** Chance with a seed (mulberry32), so that a trial that failed can be run again. */
export function chance(seed: number): Below {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pick = <T>(items: readonly T[], below: Below): T => {
  const item = items[below(items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** Somebody without keys changes the file. */
export function changedFile(file: string, below: Below): string {
  const at = below(file.length)
  const other = String.fromCharCode(32 + below(95))
  const ways: readonly (() => string)[] = [
    () => file.slice(0, at) + other + file.slice(at + 1),
    () => file.slice(0, at) + file.slice(at + 1 + below(3)),
    () => file.slice(0, at) + other + file.slice(at),
    () => file.slice(0, at),
    () => file.replace(/[0-9a-f]{64}/, (hex) => hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))),
    () => file + other,
  ]
  const changed = pick(ways, below)()
  return changed === file ? `${file} ` : changed
}

type Lie = (bundle: Bundle, below: Below) => Bundle

const onLog = (bundle: Bundle, below: Below, change: (log: BundleLog) => BundleLog): Bundle => {
  const at = below(bundle.logs.length)
  return { ...bundle, logs: bundle.logs.map((log, place) => (place === at ? change(log) : log)) }
}
const onRecord = (bundle: Bundle, below: Below, change: (record: BundleRecord) => BundleRecord): Bundle =>
  onLog(bundle, below, (log) => {
    const at = below(log.records.length)
    return { ...log, records: log.records.map((record, place) => (place === at ? change(record) : record)) }
  })

const turned = (hex: string, below: Below): string => {
  const at = below(hex.length)
  return hex.slice(0, at) + (Number.parseInt(hex.charAt(at), 16) ^ (1 << below(4))).toString(16) + hex.slice(at + 1)
}
const turnedBase64 = (text: string, below: Below): string => {
  const bytes = Buffer.from(text, 'base64')
  const at = below(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
  return bytes.toString('base64')
}
const linesOf = (proof: string): string[] => proof.split('\n').slice(0, -1)
const proofOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** Signature lines of a note, changed; the text above them stays. */
const onLines = (note: string, change: (lines: string[]) => string[]): string => {
  const cut = note.lastIndexOf('\n\n') + 2
  return note.slice(0, cut) + proofOf(change(linesOf(note.slice(cut))))
}

/** Somebody who may seal bundles lies about the log: every one of these is sealed anew with the true keys. */
export const lies: Readonly<Record<string, Lie>> = {
  'another officer': (bundle, below) =>
    onRecord(bundle, below, (record) => ({
      ...record,
      opening: { ...(record.opening ?? openingOf(bundle)), who: 'Test Officer 9' },
    })),
  'another field of an opening': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const opening = record.opening ?? openingOf(bundle)
      const field = pick(['verb', 'at', 'authority', 'purpose', 'object'] as const, below)
      return { ...record, opening: { ...opening, [field]: `${opening[field]}x` } }
    }),
  'another salt': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const opening = record.opening ?? openingOf(bundle)
      const salt = Buffer.from(turned(Buffer.from(opening.salt).toString('hex'), below), 'hex')
      return { ...record, opening: { ...opening, salt } }
    }),
  'another commitment': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const field = pick(['who', 'verb', 'object', 'at', 'authority', 'purpose'] as const, below)
      const commitments = { ...record.leaf.commitments, [field]: turned(record.leaf.commitments[field], below) }
      return { ...record, leaf: { ...record.leaf, commitments } }
    }),
  'another entry, agency or cell': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const field = pick(['entry', 'agency', 'cell'] as const, below)
      return { ...record, leaf: { ...record.leaf, [field]: `${record.leaf[field]}x` } }
    }),
  'another place': (bundle, below) =>
    onRecord(bundle, below, (record) => ({
      ...record,
      proof: record.proof.replace(/index (\d+)/, (_, index) => `index ${Number(index) + 1 + below(50)}`),
    })),
  'a bit of a proof': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const lines = linesOf(record.proof)
      const at = 2 + below(lines.length - 2)
      return {
        ...record,
        proof: proofOf(lines.map((line, place) => (place === at ? turnedBase64(line, below) : line))),
      }
    }),
  'a proof with a hash less or more': (bundle, below) =>
    onRecord(bundle, below, (record) => {
      const lines = linesOf(record.proof)
      const at = 2 + below(lines.length - 2)
      const isLess = below(2) === 0
      return { ...record, proof: proofOf(isLess ? lines.toSpliced(at, 1) : lines.toSpliced(at, 0, lines[2] ?? '')) }
    }),
  'proofs changed round': (bundle, below) =>
    onLog(bundle, below, (log) => ({
      ...log,
      records: log.records.map((record, at) => ({
        ...record,
        proof: log.records[(at + 1) % log.records.length]?.proof ?? '',
      })),
    })),
  'a record twice': (bundle, below) =>
    onLog(bundle, below, (log) => ({ ...log, records: [...log.records, pick(log.records, below)] })),
  'records of the other log': (bundle) => ({
    ...bundle,
    logs: bundle.logs.map((log, at) => ({
      ...log,
      records: bundle.logs[(at + 1) % bundle.logs.length]?.records ?? [],
    })),
  }),
  'timestamps of the other log': (bundle) => ({
    ...bundle,
    logs: bundle.logs.map((log, at) => ({
      ...log,
      timestamps: bundle.logs[(at + 1) % bundle.logs.length]?.timestamps ?? [],
    })),
  }),
  'half a timestamp': (bundle, below) =>
    onLog(bundle, below, (log) => ({
      ...log,
      timestamps: log.timestamps.map((token) => token.slice(0, 4 * below(Math.floor(token.length / 4)))),
    })),
  'a log twice': (bundle, below) => ({ ...bundle, logs: [...bundle.logs, pick(bundle.logs, below)] }),
  'no log': (bundle) => ({ ...bundle, logs: [] }),
  'another size': (bundle, below) =>
    onLog(bundle, below, (log) => ({
      ...log,
      checkpoint: log.checkpoint.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`),
    })),
  'another name of the log': (bundle, below) =>
    onLog(bundle, below, (log) => ({ ...log, checkpoint: `x${log.checkpoint}` })),
  'an extension line': (bundle, below) =>
    onLog(bundle, below, (log) => ({ ...log, checkpoint: log.checkpoint.replace('\n\n', '\nextension\n\n') })),
  'a bit of a signature': (bundle, below) =>
    onLog(bundle, below, (log) => ({
      ...log,
      checkpoint: onLines(log.checkpoint, (lines) => {
        const at = below(lines.length)
        return lines.map((line, place) => {
          const [mark = '', name = '', base64 = ''] = line.split(' ')
          const bytes = Buffer.from(base64, 'base64')
          const bit = 32 + below(8 * bytes.length - 32)
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          return place === at ? `${mark} ${name} ${bytes.toString('base64')}` : line
        })
      }),
    })),
  'a signature left out': (bundle, below) =>
    onLog(bundle, below, (log) => ({
      ...log,
      checkpoint: onLines(log.checkpoint, (lines) => lines.toSpliced(below(lines.length), 1)),
    })),
  'witnesses that nobody knows': (bundle, below) =>
    onLog(bundle, below, (log) => {
      const text = log.checkpoint.slice(0, log.checkpoint.indexOf('\n\n') + 1)
      const unknown = witnessSigners('friend.example/witness', 40).map((signer) => signer.sign(text, sealTime))
      const added = unknown.map(
        ({ name, id, bytes }) => `\u2014 ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}`,
      )
      return { ...log, checkpoint: onLines(log.checkpoint, (lines) => [...lines.slice(0, 2), ...added]) }
    }),
}

const openingOf = (bundle: Bundle) => {
  const found = bundle.logs.flatMap(({ records }) => records).find(({ opening }) => opening !== null)?.opening
  if (found === undefined || found === null) throw new RangeError('the sample has an opening')
  return found
}

export function lieOf(name: string, bundle: Bundle, below: Below): string {
  const lie = lies[name]
  if (lie === undefined) throw new RangeError(`no lie ${name}`)
  const { seal: _, format: __, ...content } = lie(bundle, below)
  return writeBundle(sealBundle(content, sealSigners, sealTime))
}

/** Somebody with keys of his own seals what he likes. */
export function sealedByAnother(bundle: Bundle): string {
  const { seal: _, format: __, ...content } = bundle
  return writeBundle(sealBundle(content, logSigners('agency-a.example/release', 66), sealTime))
}
