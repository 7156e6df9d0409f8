import { generateKeyPairSync } from 'node:crypto'
import { type NoteSigner, noteSigner } from '@tandem/ledger'
import type { TestAgency, TestCell } from './database-cell.ts'

export interface TestLogKeys {
  readonly log: NoteSigner[]
  readonly witness: NoteSigner[]
  readonly seal: NoteSigner[]
}

/** Fresh keys of a log, as the key file of a cell would hold them. */
export const testLogKeys = (origin: string): TestLogKeys => ({
  log: pair(origin, 'ed25519'),
  witness: pair(`${origin}/witness`, 'ed25519-cosignature'),
  seal: pair(`${origin}/bundles`, 'ed25519'),
})

const pair = (name: string, kind: 'ed25519' | 'ed25519-cosignature'): NoteSigner[] => [
  noteSigner(name, kind, generateKeyPairSync('ed25519').privateKey),
  noteSigner(name, 'ml-dsa-44-cosignature', generateKeyPairSync('ml-dsa-44').privateKey),
]

/** The logs of the two agencies of a test cell and of the inspector's body; each has a witness for the others. */
export function testLogs({ national, signals, inspector }: Pick<TestCell, 'national' | 'signals' | 'inspector'>) {
  const logOf = ({ agency }: Pick<TestAgency, 'agency'>, name: string) => {
    const origin = `test.example/${name}`
    return { agency, name, origin, isWitness: true, keys: testLogKeys(origin) }
  }
  return [logOf(national, 'national'), logOf(signals, 'signals'), logOf(inspector, 'oversight')] as const
}
