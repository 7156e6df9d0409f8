import { err, ok, type Result } from '@tandem/core'
import type { ArgsDef } from 'citty'
import { type Failure, usageFailure } from './failure.ts'

export const portOption = {
  port: { type: 'string', valueHint: 'N', description: 'port of the desk (default 7373)' },
} as const satisfies ArgsDef

export const databaseOption = {
  database: {
    type: 'string',
    valueHint: 'URL',
    description: 'a PostgreSQL server (15 or later) instead of the one that comes with Tandem',
  },
} as const satisfies ArgsDef

export function portOf(given: string | undefined): Result<number | undefined, Failure> {
  if (given === undefined) return ok(undefined)
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0
  return port >= 1 && port <= 65535 ? ok(port) : err(usageFailure('--port is a number from 1 to 65535.'))
}
