import { err, ok, type Result } from '@tandem/core'
import type { IdentifierRefusal } from './identifier.ts'

/** TCP and UDP ports 1-65535; 0 is reserved (RFC 6335 section 6) and names no connection. */
export function readPort(written: string | number): Result<number, IdentifierRefusal> {
  const text = String(written).trim()
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 1 && port <= 65535) return ok(port)
  return err({ code: 'port-invalid', says: 'a port is a whole number from 1 to 65535' })
}
