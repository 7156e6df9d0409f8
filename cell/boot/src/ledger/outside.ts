import { readVerifierKey, type VerifierKey } from '@tandem/ledger'
import type { WatchedLog, Witness } from '@tandem/work'
import type { LedgerSettings } from '../settings.ts'
import { bodyUpTo } from './body.ts'

const PATIENCE_MS = 5_000
const MOST_BYTES = 64 * 1024

/** The witnesses that the settings name. A cell whose settings name none opens no connection. */
export function outsideWitnesses({ witnesses }: Pick<LedgerSettings, 'witnesses'>): Witness[] {
  return witnesses.map(({ name, keys, url }) => {
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
      throw new Error(`The witness ${name} in cell.json is not reached by https.`)
    return { name, url, keys: keys.map((line) => parsed(line, 'witness')), ask: (body) => post(url, body) }
  })
}

export function watchedLogs({ watched }: Pick<LedgerSettings, 'watched'>): WatchedLog[] {
  return watched.map(({ keys }) => {
    const read = keys.map((line) => parsed(line, 'log'))
    const [first] = read
    if (first === undefined || read.some(({ name }) => name !== first.name))
      throw new Error('A watched log in cell.json has keys of one name.')
    return { origin: first.name, keys: read }
  })
}

function parsed(line: string, whose: 'witness' | 'log'): VerifierKey {
  const key = readVerifierKey(line)
  if (!key.ok) throw new Error(`A ${whose} in cell.json: ${key.error.says}`)
  const isCosigner = key.value.kind === 'ed25519-cosignature' || key.value.kind === 'ml-dsa-44-cosignature'
  if (whose === 'witness' && !isCosigner)
    throw new Error(`The key of ${key.value.name} in cell.json is not for a witness.`)
  return key.value
}

async function post(url: string, body: string): Promise<{ status: number; body: string }> {
  let answer: Response
  try {
    answer = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch {
    throw new Error(`no answer within ${PATIENCE_MS / 1000} seconds`)
  }
  const bytes = await bodyUpTo(answer, MOST_BYTES)
  if (bytes === null) throw new Error('its answer is too long')
  return { status: answer.status, body: Buffer.from(bytes).toString('utf8') }
}
