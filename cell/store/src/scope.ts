import { randomBytes } from 'node:crypto'
import type { ConnectionOptions } from 'node:tls'
import { type Json, Refusal } from '@tandem/core'
import { type LedgerOpening, leafBytes, leafOf } from '@tandem/core/ledger-entry'
import pg from 'pg'
import {
  type CataloguedQuery,
  type Parameters,
  type QueryName,
  type Row,
  readCatalogue,
  valuesFor,
} from './catalogue.ts'
import { refusalOf } from './errors.ts'
import { newId } from './ids.ts'
import type { AgencyKeys } from './keys/agency-keys.ts'
import { RecordVault } from './keys/record-vault.ts'
import type { Login, Passwords } from './logins.ts'
import { sendTogether } from './send-together.ts'
import { typeParsers } from './types.ts'

/** What proves who acts. A session token works on its own login alone; lanes and jobs only on ingest. */
export type Credential =
  | { readonly kind: 'session'; readonly login: Login; readonly token: Buffer }
  | { readonly kind: 'lane'; readonly lane: string }
  /** A job is its worker's while the lease of this attempt stands. */
  | { readonly kind: 'job'; readonly job: string; readonly attempt: number }

/** Who acts in this transaction, as the database established it. */
export interface Standing {
  readonly cell: string
  readonly agency: string
  readonly person: string
  readonly role: string
  readonly operation: string | null
  readonly authority: string | null
  readonly purpose: string | null
  readonly authorised: boolean
  readonly purposed: boolean
  /** The database's clock when the transaction began, RFC 3339 UTC. */
  readonly now: string
}

/** Statements that are asked together are sent together and worked off in the order in which they were asked. */
export interface Transaction {
  readonly standing: Standing
  /** Seals and opens what is the acting agency's. */
  readonly vault: RecordVault
  run<N extends QueryName>(name: N, parameters: Parameters<N>): Promise<Row<N>[]>
  /** Exactly one row, or TANDEM-FIND-001: absent and hidden look the same. */
  one<N extends QueryName>(name: N, parameters: Parameters<N>): Promise<Row<N>>
  /** What the ledger will say of this transaction. A transaction that records nothing cannot commit. */
  record(verb: string, object: Json): Recorded
}

/** An entry as it stands in the ledger once its transaction is committed: whoever must prove it later keeps it. */
export interface Recorded {
  readonly entry: string
  readonly opening: LedgerOpening
  readonly leaf: Buffer
}

export interface ScopeOptions {
  /**
   * `frame`: only the frame of the work (own authorities, people, health), for which no authority is needed and
   * which need not be recorded, because nothing about a subject is in it.
   */
  readonly reach?: 'work' | 'frame'
}

export type LogQueries = <N extends QueryName & `log/${string}`>(
  name: N,
  parameters: Parameters<N>,
) => Promise<Row<N>[]>

export interface StoreConfig {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly passwords: Passwords
  readonly keysOf: (agency: string) => AgencyKeys
  readonly poolSize?: number
  readonly ssl?: boolean | ConnectionOptions
}

/** How a transaction ended; unknown when the connection broke while it was being committed. */
export type Outcome = 'committed' | 'rolled back' | 'unknown'

/** The only way to a connection. */
export class Store {
  readonly #config: StoreConfig
  readonly #catalogue = readCatalogue()
  readonly #pools = new Map<Login, pg.Pool>()

  constructor(config: StoreConfig) {
    this.#config = config
  }

