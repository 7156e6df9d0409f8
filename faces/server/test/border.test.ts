import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { problem } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { FaceOptions } from '../src/options.ts'
import { makeServer } from '../src/server.ts'
import { desk, FakeWork, fakeServer, id, origin, usual, withBearer, withCookie } from './fake-work.ts'

async function* streamOf(input: unknown): AsyncGenerator<Uint8Array> {
  assert.ok(typeof input === 'object' && input !== null && 'stream' in input)
  assert.ok(input.stream instanceof Object && Symbol.asyncIterator in input.stream)
  const next = input.stream[Symbol.asyncIterator]
  assert.ok(typeof next === 'function')
  const iterator = next.call(input.stream)
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value
}

const codeOf = (response: { json(): unknown }): string => problem.parse(response.json()).code

describe('at the start', () => {
  it('a route without a command ends the start', async () => {
    const work = new FakeWork()
    work.commands = work.commands.filter((name) => name !== 'take')
    await assert.rejects(makeServer(work, usual), /routes without a command: take/)
  })

  it('settings that cannot work are refused', async () => {
    const bad: [Partial<FaceOptions>, RegExp][] = [
      [{ origin: 'http://cell.example' }, /without TLS/],
      [{ origin: 'https://cell.example' }, /secureCookies/],
      [{ secureCookies: true }, /secureCookies/],
      [{ origin: 'http://127.0.0.1:7373', passkeys: 'required' }, /host name/],
      [{ origin: 'http://localhost:7373/desk' }, /origin is/],
      [
        { oidc: [{ name: 'A', issuer: 'http://idp.example', clientId: 'a', redirectUri: `${origin}/auth/callback` }] },
        /not https/,
      ],
      [{ oidc: [{ name: 'A', issuer: 'https://idp.example', clientId: 'a', redirectUri: `${origin}/x` }] }, /redirect/],
    ]
    for (const [options, says] of bad) await assert.rejects(fakeServer(options), says)
  })
})

