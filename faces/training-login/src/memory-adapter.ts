import type { Adapter, AdapterPayload } from 'oidc-provider'

const MOST = 10_000

/** What is under way at the provider. It lives minutes, so a restart costs a sign-in and nothing else. */
export function memoryAdapter(): (name: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>()
  const byUid = new Map<string, string>()

  const find = (key: string): AdapterPayload | undefined => {
    const entry = kept.get(key)
    if (entry === undefined) return undefined
    if (entry.until > Date.now()) return entry.payload
    kept.delete(key)
    return undefined
  }
  const keep = (key: string, payload: AdapterPayload, seconds: number): void => {
    kept.delete(key)
    kept.set(key, { payload, until: Date.now() + seconds * 1000 })
    const oldest = kept.size > MOST ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    if (byUid.size > MOST) byUid.clear()
  }

  return (name) => {
    const keyOf = (id: string): string => `${name}:${id}`
    return {
      async upsert(id, payload, expiresIn) {
        keep(keyOf(id), payload, expiresIn ?? 600)
        if (payload.uid !== undefined) byUid.set(`${name}:${payload.uid}`, keyOf(id))
      },
      async find(id) {
        return find(keyOf(id))
      },
      async findByUid(uid) {
        return find(byUid.get(`${name}:${uid}`) ?? '')
      },
      async findByUserCode() {
        return undefined
      },
      async consume(id) {
        const payload = find(keyOf(id))
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        kept.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) {
          if (payload.grantId === grantId) kept.delete(key)
        }
      },
    }
  }
}
