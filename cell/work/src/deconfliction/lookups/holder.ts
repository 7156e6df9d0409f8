import { answerOne, lookupRequestProblem, type RunProblem } from '@tandem/blind'
import { Refusal } from '@tandem/core'
import { type Credential, newId } from '@tandem/store'
import type { Peer } from '../../peers/line.ts'
import type { OwnName, PeerAgency } from '../../peers/peers.ts'
import { heldBy, hex, notifyRun, type RunParts } from '../parts.ts'
import { termsText } from '../terms.ts'
import { chance, openBytes, openKey, readRequest, type SignedRequest, sealBytes } from './grants.ts'
import { type LookupAnswer, lookupAnswerBytes, readLookupQuestion } from './wire.ts'

/** More requests of one agency that nobody has decided on are not taken. */
const MOST_WAITING = 20

interface Hearing {
  readonly parts: RunParts
  readonly peer: PeerAgency
  readonly own: OwnName
  readonly lane: Credential
}

/** One message of a peer that the connection has proved. Null: it is refused. */
export async function hearLookup(
  parts: RunParts,
  { name, agency }: Peer,
  body: Uint8Array,
): Promise<Uint8Array | null> {
  const question = readLookupQuestion(body)
  const [peer, own] = [parts.peers.peersOf(agency).find((each) => each.name === name), parts.peers.ownOf(agency)]
  if (question === null || peer === undefined || own === null) return null
  const lanes = await parts.store.gate('gate/lanes', {}, 'tandem_ingest')
  const lane = lanes.find(({ agency_id, kind }) => agency_id === agency && kind === 'endpoint')
  if (lane === undefined) return null
  const hearing: Hearing = { parts, peer, own, lane: { kind: 'lane', lane: lane.lane_id } }
  const answer =
    question.is === 'request' ? await hearRequest(hearing, question.bytes) : await hearQuestion(hearing, question.bytes)
  return lookupAnswerBytes(answer)
}

const refused = (why: RunProblem): LookupAnswer => ({ is: 'refused', why })

async function hearRequest(hearing: Hearing, bytes: Uint8Array): Promise<LookupAnswer> {
  const { peer, own } = hearing
  const read = readRequest(bytes, peer.verify)
  if (typeof read === 'string') return refused(read)
  const problem = lookupRequestProblem(read.request, { asker: peer.name, holder: own.name }, Date.now())
  if (problem !== null) return refused(problem)
  const known = (await find(hearing, read.digest)) ?? (await receive(hearing, read))
  if (known === null) return refused('quota')
  if (known.state === 'received') return { is: 'waiting' }
  if (known.state === 'refused') return refused('refused')
  if (known.state !== 'in force' || known.job_id === null) return refused('stopped')
  return offerAgain(hearing, known.grant_id, known.job_id)
}

/** By what both sides call the grant; the first half of the digest of its request. */
const find = ({ parts, peer, lane }: Hearing, digest: string) =>
  parts.store.within(
    lane,
    async (tx) => {
      const [row] = await tx.run('lookup/of_peer', { peer: peer.name, name: Buffer.from(digest.slice(0, 32), 'hex') })
      return row ?? null
    },
    { reach: 'frame' },
  )

/** Rolls back what stands for a request that is not taken: it leaves its entry, and no key. */
class NotTaken extends Error {}

/** A lane of the agency receives: a request belongs to its operation, as a delivery would. Null: too many wait. */
async function receive(hearing: Hearing, asked: SignedRequest) {
  const { parts, peer, lane } = hearing
  try {
    await take(hearing, asked)
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error
    const { digest } = asked
    await parts.store.within(
      lane,
      async (tx) => {
        tx.record('deconfliction.grant.receive', { peer: peer.name, digest, taken: false })
      },
      { reach: 'frame' },
    )
  }
  return find(hearing, asked.digest)
}

