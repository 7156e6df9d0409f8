import { createHash } from 'node:crypto'
import { writeUkCseaIrp } from '@tandem/formats'
import type { TestAgency } from '@tandem/testkit'
import { deskOf, type QueueItem, type TestWork } from './support.ts'

type Report = Parameters<typeof writeUkCseaIrp>[0][number]

export interface Told {
  readonly level?: 'P1' | 'P2' | 'P3'
  readonly urn?: string
  readonly supplements?: string
  readonly account?: string
  readonly email?: string
  readonly phone?: string
  readonly ip?: string
  readonly annotations?: readonly string[]
  /** Contents of files that are only named by their digests. */
  readonly files?: readonly string[]
  /** PDQ hashes of files, as 64 hexadecimal digits. */
  readonly pdqs?: readonly string[]
  readonly says?: string
}

let told = 0

/** An invented report of an invented person: what is not told is left out. */
export function report({ level = 'P3', urn, supplements, account, email, phone, ip, ...rest }: Told = {}): Report {
  const number = ++told
  const { annotations, files, pdqs, says } = rest
  return {
    urn: urn ?? `TEST-URN-C${number}`,
    ...(supplements === undefined ? {} : { relatedUrn: supplements }),
    provider: { name: 'Test Provider', platform: 'Testgram' },
    priority: { level, reason: 'as stated' },
    telephoned: true,
    detectedAt: '2026-05-04T09:00:00Z',
    ...(annotations === undefined ? {} : { annotations: [...annotations] }),
    description: says ?? 'An invented report.',
    contentSender: {
      role: 'reported',
      username: account ?? `test.user.${number}`,
      ...(email === undefined ? {} : { emails: [email] }),
      ...(phone === undefined ? {} : { phones: [phone] }),
      ...(ip === undefined
        ? {}
        : { ipHistory: [{ address: ip, port: 4711, at: '2026-05-04T08:00:00Z', event: 'login' }] }),
    },
    ...(pdqs === undefined
      ? {}
      : {
          content: [
            {
              type: 'imagery',
              count: pdqs.length,
              files: pdqs.map((value) => ({ hashes: [{ algorithm: 'pdq', value }] })),
            },
          ],
        }),
    ...(files === undefined
      ? {}
      : {
          content: [
            {
              type: 'imagery',
              count: files.length,
              files: files.map((text) => ({ hashes: [{ algorithm: 'sha256', value: sha256(text) }] })),
            },
          ],
        }),
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Delivers the reports in one file and returns their rows, in the order of the file. */
export async function arrive(work: TestWork, agency: TestAgency, ...reports: readonly Report[]): Promise<QueueItem[]> {
  const { delivery } = await work.deliver(agency, writeUkCseaIrp(reports, 'synthetic'))
  const desk = await deskOf(work, agency.triageAnalyst)
  const { referrals } = await desk.delivery(delivery)
  if (referrals.length === 1) return [(await desk.show(referrals[0]?.id ?? '')).item]
  const all = new Map((await desk.queue('all')).items.map((item) => [item.id, item]))
  return referrals.flatMap(({ id }) => all.get(id) ?? [])
}

/** One referral, fresh on the desk. */
export async function oneReferral(work: TestWork, agency: TestAgency, about: Told = {}): Promise<QueueItem> {
  const [item] = await arrive(work, agency, report(about))
  if (item === undefined) throw new Error('the report did not arrive')
  return item
}

/** Rows as they are now. */
export async function itemOf(work: TestWork, agency: TestAgency, id: string): Promise<QueueItem> {
  return (await (await deskOf(work, agency.triageAnalyst)).show(id)).item
}
