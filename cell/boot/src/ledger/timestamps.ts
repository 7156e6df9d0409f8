import { X509Certificate } from 'node:crypto'
import { readCertificate } from '@tandem/ledger'
import type { Timestamps } from '@tandem/work'
import type { LedgerSettings } from '../settings.ts'
import { bodyUpTo } from './body.ts'

const PATIENCE_MS = 15_000
const MOST_BYTES = 64 * 1024

/** The authorities that the settings name. A cell whose settings name none opens no connection. */
export function timestampsOf({ timestamps }: Pick<LedgerSettings, 'timestamps'>): Timestamps {
  if (timestamps === undefined) return { authorities: [], everyMilliseconds: 0 }
  return {
    everyMilliseconds: timestamps.everyHours * 3_600_000,
    authorities: timestamps.authorities.map(({ name, url, roots }) => ({
      name,
      roots: roots.map((pem) => certificateOf(pem, name)),
      ask: (request) => post(url, request),
    })),
  }
}

function certificateOf(pem: string, name: string) {
  try {
    return readCertificate(new X509Certificate(pem).raw)
  } catch {
    throw new Error(`A root of the timestamp authority ${name} in cell.json is no certificate in PEM.`)
  }
}

/** RFC 3161 section 3.4. What comes back proves itself, so plain http is good enough, and common. */
async function post(url: string, request: Uint8Array): Promise<Uint8Array> {
  let answer: Response
  try {
    answer = await fetch(url, {
      method: 'POST',
      body: Buffer.from(request),
      headers: { 'content-type': 'application/timestamp-query' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch {
    throw new Error(`No answer within ${PATIENCE_MS / 1000} seconds.`)
  }
  if (!answer.ok) throw new Error(`It answered with status ${answer.status}.`)
  const bytes = await bodyUpTo(answer, MOST_BYTES)
  if (bytes === null) throw new Error('Its answer is too long.')
  return bytes
}