  /**
   * One transaction of one person, lane or job: context, work, ledger entries, commit. The result is handed out
   * only after the commit, so what could not be recorded did not happen and nobody saw it.
   */
  async within<T>(
    credential: Credential,
    work: (transaction: Transaction) => Promise<T>,
    options: ScopeOptions = {},
  ): Promise<T> {
    return this.#transaction(loginOf(credential), async (client, last, onEnd) => {
      const isFrame = options.reach === 'frame'
      const standing = await this.#enter(client, credential, isFrame)
      if (!isFrame) {
        if (!standing.authorised) throw new Refusal('TANDEM-LAW-001')
        if (!standing.purposed) throw new Refusal('TANDEM-LAW-002')
      }
      const entries: Recorded[] = []
      const under = underWhat(standing, credential, isFrame)
      let isOver = false
      const run: Transaction['run'] = async (name, parameters) => {
        // Of several asked together one has failed: what another would still ask belongs to no transaction any more.
        if (isOver) throw new Error('the transaction is over')
        return this.#run(client, name, parameters)
      }
      const vault = new RecordVault(() => this.#config.keysOf(standing.agency), run)
      onEnd((outcome) => vault.ended(outcome))
      const transaction: Transaction = {
        standing,
        vault,
        run,
        one: async (name, parameters) => {
          const [row] = await run(name, parameters)
          if (row === undefined) throw new Refusal('TANDEM-FIND-001')
          return row
        },
        record: (verb, object) => {
          const made = recorded(under, verb, object)
          entries.push(made)
          return made
        },
      }
      const result = await work(transaction).finally(() => {
        isOver = true
      })
      if (entries.length === 0 && !isFrame) {
        throw new Error('a transaction that records nothing in the ledger cannot commit')
      }
      if (entries.length > 0) last(this.#append(client, standing.now, entries))
      return result
    })
  }

  /** A single definer function of the gate, on a login that has no table at all. */
  async gate<N extends QueryName & `gate/${string}`>(
    name: N,
    parameters: Parameters<N>,
    login: 'tandem_gate' | 'tandem_ingest' | 'tandem_officer' | 'tandem_supervisor' = 'tandem_gate',
  ): Promise<Row<N>[]> {
    return this.#transaction(login, (client) => this.#run(client, name, parameters))
  }

  /** The order of the logs and the memory of the witnesses, across agencies: commitments and ids, never an opening. */
  async log<T>(work: (run: LogQueries) => Promise<T>): Promise<T> {
    return this.#transaction('tandem_notifier', (client) =>
      work((name, parameters) => this.#run(client, name, parameters)),
    )
  }

  /** The notifier's feed of changed ids, after a position that an earlier row carried; '' is the beginning. */
  async outbox(after: string, limit: number): Promise<Row<'outbox/after'>[]> {
    return this.#feed((client) => this.#run(client, 'outbox/after', { after: String(BigInt(after)), limit }))
  }

  async latestInOutbox(): Promise<string> {
    const [row] = await this.#feed((client) => this.#run(client, 'outbox/latest', {}))
    return row?.position ?? ''
  }

