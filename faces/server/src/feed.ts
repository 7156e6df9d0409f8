import { routes } from '@tandem/contract'
import { Refusal } from '@tandem/core'
import type { Change } from '@tandem/work'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { keyOf } from './credentials.ts'
import { Follower } from './follower.ts'
import { handOver } from './headers.ts'
import type { Sealer } from './seal.ts'
import type { Sessions } from './sessions.ts'
import type { Work } from './work.ts'

const PAGE = 500
/** A listener that was away longer than this many changes is told to load everything again. */
const MOST_MISSED = 5_000

export interface FeedTimes {
  readonly look: number
  readonly check: number
  readonly beat: number
}

/** One look at the database for all listeners; each is told only of its own agency's and operation's changes. */
export class Feed {
  readonly #work: Work
  readonly #sealer: Sealer
  readonly #times: FeedTimes
  readonly #followers = new Set<Follower>()
  #position: string | null = null
  #timers: NodeJS.Timeout[] = []
  #looking: Promise<void> | null = null
  #starting: Promise<void> | null = null
  #checking: Promise<void> | null = null

  constructor(work: Work, sealer: Sealer, times: FeedTimes) {
    this.#work = work
    this.#sealer = sealer
    this.#times = times
  }

  register(app: FastifyInstance, sessions: Sessions, perSession: number): void {
    app.get(routes.events.path, async (request, reply) => {
      const { token, held } = await sessions.caller(request)
      const key = keyOf(token)
      const open = [...this.#followers].filter((follower) => follower.key === key).length
      if (open >= perSession) throw new Refusal('TANDEM-RATE-001', 'too many live connections of one session')
      const last = request.headers['last-event-id']
      const follower = new Follower(this.#connection(reply), this.#sealer, { key, token, held })
      await this.#follow(follower, typeof last === 'string' ? this.#sealer.open('feed position', last) : null)
    })
    app.addHook('preClose', async () => this.close())
  }

  /** Are the listeners of this session, or of all, still signed in, and under which operation? */
  async check(session?: string): Promise<void> {
    const bySession = new Map<string, Follower[]>()
    for (const follower of this.#followers) {
      if (session !== undefined && follower.key !== session) continue
      bySession.set(follower.key, [...(bySession.get(follower.key) ?? []), follower])
    }
    // A few at a time: the check must not crowd out the work.
    const waiting = bySession.values()
    const lane = async (): Promise<void> => {
      for (const followers of waiting) await this.#checkOne(followers)
    }
    await Promise.all([lane(), lane(), lane(), lane()])
  }

  close(): void {
    for (const follower of this.#followers) follower.end('closing')
    this.#stop()
  }

  #connection(reply: FastifyReply) {
    reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
    handOver(reply)
    reply.raw.writeHead(200)
    return reply.raw
  }

  async #follow(follower: Follower, last: string | null): Promise<void> {
    this.#followers.add(follower)
    follower.onEnd(() => {
      this.#followers.delete(follower)
      if (this.#followers.size === 0) this.#stop()
    })
    try {
      this.#starting ??= this.#start()
      await this.#starting
      if (last !== null) await this.#catchUp(follower, last)
      follower.live(this.#position ?? '')
    } catch {
      // The browser connects again by itself and names where it stood.
      follower.end('closing')
    }
  }

  async #start(): Promise<void> {
    this.#timers = [
      setInterval(() => void this.#look(), this.#times.look),
      setInterval(() => void this.#checkAll(), this.#times.check),
      setInterval(() => {
        for (const follower of this.#followers) follower.beat()
      }, this.#times.beat),
    ]
    this.#position = await this.#work.latestChange()
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    this.#starting = null
    this.#position = null
  }

  #checkAll(): Promise<void> {
    this.#checking ??= this.check().finally(() => {
      this.#checking = null
    })
    return this.#checking
  }

  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce()
      // The database is away: the next look tries again.
      .catch(() => {})
      .finally(() => {
        this.#looking = null
      })
    return this.#looking
  }

  async #lookOnce(): Promise<void> {
    let page: Change[]
    do {
      if (this.#position === null) return
      page = await this.#work.changesAfter(this.#position, PAGE)
      if (this.#position === null) return
      this.#position = page.at(-1)?.position ?? this.#position
      for (const follower of this.#followers) follower.offer(page)
    } while (page.length === PAGE)
  }

  async #catchUp(follower: Follower, last: string): Promise<void> {
    let after = last
    for (let read = 0; read < MOST_MISSED; read += PAGE) {
      const page = await this.#work.changesAfter(after, PAGE)
      follower.missed(page)
      after = page.at(-1)?.position ?? after
      if (page.length < PAGE) return
    }
    follower.reset()
  }

  async #checkOne(followers: readonly Follower[]): Promise<void> {
    const [first] = followers
    if (first === undefined) return
    try {
      const held = await this.#work.sessionOf(first.token)
      for (const follower of followers) {
        if (held === null || held.secondFactor === 'awaited') follower.end('signed out')
        else follower.standsAs(held)
      }
    } catch {
      // Whether the session stands cannot be known: nothing more is told until it is.
      for (const follower of followers) follower.end('closing')
    }
  }
}
