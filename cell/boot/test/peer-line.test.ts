import assert from 'node:assert/strict'
import { connect as connectPlain, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectSecure, createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { makeAuthority, makeCertificate } from '../src/peers/certificates.ts'
import { agencyOf, door, honest, knock, line, nameOf, peerOf, type Side, side } from './peer-ends.ts'
import { atEnd } from './training-folder.ts'

const [crime, signals, coast] = [await side('crime-agency'), await side('signals-agency'), await side('coast-agency')]

test('a message and its answer, between two agencies that pinned each other', async (t) => {
  const there = await door(t, [agencyOf(signals, [[crime, 1]])])
  const here = agencyOf(crime, [[signals, there.port]])
  const way = line(here)
  const answer = await way.ask(peerOf(here, signals), 'deconfliction', Buffer.from('first'))
  assert.ok(answer.ok, way.problems.join())
  assert.equal(Buffer.from(answer.value).toString(), 'heard 5')
  // Who asks is proved by the connection, in the words of the agency that is asked.
  assert.deepEqual(there.asked, [
    { peer: { name: crime.name, agency: `id of ${signals.name}` }, topic: 'deconfliction', text: 'first' },
  ])
  assert.ok((await way.hello(peerOf(here, signals))).ok)
  assert.equal(there.asked.length, 1)
  const long = Buffer.alloc(1024 * 1024, 'x')
  assert.ok((await way.ask(peerOf(here, signals), 'release', long)).ok)
  assert.equal(there.asked[1]?.text.length, long.length)
  for (const [what, length] of [
    ['1 KiB', 1_024],
    ['256 KiB', 262_144],
  ] as const) {
    const took: number[] = []
    for (let each = 0; each < 20; each++) {
      const began = performance.now()
      assert.ok((await way.ask(peerOf(here, signals), 'release', Buffer.alloc(length))).ok)
      took.push(performance.now() - began)
    }
    const middle = took.toSorted((a, b) => a - b)[10] ?? 0
    t.diagnostic(
      `a message of ${what}, with its handshake, both ends in one process: ${middle.toFixed(1)} ms (median of 20)`,
    )
  }
  const before = there.asked.length
  // A session of before is not taken up again, whatever a caller keeps.
  const sessions: Buffer[] = []
  const first = await knock(honest(crime, signals, there.port), '/hello', '', (each) => void sessions.push(each))
  assert.equal(first.status, 200)
  assert.deepEqual(first.handshake, { protocol: 'TLSv1.3', group: 'X25519MLKEM768', reused: false })
  const [session] = sessions
  const second = await knock({ ...honest(crime, signals, there.port), ...(session === undefined ? {} : { session }) })
  assert.deepEqual([second.status, second.handshake?.reused, there.asked.length - before], [200, false, 1])
})

test('every handshake of the line is hybrid, or there is none', async (t) => {
  const there = await door(t, [agencyOf(signals, [[crime, 1]])])
  const well = honest(crime, signals, there.port)
  const { status, handshake } = await knock(well)
  assert.deepEqual([status, handshake?.group], [200, 'X25519MLKEM768'])
  for (const ecdhCurve of ['X25519', 'prime256v1', 'X25519:prime256v1:X448', 'SecP256r1MLKEM768']) {
    const knocked = await knock({ ...well, ecdhCurve })
    assert.equal(knocked.status, null, ecdhCurve)
    assert.match(knocked.ended ?? '', /HANDSHAKE_FAILURE/)
  }
  for (const maxVersion of ['TLSv1.2', 'TLSv1.1'] as const) {
    const knocked = await knock({ ...well, minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' })
    assert.equal(knocked.status, null, maxVersion)
  }
  assert.equal(there.asked.length, 1)
  assert.ok(there.refused.length >= 6)
})

test('who knocks without being the peer is refused before the message, each in the same words', async (t) => {
  // Signals talks to Crime and to Coast; its neighbour in the same cell talks to Coast alone.
  const neighbour = await side('neighbour-agency')
  const there = await door(t, [
    agencyOf(signals, [
      [crime, 1],
      [coast, 1],
    ]),
    agencyOf(neighbour, [[coast, 1]]),
  ])
  const well = honest(crime, signals, there.port)
  const stranger = await side('crime-agency')
  const now = new Date()
  const refused = new Map<string, object>([
    ['no certificate', { cert: undefined, key: undefined }],
    ['the right name by a foreign authority', { cert: stranger.line.certificate, key: stranger.line.key }],
    ['expired', certified(await makeCertificate(crime.authority, crime.name, now, -1))],
    ['not yet valid', certified(await makeCertificate(crime.authority, crime.name, new Date(+now + 86_400_000)))],
    ['the right authority and another peer’s name', certified(await makeCertificate(crime.authority, coast.name, now))],
    ['a name that begins like it', certified(await makeCertificate(crime.authority, `x.${crime.name}`, now))],
    ['an authority as if it were a certificate', certified(crime.authority)],
    ['another agency of the same cell is meant', { servername: neighbour.name }],
    ['an agency that is not there is meant', { servername: nameOf('nobody') }],
    ['no agency is meant', { servername: '' }],
    ['another protocol on top', { ALPNProtocols: ['http/1.1'] }],
    ['no protocol on top', { ALPNProtocols: undefined }],
  ])
  for (const [what, spoilt] of refused) {
    const knocked = await knock({ ...well, ...spoilt })
    assert.notEqual(knocked.status, 200, what)
    assert.deepEqual(there.asked, [], what)
  }
  assert.ok(there.refused.length >= refused.size - 1, there.refused.join('\n'))
  // The authority of one peer says nothing for another one, though both are known here.
  assert.ok(there.refused.some((why) => /another name than its authority may speak for/.test(why)))
  assert.equal((await knock(well)).status, 200)
  assert.equal((await knock(honest(coast, neighbour, there.port))).status, 200)
})

const certified = ({ certificate, key }: { certificate: string; key: string }) => ({ cert: certificate, key })

test('what was recorded on the wire opens nothing, here or at another agency', async (t) => {
  const neighbour = await side('another-agency')
  assert.equal(neighbour.name.length, signals.name.length)
  const there = await door(t, [agencyOf(signals, [[crime, 1]]), agencyOf(neighbour, [[crime, 1]])])
  const recorded: Buffer[] = []
  const tap = createServer((from) => {
    const to = connectPlain(there.port, '127.0.0.1')
    from.on('data', (bytes) => recorded.push(bytes))
    from.pipe(to).pipe(from)
    for (const end of [from, to]) end.on('error', () => {})
  })
  await new Promise<void>((done) => tap.listen(0, '127.0.0.1', done))
  endWith(t, tap)
  const address = tap.address()
  assert.ok(typeof address === 'object' && address !== null)
  const here = agencyOf(crime, [[signals, address.port]])
  const said = await line(here).ask(peerOf(here, signals), 'release', Buffer.from('once'))
  assert.ok(said.ok)
  assert.equal(there.asked.length, 1)
  const whole = Buffer.concat(recorded)
  assert.ok(whole.length > 1_000)
  assert.equal(whole.includes('once'), false)
  // The name of the agency that is meant stands in clear in a handshake; whoever changes it has spoilt the handshake.
  const meantForTheNeighbour = Buffer.from(whole.toString('latin1').replace(signals.name, neighbour.name), 'latin1')
  assert.notDeepEqual(meantForTheNeighbour, whole)
  for (const bytes of [whole, meantForTheNeighbour]) {
    const again = connectPlain(there.port, '127.0.0.1')
    again.on('error', () => {})
    again.resume()
    again.end(bytes)
    await new Promise((done) => again.once('close', done))
  }
  assert.equal(there.asked.length, 1)
  assert.ok(there.refused.length >= 1)
})

test('bytes that are no handshake get no word back', async (t) => {
  const there = await door(t, [agencyOf(signals, [[crime, 1]])])
  for (const bytes of ['GET / HTTP/1.1\r\nhost: peer\r\n\r\n', '\u0016\u0003\u0001', Buffer.alloc(4_000, 7)]) {
    const socket = connectPlain(there.port, '127.0.0.1')
    socket.on('error', () => {})
    let back = ''
    socket.on('data', (chunk) => {
      back += chunk.toString('latin1')
    })
    socket.end(bytes)
    await new Promise((done) => socket.once('close', done))
    assert.ok(back.length <= 7 && !/HTTP|tandem|error/i.test(back), back)
  }
  assert.deepEqual(there.asked, [])
})

test('a partner that is known is held to sizes, rates and times', async (t) => {
  const limits = { bytes: 1_000, requestMilliseconds: 400, answerMilliseconds: 400, messagesPerPeerAndMinute: 8 }
  const slow = Promise.withResolvers<Uint8Array>()
  const there = await door(t, [agencyOf(signals, [[crime, 1]])], {
    limits,
    door: async (_, topic, body) => {
      if (topic === 'release') return slow.promise
      if (topic === 'checkpoint') throw new Error('a secret of ours')
      return body.length === 1 ? null : Buffer.alloc(body.length === 2 ? 2_000 : 10)
    },
  })
  const well = honest(crime, signals, there.port)
  const statuses: (number | null)[] = []
  for (const [path, body] of [
    ['/deconfliction', 'abc'],
    ['/deconfliction', 'x'.repeat(1_001)],
    ['/deconfliction', 'a'],
    ['/deconfliction', 'ab'],
    ['/checkpoint', 'abc'],
    ['/release', 'abc'],
    ['/unknown', 'abc'],
    ['/deconfliction/../release', 'abc'],
    ['/deconfliction', 'abc'],
    ['/deconfliction', 'abc'],
  ] as const)
    statuses.push((await knock(well, path, body)).status)
  // Two names were unknown and counted for nothing; the tenth is one message too many.
  assert.deepEqual(statuses, [200, 403, 403, 403, 403, 403, 403, 403, 200, 200])
  assert.equal((await knock(well)).status, 403)
  assert.ok(there.refused.some((why) => /too many messages/.test(why)))
  assert.ok(there.refused.some((why) => /a secret of ours/.test(why)))
})

test('whoever hangs up before the answer is still counted for the work it began', async (t) => {
  const work = Promise.withResolvers<Uint8Array>()
  let [now, most] = [0, 0]
  const there = await door(t, [agencyOf(signals, [[crime, 1]])], {
    limits: { messagesAtOnce: 3 },
    door: async () => {
      most = Math.max(most, ++now)
      return work.promise.finally(() => now--)
    },
  })
  const well = honest(crime, signals, there.port)
  for (let at = 0; at < 8; at++) {
    const socket = connectSecure(well)
    socket.on('error', () => {})
    const [before, gone] = [now, new Promise((done) => socket.once('close', done))]
    socket.once(
      'secureConnect',
      () => void socket.write('POST /lookup HTTP/1.1\r\nhost: peer\r\ncontent-length: 1\r\n\r\na'),
    )
    for (let waited = 0; waited < 40 && now === before && !socket.closed; waited++) await sleep(10)
    socket.destroy()
    await gone
  }
  assert.equal(most, 3)
  work.resolve(Buffer.from('done'))
  await sleep(20)
  assert.equal((await knock(well, '/lookup')).status, 200)
})

test('a caller that dawdles is cut, and one that opens many connections is not let in', async (t) => {
  const limits = { requestMilliseconds: 300, handshakeMilliseconds: 300, connections: 3 }
  const there = await door(t, [agencyOf(signals, [[crime, 1]])], { limits })
  const idle = await Promise.all(Array.from({ length: 3 }, () => opened(there.port)))
  const began = performance.now()
  assert.notEqual((await knock(honest(crime, signals, there.port))).status, 200)
  assert.ok(there.refused.some((why) => /too many connections/.test(why)))
  await Promise.all(idle.map((socket) => new Promise((done) => socket.once('close', done))))
  assert.ok(performance.now() - began < 3_000)
  const knocked = knock({ ...honest(crime, signals, there.port) })
  assert.equal((await knocked).status, 200)
  // A handshake that is good, and then half a request.
  const half = connectSecure(honest(crime, signals, there.port))
  half.on('error', () => {})
  half.once(
    'secureConnect',
    () => void half.write('POST /release HTTP/1.1\r\nhost: peer\r\ncontent-length: 5\r\n\r\nab'),
  )
  const cut = performance.now()
  await new Promise((done) => half.once('close', done))
  assert.ok(performance.now() - cut < 3_000)
  assert.equal(there.asked.length, 1)
})

async function opened(port: number): Promise<Socket> {
  const socket = connectPlain(port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((done) => socket.once('connect', done))
  await sleep(20)
  return socket
}

test('whoever knocks without end does not fill the log', async (t) => {
  const there = await door(t, [agencyOf(signals, [[crime, 1]])], { limits: { connections: 1 } })
  const idle = await opened(there.port)
  const knocks = await Promise.all(Array.from({ length: 200 }, () => opened(there.port)))
  await Promise.all(knocks.map((socket) => socket.closed || new Promise((done) => socket.once('close', done))))
  assert.equal(there.refused.length, 21)
  assert.match(there.refused.at(-1) ?? '', /^too many connections; more of the kind are not told for a minute$/)
  idle.destroy()
})

test('what answers is judged before a byte of the message leaves', async (t) => {
  const now = new Date()
  const stranger = await side('signals-agency')
  const well: TlsOptions = {
    minVersion: 'TLSv1.3',
    ecdhCurve: 'X25519MLKEM768',
    ALPNProtocols: ['tandem-peer/1'],
    cert: signals.line.certificate,
    key: signals.line.key,
    ca: crime.authority.certificate,
    requestCert: true,
  }
  const answers = new Map<string, TlsOptions>([
    ['only X25519', { ecdhCurve: 'X25519' }],
    ['only TLS 1.2', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }],
    ['a foreign authority', certified(stranger.line)],
    ['expired', certified(await makeCertificate(signals.authority, signals.name, now, -1))],
    ['the right authority and another name', certified(await makeCertificate(signals.authority, coast.name, now))],
    ['signed by itself', certified(await makeAuthority(now))],
    ['another protocol on top', { ALPNProtocols: ['h2'] }],
    ['no protocol on top', { ALPNProtocols: undefined }],
  ])
  for (const [what, spoilt] of [['as agreed', {}] as const, ...answers]) {
    let heard = ''
    const server = createTlsServer({ ...well, ...spoilt }, (socket) => {
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        heard += bytes.toString('latin1')
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
      })
    })
    server.on('tlsClientError', () => {})
    endWith(t, server)
    const port = await listening(server)
    const here = agencyOf(crime, [[signals, port]])
    const way = line(here)
    const answer = await way.ask(peerOf(here, signals), 'release', Buffer.from('for signals alone'))
    if (what === 'as agreed') {
      assert.ok(answer.ok, way.problems.join())
      assert.match(heard, /for signals alone$/)
      continue
    }
    assert.equal(answer.ok, false, what)
    assert.match(way.problems.join(), /^untrusted: /, what)
    assert.equal(heard, '', what)
  }
  t.diagnostic(`${answers.size} others were refused`)
})

test('silence, absence, refusal and nonsense are told apart', async (t) => {
  const limits = { handshakeMilliseconds: 500, answerMilliseconds: 500, bytes: 1_000 }
  const problemOf = async (port: number, there: Side = signals): Promise<string> => {
    const here = agencyOf(crime, [[there, port]])
    const answer = await line(here, limits).ask(peerOf(here, there), 'release', Buffer.from('abc'))
    return answer.ok ? Buffer.from(answer.value).toString() : answer.error
  }
  const closed = createServer()
  const nobody = await listening(closed)
  await new Promise((done) => closed.close(done))
  assert.equal(await problemOf(nobody), 'unreachable')
  const mute = createServer((socket) => void socket.resume())
  endWith(t, mute)
  assert.equal(await problemOf(await listening(mute)), 'silent')
  const never = Promise.withResolvers<null>()
  const slow = await door(t, [agencyOf(signals, [[crime, 1]])], { door: () => never.promise })
  assert.equal(await problemOf(slow.port), 'silent')
  const unwilling = await door(t, [agencyOf(signals, [[crime, 1]])], { door: async () => null })
  assert.equal(await problemOf(unwilling.port), 'refused')
  const notMine = await door(t, [agencyOf(signals, [[coast, 1]])])
  assert.equal(await problemOf(notMine.port), 'refused')
  for (const nonsense of [
    'HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n',
    'hello\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n',
  ]) {
    const server = createTlsServer({ ...speaking(signals, crime) }, (socket) => {
      socket.on('error', () => {})
      socket.on('data', () => socket.end(`${nonsense}${nonsense.includes('2000') ? 'x'.repeat(2_000) : ''}`))
    })
    endWith(t, server)
    assert.equal(await problemOf(await listening(server)), 'malformed', nonsense)
  }
  const here = agencyOf(crime, [])
  const answer = await line(here).ask(peerOf(here, signals), 'release', Buffer.from('abc'))
  assert.equal(answer.ok ? '' : answer.error, 'unreachable')
})

const speaking = (as: Side, to: Side): TlsOptions => ({
  minVersion: 'TLSv1.3',
  ecdhCurve: 'X25519MLKEM768',
  ALPNProtocols: ['tandem-peer/1'],
  cert: as.line.certificate,
  key: as.line.key,
  ca: to.authority.certificate,
  requestCert: true,
})

/** Servers of the tests keep whatever a caller left open. */
function endWith(t: TestContext, server: ReturnType<typeof createServer>): void {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
  })
  atEnd(t, () => {
    server.close()
    for (const socket of open) socket.destroy()
  })
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
