import { writeUkCseaIrp } from '@tandem/formats'

type Report = Parameters<typeof writeUkCseaIrp>[0][number]
type User = NonNullable<Report['contentSender']>

const iban = 'GB33BUKB20201555555555'
const file = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'
const home = '12 Orchard Street, Exampleton, EX1 2MP'

const further = '7 Plum Lane, Exampleton, EX1 3QR'

const report = (urn: string, contentSender: User, more: Partial<Report> = {}): Report => ({
  urn,
  provider: { name: 'Test Provider', platform: 'Testgram' },
  priority: { level: 'P3', reason: 'as stated' },
  telephoned: true,
  detectedAt: '2026-05-04T09:00:00Z',
  description: 'An invented report.',
  contentSender: { role: 'reported', ...contentSender },
  ...more,
})
const holds = (at: string): Partial<Report> => ({
  content: [{ type: 'imagery', uploadedAt: at, files: [{ hashes: [{ algorithm: 'sha256', value: file }] }] }],
})

/** Invented: one person in the middle, one other for each kind of tie, and one more a step further. */
export const tiedReports = (): string =>
  new TextDecoder().decode(
    writeUkCseaIrp(
      [
        report(
          'TEST-TIES-1',
          { username: 'tied.middle', addresses: [home], payments: [{ kind: 'bank account', value: iban }] },
          { ...holds('2026-05-01T08:00:00Z'), recipients: [{ username: 'tied.recipient', role: 'victim' }] },
        ),
        report('TEST-TIES-2', { username: 'tied.home', addresses: ['12 ORCHARD ST., Exampleton EX1 2MP'] }),
        report('TEST-TIES-3', { username: 'tied.file', addresses: [further] }, holds('2026-05-02T08:00:00Z')),
        report('TEST-TIES-4', { username: 'tied.payer', payments: [{ kind: 'paid to', value: iban }] }),
        report('TEST-TIES-5', { username: 'tied.further', addresses: [further] }),
      ],
      'synthetic',
    ),
  )
