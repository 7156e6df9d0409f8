import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'

/** What the training login signs with. JSON as it stands; the caller keeps it, so that sign-ins survive a restart. */
export interface TrainingKeys {
  readonly signing: JsonWebKey
  readonly cookies: readonly string[]
}

export function newTrainingKeys(): TrainingKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signing = {
    ...privateKey.export({ format: 'jwk' }),
    kid: randomBytes(8).toString('base64url'),
    alg: 'ES256',
    use: 'sig',
  }
  return { signing, cookies: [randomBytes(32).toString('base64url')] }
}
