import assert from 'node:assert/strict'
import { it } from 'node:test'
import { problem } from '@tandem/contract'
import { desk, fakeServer, withBearer, withCookie } from './fake-work.ts'

const host = { host: 'localhost:7373' }

it('files of a log are handed to a session and to nobody else', async () => {
  const { app, work } = await fakeServer()
  work.logFiles.set('agency-a checkpoint', Buffer.from('note\n'))
  work.logFiles.set('agency-a tile/0/x001/234.p/7', Buffer.of(0, 1, 255))
  const url = '/ledger/agency-a/checkpoint'
  assert.equal((await app.inject({ url, headers: desk })).statusCode, 401)
  const awaited = work.session({ secondFactor: 'awaited' })
  assert.equal((await app.inject({ url, headers: withBearer(awaited) })).statusCode, 403)
  const token = work.session()
  for (const headers of [withBearer(token), withCookie(token)]) {
    const note = await app.inject({ url, headers })
    assert.equal(note.statusCode, 200)
    assert.equal(note.headers['content-type'], 'text/plain; charset=utf-8')
    assert.equal(note.headers['cache-control'], 'no-store')
    assert.equal(note.body, 'note\n')
  }
  const tile = await app.inject({ url: '/ledger/agency-a/tile/0/x001/234.p/7', headers: withBearer(token) })
  assert.deepEqual(tile.rawPayload, Buffer.of(0, 1, 255))
  for (const other of ['/ledger/agency-b/checkpoint', '/ledger/agency-a/..%2f..%2fkeys', '/ledger/agency-a/'])
    assert.equal((await app.inject({ url: other, headers: withBearer(token) })).statusCode, 404, other)
})

it('a witness answers without a session, in the form of the protocol; what is no checkpoint is not read', async () => {
  const { app, work } = await fakeServer()
  const ask = (name: string, payload: string | Buffer, headers = {}) =>
    app.inject({
      method: 'POST',
      url: `/witness/${name}/add-checkpoint`,
      headers: { ...host, 'content-type': 'text/plain', ...headers },
      payload,
    })
  const answer = await ask('agency-a', 'old 0\n\nnote')
  assert.deepEqual([answer.statusCode, answer.headers['content-type'], answer.body], [409, 'text/x.tlog.size', '7\n'])
  assert.deepEqual(work.witnessed, ['old 0\n\nnote'])
  const code = async (name: string, payload: string | Buffer) => problem.parse((await ask(name, payload)).json()).code
  assert.equal(await code('agency-b', 'old 0\n\nnote'), 'TANDEM-FIND-001')
  assert.equal(await code('agency-a', Buffer.from([0xff, 0xfe])), 'TANDEM-INPUT-001')
  assert.equal(await code('agency-a', 'x'.repeat(200_000)), 'TANDEM-INPUT-002')
  assert.equal(work.witnessed.length, 1)
  assert.equal((await app.inject({ url: '/witness/agency-a/add-checkpoint', headers: host })).statusCode, 404)
})
