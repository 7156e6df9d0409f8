import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { clearCookie, cookieOf, setCookie } from '../src/cookie.ts'

test('the value under a name is found among others, the first of two, and none in what only looks like it', async () => {
  const app = Fastify()
  app.get('/', async (request) => ({ value: cookieOf(request, 'tandem') }))
  for (const [header, value] of [
    ['tandem=abc', 'abc'],
    ['other=1; tandem=abc', 'abc'],
    ['tandem=abc; tandem=def', 'abc'],
    ['xtandem=abc; tandemx=abc', ''],
    ['tandem', ''],
    ['=tandem', ''],
    [';;;', ''],
    ['tandem=a=b', 'a=b'],
    [`${'x=y;'.repeat(500)}tandem=abc`, 'abc'],
  ] as const) {
    const { value: found } = (await app.inject({ url: '/', headers: { cookie: header } })).json<{ value: string }>()
    assert.equal(found, value, header)
  }
  assert.equal((await app.inject('/')).json<{ value: string }>().value, '')
})

test('a cookie is for the whole site, for no script, and cannot carry an attribute of its own', async () => {
  const app = Fastify()
  const shape = { sameSite: 'Strict', secure: true } as const
  app.get('/', async (_request, reply) => {
    clearCookie(reply, 'one', shape)
    setCookie(reply, 'two', 'abc', shape, 60)
    assert.throws(() => setCookie(reply, 'three', 'a; Domain=other.example', shape), TypeError)
    return {}
  })
  assert.deepEqual((await app.inject('/')).headers['set-cookie'], [
    'one=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; Secure; SameSite=Strict',
    'two=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
  ])
})
