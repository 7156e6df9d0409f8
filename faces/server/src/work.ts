import type { ResponseOf, RouteName, receive, routes } from '@tandem/contract'
import type { Caller, Change, HeldSession, Input, Passkey, ServersOwn, SignedIn } from '@tandem/work'

export type Routes = typeof routes

/** Routes with a command behind them; the others are about the connection and answered by the server itself. */
export type CommandName = Exclude<RouteName, ServersOwn>

/** The operation a session works under decides which changes it is told of. */
export interface Held extends HeldSession {
  readonly operation: string | null
}

/** All that the server asks of the cell. It holds no connection of its own and knows no verb. */
export interface Work {
  readonly cellName: string
  readonly limits: { readonly deliveryBytes: number; readonly listBytes: number }
  readonly commands: readonly string[]
  answer<N extends CommandName>(name: N, caller: Caller, input: Input<Routes[N]>): Promise<ResponseOf<Routes[N]>>
  signIn(named: { issuer: string; subject: string }, askSecondFactor: boolean): Promise<SignedIn>
  sessionOf(token: Buffer): Promise<Held | null>
  signOut(token: Buffer): Promise<void>
  passkeysOf(token: Buffer): Promise<Passkey[]>
  addPasskey(token: Buffer, key: Passkey): Promise<void>
  secondFactorGiven(token: Buffer, key: Passkey): Promise<void>
  changesAfter(after: string, limit: number): Promise<Change[]>
  latestChange(): Promise<string>
  /** A file of an agency's log, for whoever may read it. */
  logFile(caller: Caller, name: string, path: string): Promise<Buffer>
  /** What the witness of an agency answers; null when there is none of that name. */
  witness(name: string, body: string): Promise<{ status: number; contentType: string; body: string } | null>
  receive(
    apiKey: Buffer,
    given: { idempotencyKey: string; name: string },
    stream: AsyncIterable<Uint8Array>,
  ): Promise<ResponseOf<typeof receive>>
}
