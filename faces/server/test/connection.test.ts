import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { problem } from '@tandem/contract'
import { fakeServer, freePort, id } from './fake-work.ts'

async function listening() {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const { app, work } = await fakeServer({ origin })
  await app.listen({ port, host: 'localhost' })
  return { app, work, origin }
}

it('an upload that outgrows the limit gets a refusal and not a cut connection, whatever it announced', async () => {
  const { app, work, origin } = await listening()
  try {
    const authorization = `Bearer ${randomBytes(32).toString('base64url')}`
    const headers = { authorization, 'idempotency-key': 'delivery-0001' }
    const announced = await fetch(`${origin}/api/deliveries`, {
      method: 'POST',
      headers,
      body: Buffer.alloc(3_000_000),
    })
    assert.equal(problem.parse(await announced.json()).code, 'TANDEM-INPUT-002')
    const pieces = new ReadableStream({
      async start(controller) {
        for (let at = 0; at < 40; at++) {
          controller.enqueue(new Uint8Array(10_000))
          await pause(1)
        }
        controller.close()
      },
    })
    const options = { method: 'POST', headers, body: pieces, duplex: 'half' } as const
    const streamed = await fetch(`${origin}/api/deliveries`, options)
    assert.equal(problem.parse(await streamed.json()).code, 'TANDEM-INPUT-002')
    assert.equal(work.received.length, 0)
  } finally {
    await app.close()
  }
})

it('closing lets what runs finish', async () => {
  const { app, work, origin } = await listening()
  work.answers = async () => {
    await pause(150)
    return { chosen: true }
  }
  const answering = fetch(`${origin}/api/session/choose`, {
    method: 'POST',
    headers: { authorization: `Bearer ${work.session().toString('base64url')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ operation: id, authority: id, purpose: id }),
  })
  await pause(50)
  const closing = app.close()
  assert.deepEqual(await (await answering).json(), { chosen: true })
  await closing
  await assert.rejects(fetch(`${origin}/healthz`))
})
