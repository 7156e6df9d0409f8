import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fakeServer, freePort, id } from './fake-work.ts'

const closing: (() => Promise<unknown>)[] = []
after(() => Promise.all(closing.map((close) => close())))

async function listening(rates = {}) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const { app, work } = await fakeServer({ origin, rates, feed: { look: 15, check: 40, beat: 30 } })
  await app.listen({ port, host: 'localhost' })
  closing.push(() => app.close())
  const listen = async (token: Buffer, last?: string) => {
    const response = await fetch(`${origin}/api/events`, {
      headers: {
        authorization: `Bearer ${token.toString('base64url')}`,
        ...(last === undefined ? {} : { 'last-event-id': last }),
      },
    })
    return collect(response)
  }
  let number = 0
  const happen = (operation: string, topic: string, agency = 'agency-1') => {
    number += 1
    work.changes = [...work.changes, { position: at(number), agency, operation, topic, subject: id }]
  }
  const skipTo = (to: number) => {
    number = to
  }
  return { app, work, listen, happen, skipTo }
}

async function collect(response: Response) {
  const events: { event: string; id: string; data: string }[] = []
  let text = ''
  let isOver = false
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? ''
        if (part.includes('event:')) events.push({ event: field('event'), id: field('id'), data: field('data') })
        else if (part.startsWith(':')) events.push({ event: 'beat', id: '', data: '' })
      }
    }
  })().catch(() => {})
  void reading.then(() => {
    isOver = true
  })
  const until = async (is: () => boolean) => {
    for (let tries = 0; tries < 200 && !is(); tries++) await pause(10)
    assert.ok(is(), `waited in vain; heard ${JSON.stringify(events)}`)
  }
  const topics = () => events.filter((each) => each.event === 'change').map((each) => JSON.parse(each.data).topic)
  if (response.status === 200) await until(() => events.some((each) => each.event === 'ready'))
  return { status: response.status, events, topics, until, isOver: () => isOver }
}

const at = (number: number): string => String(number).padStart(20, '0')

describe('the feed of changes', () => {
  it('tells each session of its own agency and operation alone, and gives no number away', async () => {
    const { work, listen, happen, skipTo } = await listening()
    skipTo(4711)
    happen('operation-1', 'before')
    const mine = await listen(work.session())
    const other = await listen(work.session({ person: 'p2', agency: 'agency-2', operation: 'operation-1' }))
    const elsewhere = await listen(work.session({ person: 'p3', operation: 'operation-9' }))
    const nowhere = await listen(work.session({ person: 'p4', operation: null }))
    happen('operation-1', 'first')
    happen('operation-1', 'foreign', 'agency-2')
    happen('operation-9', 'nine')
    happen('operation-1', 'second')
    await mine.until(() => mine.topics().length === 2)
    await other.until(() => other.topics().length === 1)
    await elsewhere.until(() => elsewhere.topics().length === 1)
    await mine.until(() => mine.events.some((each) => each.event === 'beat'))
    assert.deepEqual(mine.topics(), ['first', 'second'])
    assert.deepEqual(other.topics(), ['foreign'])
    assert.deepEqual(elsewhere.topics(), ['nine'])
    assert.deepEqual(nowhere.topics(), [])
    const told = mine.events.filter((each) => each.event === 'change').map((each) => JSON.parse(each.data))
    assert.deepEqual(told, [
      { number: 1, topic: 'first', id },
      { number: 2, topic: 'second', id },
    ])
    assert.doesNotMatch(JSON.stringify(mine.events), /471\d/)
  })

  it('is looked at once for all, and not at all while nobody listens', async () => {
    const { work, listen } = await listening()
    await pause(60)
    assert.equal(work.lookups.length, 0)
    const listeners = await Promise.all(Array.from({ length: 5 }, () => listen(work.session())))
    const before = work.lookups.length
    await pause(150)
    const looks = work.lookups.length - before
    assert.ok(looks >= 3 && looks <= 11, `one look an interval, not ${looks}`)
    assert.ok(listeners.every((each) => each.status === 200))
  })

  it('resumes where a listener stood, without gap or repeat; a position of its own making is worth nothing', async () => {
    const { work, listen, happen } = await listening()
    const token = work.session()
    const first = await listen(token)
    happen('operation-1', 'one')
    await first.until(() => first.topics().length === 1)
    const last = first.events.find((each) => each.event === 'change')?.id
    happen('operation-1', 'two')
    happen('operation-9', 'hidden')
    happen('operation-1', 'three')
    const again = await listen(token, last)
    happen('operation-1', 'four')
    await again.until(() => again.topics().length === 3)
    assert.deepEqual(again.topics(), ['two', 'three', 'four'])
    const forged = await listen(work.session(), '0')
    happen('operation-1', 'five')
    await forged.until(() => forged.topics().length === 1)
    assert.deepEqual(forged.topics(), ['five'])
  })

  it('a listener away for too long is told to load again', async () => {
    const { work, listen, happen } = await listening()
    const first = await listen(work.session())
    const last = first.events.find((each) => each.event === 'ready')?.id
    work.changes = Array.from({ length: 6000 }, (_, index) => ({
      position: at(index + 1),
      agency: 'agency-2',
      operation: 'operation-1',
      topic: 'busy',
      subject: id,
    }))
    void happen
    const again = await listen(work.session(), last)
    assert.ok(again.events.some((each) => each.event === 'reset'))
  })

  it('ends when the session ends, moves when it chooses another operation', async () => {
    const { work, listen, happen } = await listening()
    const token = work.session()
    const listener = await listen(token)
    const held = work.sessions.get(token.toString('hex'))
    assert.ok(held)
    work.sessions.set(token.toString('hex'), { ...held, operation: 'operation-2' })
    await pause(100)
    happen('operation-1', 'old')
    happen('operation-2', 'new')
    await listener.until(() => listener.topics().length === 1)
    assert.deepEqual(listener.topics(), ['new'])
    work.sessions.delete(token.toString('hex'))
    await listener.until(() => listener.isOver())
    assert.equal(listener.events.at(-1)?.event, 'ended')
    happen('operation-2', 'after the end')
    await pause(40)
    assert.deepEqual(listener.topics(), ['new'])
    assert.equal((await listen(token)).status, 401)
  })

  it('one session has a few connections, an unfinished sign-in none', async () => {
    const { work, listen } = await listening({ feedsPerSession: 2 })
    const token = work.session()
    const statuses = [(await listen(token)).status, (await listen(token)).status, (await listen(token)).status]
    assert.deepEqual(statuses, [200, 200, 429])
    assert.equal((await listen(work.session({ secondFactor: 'awaited' }))).status, 403)
  })

  it('closing the server ends it', async () => {
    const { app, work, listen } = await listening()
    const listener = await listen(work.session())
    assert.equal(listener.status, 200)
    await app.close()
    await listener.until(() => listener.isOver())
  })
})