async function take({ parts, peer, lane }: Hearing, { request, bytes, digest }: SignedRequest): Promise<void> {
  await parts.store.within(
    lane,
    async (tx) => {
      const { operation } = tx.standing
      if (operation === null) return
      const id = newId()
      await tx.vault.create(operation, [id])
      const { authority, purpose, approvals } = request
      const terms = termsText({ operation: request.operation, authority, purpose, approvals: [...approvals] })
      const [row] = await tx.run('lookup/receive', {
        operation_id: operation,
        grant_id: id,
        peer: peer.name,
        kinds: [...request.kinds],
        lookups: request.lookups,
        terms_sealed: tx.vault.seal(
          { record: id, table: 'lookup_grant', column: 'terms_sealed', row: id },
          Buffer.from(terms, 'utf8'),
        ),
        request_sealed: sealBytes(tx, id, 'request_sealed', bytes),
        digest: Buffer.from(digest, 'hex'),
        expires_at: new Date(request.expiresAt).toISOString(),
        most_waiting: MOST_WAITING,
      })
      if (row === undefined) throw new NotTaken()
      tx.record('deconfliction.grant.receive', { grant: id, peer: peer.name, digest, taken: true })
      await notifyRun(tx, operation, id)
    },
    { reach: 'frame' },
  )
}

/** The same offer as often as it is asked for: an answer may have been lost on its way. */
async function offerAgain({ parts }: Hearing, grant: string, job: string): Promise<LookupAnswer> {
  return underGrant(() =>
    parts.store.within(heldBy(job), async (tx): Promise<LookupAnswer> => {
      const [row] = await tx.run('lookup/to_answer', { grant_id: grant })
      tx.record('deconfliction.grant.offer', { grant, inForce: row !== undefined })
      if (row === undefined || row.list_sealed === null) return refused('expired')
      await tx.vault.unlock([grant])
      return { is: 'offer', bytes: openBytes(tx, grant, 'list_sealed', row.list_sealed) }
    }),
  )
}

/** Rolls back what stands for a question that the quota does not admit: its token stays unspent. */
class OverQuota extends Error {}

/**
 * One question: the token is spent, the quota taken and the entry written in the transaction that the answer waits for.
 * Nothing leaves that is not in the ledger, and of two copies at once the unique key lets one through.
 */
async function hearQuestion(hearing: Hearing, bytes: Uint8Array): Promise<LookupAnswer> {
  const { parts, peer, lane } = hearing
  const { store, options } = parts
  const known = bytes.length < 16 ? null : await find(hearing, hex(bytes.subarray(0, 16)))
  if (known === null) return refused('approval')
  const { grant_id: grant, job_id: job } = known
  if (known.state !== 'in force' || job === null) return refused(known.state === 'ended' ? 'stopped' : 'approval')
  try {
    return await underGrant(() =>
      store.within(heldBy(job), async (tx): Promise<LookupAnswer> => {
        const [row] = await tx.run('lookup/to_answer', { grant_id: grant })
        if (row === undefined || row.key_sealed === null) {
          tx.record('deconfliction.lookup.refuse', { grant, why: 'expired' })
          return refused('expired')
        }
        await tx.vault.unlock([grant])
        const held = openKey(tx, grant, row.key_sealed)
        const element = bytes.slice(-32)
        const spent: { number: number; left: number }[] = []
        const answer = await answerOne(
          bytes,
          {
            ...held,
            chance,
            grantOf: async (id) => (id === held.grant.id ? held.grant : null),
            async spend(_, number) {
              const [fresh] = await tx.run('lookup/spend', { grant_id: grant, number, element: Buffer.from(element) })
              if (fresh === undefined) return false
              const quota = { peer: peer.name, questions: 1, allowed: options.questions, hours: options.hours }
              const left = (await tx.run('gate/take_questions', quota))[0]?.left_over ?? null
              if (left === null) throw new OverQuota()
              spent.push({ number, left })
              return true
            },
          },
          Date.now(),
        )
        if (!answer.ok) {
          // Of a token that was spent before the engine says the quota is used up: to a replay it was answered already.
          const why = answer.error === 'quota' ? 'repeated' : answer.error
          tx.record('deconfliction.lookup.refuse', { grant, why })
          return refused(why)
        }
        tx.record('deconfliction.lookup.answer', { grant, element: hex(element), ...spent[0] })
        return { is: 'answer', bytes: answer.value }
      }),
    )
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error
    await store.within(
      lane,
      async (tx) => {
        tx.record('deconfliction.lookup.refuse', { grant, why: 'quota' })
      },
      { reach: 'frame' },
    )
    return refused('quota')
  }
}

/** When the authority of whoever accepted has ended, or their rights were given back, there is no answer any more. */
async function underGrant(work: () => Promise<LookupAnswer>): Promise<LookupAnswer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && (error.code.startsWith('TANDEM-LAW-') || error.code.startsWith('TANDEM-AUTH-')))
      return refused('approval')
    throw error
  }
}
