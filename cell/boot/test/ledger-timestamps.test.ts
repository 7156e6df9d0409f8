import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { timestampRequest, verifyTimestamp } from '@tandem/ledger'
import { noTimestampAuthority, testAuthority } from '@tandem/testkit'
import { timestampsOf } from '../src/ledger/timestamps.ts'

test('an authority of the settings is asked over HTTP as RFC 3161 says; what is wrong with it is said in words', {
  skip: noTimestampAuthority() ?? false,
}, async (t) => {
  const authority = testAuthority()
  let sent = 0
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    if (request.url === '/broken') return void response.writeHead(500).end()
    if (request.url === '/long') return void response.end(Buffer.alloc(70_000))
    if (request.url === '/endless') {
      for (; !response.closed; sent += 65_536) if (!response.write(Buffer.alloc(65_536))) await sleep(1)
      return
    }
    if (request.url === '/away') return void response.writeHead(302, { location: '/' }).end()
    assert.equal(request.headers['content-type'], 'application/timestamp-query')
    response.setHeader('content-type', 'application/timestamp-reply')
    response.end(authority.answer(Buffer.concat(parts)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    authority.close()
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const settings = (path: string, root = authority.root) => ({
    timestamps: {
      everyHours: 24,
      authorities: [{ name: 'test', url: `http://127.0.0.1:${address.port}${path}`, roots: [root] }],
    },
  })
  const [only] = timestampsOf(settings('/')).authorities
  assert.ok(only !== undefined)
  const text = Buffer.from('tandem/test\n1\nroot\n')
  const token = await only.ask(timestampRequest(text))
  assert.ok(verifyTimestamp(token, text, { anchors: only.roots, others: [] }).ok)
  const says = async (path: string) => {
    const [each] = timestampsOf(settings(path)).authorities
    return each?.ask(timestampRequest(text)).catch((error: Error) => error.message)
  }
  assert.equal(await says('/broken'), 'It answered with status 500.')
  assert.equal(await says('/long'), 'Its answer is too long.')
  // Nobody reads an answer to its end that has none.
  assert.equal(await says('/endless'), 'Its answer is too long.')
  await sleep(200)
  const before = sent
  await sleep(200)
  assert.ok(sent === before && sent < 64 * 1024 * 1024, `${sent} bytes`)
  assert.match(String(await says('/away')), /No answer/)
  assert.throws(() => timestampsOf(settings('/', 'no certificate')), /test in cell\.json is no certificate in PEM/)
  assert.deepEqual(timestampsOf({}).authorities, [])
})