describe('headers', () => {
  it('every answer carries them, refusals too', async () => {
    const { app } = await fakeServer({
      oidc: [{ name: 'A', issuer: 'https://idp.example/a', clientId: 'a', redirectUri: `${origin}/auth/callback` }],
    })
    for (const url of ['/healthz', '/nothing', '/api/session', '/auth/style.css']) {
      const { headers } = await app.inject({ url, headers: desk })
      const policy = String(headers['content-security-policy'])
      assert.match(policy, /default-src 'none'/)
      assert.match(policy, /script-src 'self';/)
      assert.match(policy, /object-src 'none'/)
      assert.match(policy, /base-uri 'none'/)
      assert.match(policy, /frame-ancestors 'none'/)
      assert.match(policy, /form-action 'self' https:\/\/idp\.example(;|$)/)
      assert.doesNotMatch(policy, /unsafe|data:|\*/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
      assert.equal(headers['strict-transport-security'], undefined)
      assert.equal(headers['cache-control'], 'no-store')
    }
  })

  it('transport security is asked for when there is transport security', async () => {
    const { app } = await fakeServer({ origin: 'https://cell.example', secureCookies: true })
    const { headers } = await app.inject({ url: '/healthz', headers: { host: 'cell.example' } })
    assert.match(String(headers['strict-transport-security']), /max-age=\d{8}/)
  })

  it('another host name is not served', async () => {
    const { app } = await fakeServer()
    for (const host of ['attacker.example:7373', 'localhost', '127.0.0.1:7373']) {
      const response = await app.inject({ url: '/healthz', headers: { host, 'x-forwarded-host': 'localhost:7373' } })
      assert.equal(response.statusCode, 403)
      assert.equal(codeOf(response), 'TANDEM-AUTH-004')
    }
  })
})

describe('who asks', () => {
  it('nobody: no session, an ended one, a malformed token', async () => {
    const { app } = await fakeServer()
    const tried = [desk, withCookie(randomBytes(32)), withBearer(randomBytes(32)), { ...desk, cookie: 'tandem=x' }]
    for (const headers of tried) {
      const response = await app.inject({ url: '/api/session', headers })
      assert.equal(response.statusCode, 401)
      assert.equal(codeOf(response), 'TANDEM-AUTH-001')
    }
  })

  it('a page of another site cannot use the cookie', async () => {
    const { app, work } = await fakeServer()
    work.answers = () => ({ chosen: true })
    const good = withCookie(work.session())
    const body = { operation: id, authority: id, purpose: id }
    const post = (headers: object) =>
      app.inject({ method: 'POST', url: '/api/session/choose', headers: { ...headers }, payload: body })
    assert.equal((await post(good)).statusCode, 200)
    const { 'sec-fetch-site': _site, ...silent } = good
    const { origin: _origin, ...withoutOrigin } = good
    const bad = [
      { ...good, 'sec-fetch-site': 'cross-site' },
      { ...good, 'sec-fetch-site': 'same-site' },
      { ...good, origin: 'http://attacker.example' },
      { ...good, origin: 'null' },
      silent,
      withoutOrigin,
    ]
    for (const headers of bad) {
      const response = await post(headers)
      assert.equal(response.statusCode, 403)
      assert.equal(codeOf(response), 'TANDEM-AUTH-004')
    }
    const read = await app.inject({ url: '/api/session', headers: { ...good, 'sec-fetch-site': 'cross-site' } })
    assert.equal(codeOf(read), 'TANDEM-AUTH-004')
  })

  it('a program carries its token itself', async () => {
    const { app, work } = await fakeServer()
    work.answers = () => ({ chosen: true })
    const payload = { operation: id, authority: id, purpose: id }
    const headers = withBearer(work.session())
    assert.equal((await app.inject({ method: 'POST', url: '/api/session/choose', headers, payload })).statusCode, 200)
    const foreign = { ...headers, origin: 'http://attacker.example' }
    const refused = await app.inject({ method: 'POST', url: '/api/session/choose', headers: foreign, payload })
    assert.equal(codeOf(refused), 'TANDEM-AUTH-004')
  })

  it('signing out ends the session and takes the cookie away', async () => {
    const { app, work } = await fakeServer()
    const headers = withCookie(work.session())
    const out = await app.inject({ method: 'POST', url: '/api/session/sign-out', headers, payload: {} })
    assert.deepEqual(out.json(), { signedOut: true })
    assert.match(String(out.headers['set-cookie']), /^tandem=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
    assert.equal((await app.inject({ url: '/api/session', headers })).statusCode, 401)
  })
})

describe('what is sent', () => {
  const refusedBodies: Record<string, string | Buffer> = {
    'nested deeply': `{"text":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'objects nested deeply': `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
    'a key twice': '{"text":"a","text":"b"}',
    'a key twice, once escaped': '{"text":"a","\\u0074ext":"b"}',
    'a prototype': '{"text":"a","__proto__":{"admin":true}}',
    'a prototype, escaped': '{"text":"a","\\u005f_proto__":{"admin":true}}',
    'a constructor': '{"text":"a","constructor":{"prototype":{"admin":true}}}',
    'an unknown field': '{"text":"a","more":1}',
    'trailing garbage': '{"text":"a"} x',
    'no JSON': 'text=a',
    nothing: '',
    'a NUL': '{"text":"a\\u0000b"}',
    'half a character': '{"text":"\\ud800"}',
    'not UTF-8': Buffer.from([0x7b, 0x22, 0x74, 0x65, 0x78, 0x74, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    'a number beyond all': '{"text":1e999}',
    'a string that does not end': '{"text":"a',
    'a lone backslash': '{"text":"\\',
  }
  for (const [what, payload] of Object.entries(refusedBodies)) {
    it(`is refused: ${what}`, async () => {
      const { app, work } = await fakeServer()
      const headers = { ...withCookie(work.session()), 'content-type': 'application/json' }
      const response = await app.inject({ method: 'POST', url: '/api/search', headers, payload })
      assert.equal(response.statusCode, 400)
      assert.equal(codeOf(response), 'TANDEM-INPUT-001')
      assert.equal(work.inputs.length, 0)
    })
  }

  it('is refused when too large, of another type, or of an unknown query', async () => {
    const { app, work } = await fakeServer()
    const headers = withCookie(work.session())
    const json = { ...headers, 'content-type': 'application/json' }
    const large = JSON.stringify({ text: 'a'.repeat(1024 * 1024) })
    const tooLarge = await app.inject({ method: 'POST', url: '/api/search', headers: json, payload: large })
    assert.equal(codeOf(tooLarge), 'TANDEM-INPUT-002')
    const form = { ...headers, 'content-type': 'text/plain' }
    const typed = await app.inject({ method: 'POST', url: '/api/search', headers: form, payload: '{"text":"a"}' })
    assert.equal(codeOf(typed), 'TANDEM-INPUT-001')
    for (const url of [
      '/api/referrals?wide=1',
      '/api/referrals?limit=1&limit=2',
      '/api/session?x=1',
      '/api/referrals/7',
    ]) {
      assert.equal(codeOf(await app.inject({ url, headers })), 'TANDEM-INPUT-001', url)
    }
  })

  it('a refusal names the field and never its value', async () => {
    const { app, work } = await fakeServer()
    const secret = 'test-selector@person.example'
    const response = await app.inject({
      method: 'POST',
      url: '/api/session/choose',
      headers: withCookie(work.session()),
      payload: { operation: secret, authority: id, purpose: id },
    })
    assert.match(problem.parse(response.json()).detail ?? '', /body\.operation/)
    assert.ok(!response.body.includes(secret))
  })

  it('keys of one name in different objects, and strings that look like keys, are in order', async () => {
    const { refuseTraps } = await import('../src/json-body.ts')
    refuseTraps('[{"a":1,"b":{"a":"a"}},{"a":["b","b","a"]}]')
    refuseTraps('{"a":"b\\":\\"b", "b" : ":"}')
    assert.throws(() => refuseTraps('{"a":{"b":1},"a":2}'), Refusal)
    assert.throws(() => refuseTraps('{"a":{"prototype":1}}'), Refusal)
    refuseTraps(`${'['.repeat(32)}${']'.repeat(32)}`)
    assert.throws(() => refuseTraps(`${'['.repeat(33)}${']'.repeat(33)}`), Refusal)
  })

  it('defaults of the contract reach the command', async () => {
    const { app, work } = await fakeServer()
    await app.inject({ url: '/api/referrals', headers: withCookie(work.session()) })
    const [input] = work.inputs
    assert.ok(typeof input === 'object' && input !== null && 'query' in input)
    assert.deepEqual(input.query, { view: 'queue', limit: 200 })
  })
})

describe('what leaves', () => {
  it('only what the contract names', async () => {
    const { app, work } = await fakeServer()
    work.answers = () => ({ chosen: true, hidden: 'not for the wire' })
    const response = await app.inject({
      method: 'POST',
      url: '/api/session/choose',
      headers: withCookie(work.session()),
      payload: { operation: id, authority: id, purpose: id },
    })
    assert.deepEqual(response.json(), { chosen: true })
  })

  it('an error of ours is told by a reference, in the answer and in the log, and without its words', async () => {
    const lines: string[] = []
    const { app, work } = await fakeServer({ log: { write: (line) => void lines.push(line) } })
    work.answers = () => {
      throw new Error('secret words of a record')
    }
    const url = `/api/referrals/${id}`
    const response = await app.inject({ url, headers: withCookie(work.session()) })
    const told = problem.parse(response.json())
    assert.equal(response.statusCode, 500)
    assert.equal(told.code, 'TANDEM-BUG-001')
    const log = lines.join('')
    assert.ok(log.includes(told.reference))
    assert.ok(log.includes('/api/referrals/:id'))
    assert.ok(!log.includes('secret words') && !log.includes(id) && !response.body.includes('secret words'))
  })

  it('an answer that does not fit the contract does not leave', async () => {
    const { app, work } = await fakeServer()
    work.answers = () => ({ chosen: 'perhaps' })
    const headers = withCookie(work.session())
    const payload = { operation: id, authority: id, purpose: id }
    const response = await app.inject({ method: 'POST', url: '/api/session/choose', headers, payload })
    assert.equal(codeOf(response), 'TANDEM-BUG-001')
    assert.ok(!response.body.includes('perhaps'))
  })

  it('an unknown address or method is nothing here', async () => {
    const { app } = await fakeServer()
    for (const [method, url] of [
      ['GET', '/api/nothing'],
      ['POST', '/api/session'],
      ['GET', '/../../etc/passwd'],
      ['GET', '/%'],
    ] as const) {
      const response = await app.inject({ method, url, headers: desk })
      assert.ok([400, 404].includes(response.statusCode), url)
      assert.match(codeOf(response), /FIND-001|INPUT-001/)
    }
  })

  it('the log has the pattern of a route and never what was asked', async () => {
    const lines: string[] = []
    const { app, work } = await fakeServer({ log: { write: (line) => void lines.push(line) } })
    const headers = withCookie(work.session())
    await app.inject({ url: '/api/referrals?after=test-selector', headers })
    await app.inject({ url: '/nothing/test-selector', headers })
    await app.inject({ url: '/auth/callback?code=test-selector&state=x', headers })
    assert.ok(lines.length >= 3)
    const log = lines.join('')
    assert.ok(!log.includes('test-selector'))
    assert.ok(!log.includes(headers.cookie.slice(7)))
    assert.match(log, /"route":"\/api\/referrals"/)
  })
})

describe('how often', () => {
  it('an address, a session and a sign-in have limits', async () => {
    const { app, work } = await fakeServer({ rates: { perAddress: 8, perSession: 3, signInPerAddress: 2 } })
    const headers = withCookie(work.session())
    const codes: number[] = []
    for (let i = 0; i < 4; i++) codes.push((await app.inject({ url: '/api/session', headers })).statusCode)
    assert.deepEqual(codes, [404, 404, 404, 429])
    const signIns: number[] = []
    for (let i = 0; i < 3; i++) signIns.push((await app.inject({ url: '/auth/sign-in', headers: desk })).statusCode)
    assert.deepEqual(signIns, [200, 200, 429])
    const many = await Promise.all(Array.from({ length: 12 }, () => app.inject({ url: '/nothing', headers: desk })))
    const refused = many.find((response) => response.statusCode === 429)
    assert.ok(refused)
    assert.equal(codeOf(refused), 'TANDEM-RATE-001')
    assert.ok(refused.headers['retry-after'])
  })

  it('a sender has a limit', async () => {
    const { app } = await fakeServer({ rates: { perSender: 2 } })
    const headers = { ...withBearer(randomBytes(32)), 'idempotency-key': 'delivery-0001', 'content-type': 'text/xml' }
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) {
      statuses.push((await app.inject({ method: 'POST', url: '/api/deliveries', headers, payload: 'x' })).statusCode)
    }
    assert.deepEqual(statuses, [200, 200, 429])
  })

  it('opening record after record is slowed and raises an alarm, once, over all sessions of a person', async () => {
    const lines: string[] = []
    const log = { write: (line: string) => void lines.push(line) }
    const { app, work } = await fakeServer({ log, rates: { openingsPerHour: 4 } })
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      const headers = withCookie(work.session())
      statuses.push((await app.inject({ url: `/api/referrals/${id}`, headers })).statusCode)
    }
    assert.deepEqual(statuses, [404, 404, 404, 404, 429, 429])
    const other = withCookie(work.session({ person: 'person-2' }))
    assert.equal((await app.inject({ url: `/api/referrals/${id}`, headers: other })).statusCode, 404)
    assert.equal(lines.filter((line) => line.includes('many records opened')).length, 1)
  })
})

describe('files', () => {
  it('a sender delivers with its key, any type of content, and a name outside the address', async () => {
    const { app, work } = await fakeServer()
    const key = randomBytes(32)
    const headers = {
      ...withBearer(key),
      'content-type': 'application/json',
      'idempotency-key': 'delivery-0001',
      'delivery-name': encodeURIComponent('Bericht März.json'),
    }
    const response = await app.inject({ method: 'POST', url: '/api/deliveries', headers, payload: '{"a":1,"a":2}' })
    assert.equal(response.statusCode, 200)
    assert.deepEqual(work.received, [
      { apiKey: key.toString('hex'), idempotencyKey: 'delivery-0001', name: 'Bericht März.json', bytes: 13 },
    ])
  })

  it('a delivery without key or idempotency key, or by cookie, is refused', async () => {
    const { app, work } = await fakeServer()
    const url = '/api/deliveries'
    const named = { 'idempotency-key': 'delivery-0001', 'content-type': 'text/xml' }
    const cookie = await app.inject({
      method: 'POST',
      url,
      headers: { ...withCookie(work.session()), ...named },
      payload: 'x',
    })
    assert.equal(codeOf(cookie), 'TANDEM-AUTH-001')
    const headers = withBearer(randomBytes(32))
    assert.equal(codeOf(await app.inject({ method: 'POST', url, headers, payload: 'x' })), 'TANDEM-INPUT-001')
    const packed = { ...headers, ...named, 'content-encoding': 'gzip' }
    assert.equal(codeOf(await app.inject({ method: 'POST', url, headers: packed, payload: 'x' })), 'TANDEM-INPUT-001')
    for (const name of ['%', '%00', '']) {
      const odd = { ...headers, ...named, 'delivery-name': name }
      assert.equal(codeOf(await app.inject({ method: 'POST', url, headers: odd, payload: 'x' })), 'TANDEM-INPUT-001')
    }
    assert.equal(work.received.length, 0)
  })

  it('a list comes as a stream to its command, up to the limit', async () => {
    const { app, work } = await fakeServer()
    work.answers = async (_name, input) => {
      let bytes = 0
      for await (const chunk of streamOf(input)) bytes += chunk.length
      assert.equal(bytes, 900)
      throw new Refusal('TANDEM-INPUT-003')
    }
    const url = '/api/lists?name=Test&publisher=Test'
    const headers = { ...withCookie(work.session()), 'content-type': 'text/csv' }
    const fits = await app.inject({ method: 'POST', url, headers, payload: 'a'.repeat(900) })
    assert.equal(codeOf(fits), 'TANDEM-INPUT-003')
    const large = await app.inject({ method: 'POST', url, headers, payload: 'a'.repeat(1001) })
    assert.equal(codeOf(large), 'TANDEM-INPUT-002')
  })
})

describe('health and desk', () => {
  it('says whether the database answers', async () => {
    const { app, work } = await fakeServer()
    assert.deepEqual((await app.inject({ url: '/healthz', headers: desk })).json(), { alive: true, database: true })
    work.databaseAnswers = false
    const away = await app.inject({ url: '/healthz', headers: desk })
    assert.deepEqual(away.json(), { alive: true, database: false })
    assert.equal(away.statusCode, 503)
  })

  it('serves the built files: hashed names for good, pages of the desk by its one document', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>desk</title>')
    writeFileSync(join(folder, 'assets', 'index-B4kX9_2a.js'), 'export {}')
    try {
      const { app } = await fakeServer({ deskFolder: folder })
      const get = (url: string) => app.inject({ url, headers: desk })
      const script = await get('/assets/index-B4kX9_2a.js')
      assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.match(String(script.headers['content-type']), /javascript/)
      for (const url of ['/', '/triage', `/referrals/${id}`]) {
        const page = await get(url)
        assert.equal(page.statusCode, 200, url)
        assert.match(page.body, /<title>desk/)
        assert.equal(page.headers['cache-control'], 'no-cache')
      }
      for (const url of [
        '/assets/gone-12345678.js',
        '/favicon.ico',
        '/api/nothing',
        '/auth/nothing',
        '/..%2f..%2fetc/passwd',
      ]) {
        const missing = await get(url)
        assert.notEqual(missing.statusCode, 200, url)
        assert.ok(!missing.body.includes('<title>desk'), url)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
