import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { inflateSync } from 'node:zlib'
import { armor } from 'age-encryption'
import { openAge } from './file.ts'
import { AgePayloadDamaged } from './payload.ts'

const folder = new URL('../../../../fixtures/age-cctv/', import.meta.url)
const names = readdirSync(folder).filter((name) => name !== 'README.md')

interface Vector {
  readonly expect: string
  readonly payload: string | undefined
  readonly identities: string[]
  readonly passphrases: string[]
  readonly isArmored: boolean
  readonly file: Buffer
}

function read(name: string): Vector {
  const bytes = readFileSync(new URL(name, folder))
  const end = bytes.indexOf('\n\n')
  const lines = bytes.subarray(0, end).toString('utf8').split('\n')
  const all = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2))
  const file = bytes.subarray(end + 2)
  return {
    expect: all('expect')[0] ?? '',
    payload: all('payload')[0],
    identities: all('identity'),
    passphrases: all('passphrase'),
    isArmored: all('armored').length > 0,
    file: all('compressed')[0] === 'zlib' ? inflateSync(file) : file,
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1009) yield bytes.subarray(at, at + 1009)
}

/** What happened, in the words of the vectors, and the digest of what was handed out. */
async function outcome(vector: Vector): Promise<{ happened: string; payload: string | undefined }> {
  let file: Uint8Array = vector.file
  if (vector.isArmored) {
    try {
      file = armor.decode(new TextDecoder('utf-8', { fatal: true }).decode(file))
    } catch {
      return { happened: 'armor failure', payload: undefined }
    }
  }
  const opened = await openAge(vector, inPieces(file))
  if (!opened.ok) {
    const happened = opened.error.code === 'not-for-you' ? 'no match' : 'header failure'
    return { happened, payload: undefined }
  }
  const digest = createHash('sha256')
  try {
    for await (const chunk of opened.value) digest.update(chunk)
    return { happened: 'success', payload: digest.digest('hex') }
  } catch (error) {
    assert.ok(error instanceof AgePayloadDamaged, String(error))
    return { happened: 'payload failure', payload: digest.digest('hex') }
  }
}

describe('the 143 vectors of C2SP CCTV for age', () => {
  it('are all here', () => assert.equal(names.length, 143))

  for (const name of names) {
    it(name, async () => {
      const vector = read(name)
      const { happened, payload } = await outcome(vector)
      // A wrong MAC is a damaged header: whoever holds the file need not be told which.
      assert.equal(happened, vector.expect === 'HMAC failure' ? 'header failure' : vector.expect)
      if (vector.payload !== undefined) assert.equal(payload, vector.payload)
    })
  }
})
