import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route, routes } from '@tandem/contract'
import type { Caller, Cell } from './cell.ts'

type Routes = typeof routes

/** What a handler is given: already parsed by the contract. `stream` is set for routes whose body is a file. */
export interface Input<R extends Route> {
  readonly params: ParamsOf<R>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  readonly stream: AsyncIterable<Uint8Array>
}

export type Handler<R extends Route> = (cell: Cell, caller: Caller, input: Input<R>) => Promise<ResponseOf<R>>

/** Routes that the server answers itself: they are about the connection, not about the record. */
export type ServersOwn = 'signOut' | 'events' | 'alive' | 'receive'

/** Every other route has exactly one command; a missing one does not compile. */
export type Handlers = { readonly [Name in Exclude<keyof Routes, ServersOwn>]: Handler<Routes[Name]> }
