import type { DatabaseEngine } from '@tandem/store/engine'
import { DATABASE } from './database.ts'

/** The cell's own database: ours in the embedded server, the one that the URL names elsewhere. */
export const databaseOf = ({ engine }: { readonly engine: DatabaseEngine }): string =>
  engine.kind === 'embedded' ? DATABASE : engine.connection.database