  /** Places are given before every look, so that nothing committed waits for another look. */
  #feed<T>(look: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.#transaction('tandem_notifier', async (client) => {
      const [turn] = await this.#run(client, 'outbox/turn', {})
      if (turn?.mine === true) await this.#run(client, 'outbox/place', {})
      return look(client)
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()))
    this.#pools.clear()
  }

  /** `last`: a statement that was sent and need not be waited for before the commit, which fails if it does. */
  async #transaction<T>(
    login: Login,
    work: (
      client: pg.PoolClient,
      last: (sent: Promise<void>) => void,
      onEnd: (tell: (outcome: Outcome) => void) => void,
    ) => Promise<T>,
  ): Promise<T> {
    let client: pg.PoolClient
    try {
      client = await this.#pool(login).connect()
    } catch (error) {
      throw refusalOf(error)
    }
    let broken = false
    let outcome: Outcome = 'rolled back'
    let tell: (outcome: Outcome) => void = () => {}
    try {
      sendTogether(client)
      const sent: Promise<unknown>[] = [client.query('BEGIN')]
      const working = work(
        client,
        (statement) => sent.push(statement),
        (told) => {
          tell = told
        },
      )
      const [result] = await Promise.all([working, sent[0]])
      // Until the answer is here nobody can tell; an answer that refuses says that nothing happened.
      outcome = 'unknown'
      // Behind a statement that failed the server answers a commit with a rollback.
      const commit = client.query('COMMIT')
      await Promise.all([...sent, commit])
      if ((await commit).command !== 'COMMIT') throw new NotCommitted('the server did not commit')
      outcome = 'committed'
      return result
    } catch (error) {
      if (isRefused(error)) outcome = 'rolled back'
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      throw refusalOf(error)
    } finally {
      client.release(broken)
      tell(outcome)
    }
  }

  async #enter(client: pg.PoolClient, credential: Credential, isFrame: boolean): Promise<Standing> {
    const [row] =
      credential.kind === 'session'
        ? await this.#run(client, isFrame ? 'gate/begin_frame' : 'gate/begin', { token: credential.token })
        : credential.kind === 'lane'
          ? await this.#run(client, 'gate/begin_lane', { lane: credential.lane })
          : await this.#run(client, 'gate/begin_job', { job: credential.job, attempt: credential.attempt })
    if (row === undefined) throw new Refusal('TANDEM-AUTH-001')
    return {
      cell: row.cell_id,
      agency: row.agency_id,
      person: row.person_id,
      role: row.role,
      operation: row.operation_id,
      authority: row.authority_id,
      purpose: row.purpose_id,
      authorised: row.authorised,
      purposed: row.purposed,
      now: row.now,
    }
  }

  /** The one writer of the ledger. */
  async #append(client: pg.PoolClient, at: string, prepared: readonly Recorded[]): Promise<void> {
    try {
      await this.#run(client, 'ledger/append', {
        entry_ids: prepared.map((each) => each.entry),
        leaves: prepared.map((each) => each.leaf),
        salts: prepared.map((each) => Buffer.from(each.opening.salt)),
        verbs: prepared.map((each) => each.opening.verb),
        objects: prepared.map((each) => JSON.stringify(each.opening.object)),
        at,
      })
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      // A server that goes down in this very moment is away, as at any other statement; it has refused nothing.
      const refusal = refusalOf(error)
      throw refusal.code === 'TANDEM-STORE-001' ? refusal : new Refusal('TANDEM-STORE-002')
    }
  }

  async #run<N extends QueryName>(client: pg.PoolClient, name: N, parameters: Parameters<N>): Promise<Row<N>[]> {
    const query = this.#query(name)
    sendTogether(client)
    const given: { readonly [parameter: string]: unknown } = { ...parameters }
    const { rows } = await client.query<Row<N>>({
      name: query.name,
      text: query.text,
      values: valuesFor(query, given),
    })
    return rows
  }

  #query(name: string): CataloguedQuery {
    const query = this.#catalogue.get(name)
    if (query === undefined) throw new Error(`no such query in the catalogue: ${name}`)
    return query
  }

  #pool(login: Login): pg.Pool {
    const present = this.#pools.get(login)
    if (present !== undefined) return present
    const pool = new pg.Pool({
      host: this.#config.host,
      port: this.#config.port,
      database: this.#config.database,
      user: login,
      password: this.#config.passwords[login],
      max: this.#config.poolSize ?? 8,
      connectionTimeoutMillis: 10_000,
      types: typeParsers,
      ssl: this.#config.ssl ?? false,
      // A round trip wakes two processes; what is asked together makes one.
      pipeline: true,
      application_name: login,
      // No query of the catalogue needs longer; a run-away must not hold a lock or a core.
      statement_timeout: 60_000,
      // A plan is kept for as long as its connection: made while a table is empty, it must not read the whole of it later.
      options: '-c TimeZone=UTC -c DateStyle=ISO -c enable_seqscan=off -c plan_cache_mode=force_generic_plan',
    })
    // An idle connection that the server cuts is replaced at the next use.
    pool.on('error', () => {})
    // One that is cut while a transaction waits for something else than the database fails at its next query.
    pool.on('connect', (client) => client.on('error', () => {}))
    this.#pools.set(login, pool)
    return pool
  }
}

function recorded(standing: Standing, verb: string, object: Json): Recorded {
  const opening = {
    salt: randomBytes(32),
    who: standing.person,
    verb,
    object,
    at: standing.now,
    authority: standing.authority,
    purpose: standing.purpose,
  }
  const entry = newId()
  return { entry, opening, leaf: leafBytes(leafOf(standing.cell, standing.agency, entry, opening)) }
}

class NotCommitted extends Error {}

/** The server said no, to a statement or to the commit behind it. Silence, or a server that goes down, says nothing. */
const isRefused = (error: unknown): boolean =>
  error instanceof NotCommitted ||
  error instanceof Refusal ||
  (error instanceof pg.DatabaseError && !/^(08|57)/.test(error.code ?? ''))

/** What a person did in the frame of the work was done under no authority, and the ledger says so. */
function underWhat(standing: Standing, credential: Credential, isFrame: boolean): Standing {
  return isFrame && credential.kind === 'session' ? { ...standing, authority: null, purpose: null } : standing
}

function loginOf(credential: Credential): Login {
  return credential.kind === 'session' ? credential.login : 'tandem_ingest'
}
