import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import {
  type AskerState,
  type AskerTools,
  ask,
  askerHears,
  type Compute,
  type Entry,
  type HolderState,
  type HolderTools,
  holderAccepts,
  holderHears,
  holderHearsRequest,
  inputOf,
  inThisThread,
  paddedSize,
  ristretto255,
  signerOf,
  verifierOf,
} from '@tandem/blind'

export interface Sets {
  readonly asked: readonly string[]
  readonly held: readonly string[]
}

export interface Crossing {
  readonly name: string
  /** Processor seconds of each side. */
  readonly client: number
  readonly server: number
  readonly hits: number
  readonly isRun?: boolean
}

const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

const chance = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** The bare exchange without padding and statements, and the run as two agencies make it. */
export const crossings = async (sets: Sets): Promise<Crossing[]> => [await bare(sets), await wholeRun(sets)]

async function bare({ asked, held }: Sets): Promise<Crossing> {
  const inputs = asked.map((each) => inputOf('phone', each))
  const secret = ristretto255.randomScalar(chance)
  const must = async (job: Parameters<Compute>[0]): Promise<Uint8Array[]> => (await inThisThread(job)) ?? []
  let begun = process.cpuUsage()
  const scalars = inputs.map(() => ristretto255.randomScalar(chance))
  const blinded = await must({ do: 'blind', inputs, scalars })
  let client = spent(begun)
  begun = process.cpuUsage()
  const outputs = await must({ do: 'output', secret, inputs: held.map((each) => inputOf('phone', each)) })
  const elements = await must({ do: 'evaluate', secret, elements: blinded })
  const server = spent(begun)
  begun = process.cpuUsage()
  const known = new Set(outputs.map((each) => Buffer.from(each).toString('hex')))
  const own = await must({ do: 'unblind', inputs, scalars, elements })
  const hits = own.filter((each) => known.has(Buffer.from(each).toString('hex'))).length
  client += spent(begun)
  return { name: 'the bare exchange', client, server, hits }
}

async function wholeRun({ asked, held }: Sets): Promise<Crossing> {
  const now = Date.UTC(2026, 4, 4)
  const { asker, holder } = pair()
  const entries = (values: readonly string[]): Entry[] =>
    values.map((value) => ({ reference: value, kind: 'phone', inputs: [inputOf('phone', value)] }))
  const people = [
    { person: 'requester', role: 'requester', at: now },
    { person: 'approver', role: 'approver', at: now },
  ] as const
  const most = paddedSize(Math.max(asked.length, held.length) + 4)
  let [client, server] = [0, 0]
  const timed = async <T>(side: 'client' | 'server', work: () => Promise<T>): Promise<T> => {
    const begun = process.cpuUsage()
    const result = await work()
    if (side === 'client') client += spent(begun)
    else server += spent(begun)
    return result
  }
  const begun = await timed('client', () =>
    ask(
      {
        version: 1,
        suite: 'ristretto255-SHA512',
        asker: 'A',
        holder: 'B',
        operation: 'bench',
        authority: 'bench',
        purpose: 'bench',
        kinds: ['phone'],
        mostAsked: most,
        mostHeld: most,
        epoch: '1',
        grid: null,
        issuedAt: now,
        expiresAt: now + 3_600_000,
        nonce: Buffer.from(chance(32)).toString('hex'),
        approvals: people,
      },
      entries(asked),
      asker,
      now,
    ),
  )
  if (!begun.ok || begun.value.send === null) throw new Error('the request was refused')
  const request = begun.value.send
  let state: AskerState = begun.value.state
  const heard = await timed('server', () => holderHearsRequest(request, holder, now))
  let theirs: { state: HolderState; send: Uint8Array | null } = await timed('server', () =>
    holderAccepts(heard.state, [people[1]], entries(held), holder, now),
  )
  while (theirs.send !== null) {
    const [before, answer, waiting] = [state, theirs.send, theirs.state]
    const next = await timed('client', () => askerHears(before, answer, asker, now))
    state = next.state
    const { send } = next
    if (send === null) break
    theirs = await timed('server', () => holderHears(waiting, send, holder, now))
  }
  if (state.at !== 'over' || state.outcome.is !== 'answered') throw new Error('the run gave no answer')
  const name = `the run: padded to ${state.outcome.held}, committed, signed`
  return { name, client, server, hits: state.outcome.hits.length, isRun: true }
}

function pair(): { asker: AskerTools; holder: HolderTools } {
  const keys = () => {
    const [ed, ml] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ml-dsa-65')]
    return {
      sign: signerOf({ ed25519: ed.privateKey, mlDsa65: ml.privateKey }),
      verify: verifierOf({ ed25519: ed.publicKey, mlDsa65: ml.publicKey }),
    }
  }
  const [a, b] = [keys(), keys()]
  const shared = {
    chance,
    compute: inThisThread,
    record: async () => 'receipt',
    isRecorded: async () => true,
    patience: 3_600_000,
  }
  return {
    asker: { ...shared, sign: a.sign, verifyPeer: b.verify, isKeyKnown: async () => false },
    holder: {
      ...shared,
      sign: b.sign,
      verifyPeer: a.verify,
      name: 'B',
      epoch: '1',
      kinds: ['phone'],
      mostAsked: 2 ** 22,
      isNewRequest: async () => true,
      takeQuota: async () => true,
    },
  }
}

/** The peer, where somebody installed it: DH-PSI by @openmined/psi.js, the intersection itself, raw encoding. */
export async function psiJs({ asked, held }: Sets): Promise<Crossing | null> {
  const folder = process.env['TANDEM_PSI_JS']
  if (folder === undefined) return null
  const require = createRequire(join(folder, 'package.json'))
  const psi = await require('@openmined/psi.js')()
  let begun = process.cpuUsage()
  const server = psi.server.createWithNewKey(true)
  const setup = server.createSetupMessage(0, -1, held, psi.dataStructure.Raw)
  let serverSeconds = spent(begun)
  begun = process.cpuUsage()
  const client = psi.client.createWithNewKey(true)
  const request = client.createRequest(asked)
  let clientSeconds = spent(begun)
  begun = process.cpuUsage()
  const response = server.processRequest(request)
  serverSeconds += spent(begun)
  begun = process.cpuUsage()
  const hits = client.getIntersection(setup, response).length
  clientSeconds += spent(begun)
  return { name: `psi.js, raw, lists of ${asked.length}`, client: clientSeconds, server: serverSeconds, hits }
}
