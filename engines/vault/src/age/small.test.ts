import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeIdentity } from './recipient.ts'
import { openSmall, sealSmall } from './small.ts'

test('a small file comes back whole; damaged, foreign or cut it is a refusal', async () => {
  const [own, other] = [await makeIdentity(), await makeIdentity()]
  const plain = Buffer.from('a key')
  const sealed = await sealSmall(own.recipient, plain)
  assert.ok(sealed.ok)
  const back = await openSmall(own.identity, sealed.value)
  assert.ok(back.ok && back.value.equals(plain))
  const code = async (identity: string, file: Buffer): Promise<string> => {
    const opened = await openSmall(identity, file)
    return opened.ok ? 'opened' : opened.error.code
  }
  const damaged = Buffer.from(sealed.value)
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
  assert.equal(await code(own.identity, damaged), 'damaged')
  assert.equal(await code(own.identity, sealed.value.subarray(0, -3)), 'damaged')
  assert.equal(await code(other.identity, sealed.value), 'not-for-you')
  assert.equal(await code(own.identity, Buffer.from('nothing')), 'not-age')
})
