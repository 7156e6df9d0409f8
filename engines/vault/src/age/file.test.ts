import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { Decrypter, Encrypter } from 'age-encryption'
import fc from 'fast-check'
import { openAge, sealAge } from './file.ts'
import { AgePayloadDamaged } from './payload.ts'
import { makeIdentity, readRecipient } from './recipient.ts'

async function* pieces(bytes: Uint8Array, length = 10_007): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

async function sealed(pair: Awaited<ReturnType<typeof makeIdentity>>, plain: Uint8Array, length?: number) {
  const file = await sealAge([pair.recipient], pieces(plain, length))
  assert.ok(file.ok)
  return whole(file.value)
}

const chunk = 64 * 1024
const sizes = [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 200_001]

describe('files in the age format', async () => {
  const pair = await makeIdentity()

  for (const size of sizes) {
    it(`${size} bytes: ours opens with the library, the library's opens with ours`, async () => {
      const plain = randomBytes(size)
      const ours = await sealed(pair, plain)
      const decrypter = new Decrypter()
      decrypter.addIdentity(pair.identity)
      assert.ok(plain.equals(await decrypter.decrypt(ours)))
      const encrypter = new Encrypter()
      encrypter.addRecipient(pair.recipient.text)
      const opened = await openAge({ identities: [pair.identity] }, pieces(await encrypter.encrypt(plain)))
      assert.ok(opened.ok)
      assert.ok(plain.equals(await whole(opened.value)))
    })
  }

  it('comes back whatever the lengths of the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 1, max: 400 }), async (plain, length) => {
        const file = await sealed(pair, plain, length)
        const opened = await openAge({ identities: [pair.identity] }, pieces(file, length))
        assert.ok(opened.ok)
        assert.ok(Buffer.from(plain).equals(await whole(opened.value)))
      }),
      { numRuns: 20 },
    )
  })

  it('no changed, missing or added byte goes unnoticed', async () => {
    const plain = randomBytes(chunk + 50)
    const file = await sealed(pair, plain)
    const header = file.indexOf('\n', file.indexOf('\n---') + 1) + 1
    const attempts: Buffer[] = [file.subarray(0, file.length - 1), Buffer.concat([file, Buffer.of(0)])]
    for (let at = 0; at < file.length; at += at < header + 40 ? 97 : 8191) {
      const altered = Buffer.from(file)
      altered[at] = (altered[at] ?? 0) ^ 1
      attempts.push(altered)
    }
    for (const attempt of attempts) {
      const opened = await openAge({ identities: [pair.identity] }, pieces(attempt))
      if (opened.ok) await assert.rejects(whole(opened.value), AgePayloadDamaged)
    }
  })

  it('opens for each recipient and for nobody else', async () => {
    const [second, stranger] = [await makeIdentity(), await makeIdentity()]
    const file = await sealAge([pair.recipient, second.recipient], pieces(Buffer.from('Test')))
    assert.ok(file.ok)
    const bytes = await whole(file.value)
    for (const { identity } of [pair, second]) {
      const opened = await openAge({ identities: [identity] }, pieces(bytes))
      assert.ok(opened.ok)
      assert.equal(String(await whole(opened.value)), 'Test')
    }
    const refused = await openAge({ identities: [stranger.identity] }, pieces(bytes))
    assert.equal(refused.ok ? null : refused.error.code, 'not-for-you')
  })

  it('no file is sealed to nobody, and none to a classical key', async () => {
    const nobody = await sealAge([], pieces(Buffer.alloc(0)))
    assert.equal(nobody.ok ? null : nobody.error.code, 'no-recipient')
    const classical = readRecipient('age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p')
    assert.equal(classical.ok ? null : classical.error.code, 'recipient-not-hybrid')
    assert.equal(readRecipient('somebody').ok, false)
    assert.ok(readRecipient(`  ${pair.recipient.text}\n`).ok)
  })

  it('what is no age file is refused before more of it is read', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read++
        yield Buffer.from('age-encryption.org/v1\n-> X25519 '.padEnd(100_000, 'a'))
      }
    }
    const opened = await openAge({ identities: [pair.identity] }, endless())
    assert.equal(opened.ok, false)
    assert.ok(read < 20)
  })
})
