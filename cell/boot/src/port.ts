import { createServer } from 'node:net'
import { err, ok, type Result } from '@tandem/core'

/** The wanted port, or the next free one where nobody insisted on it. */
export async function freePort(wanted: number, mayMove: boolean): Promise<Result<number, string>> {
  for (let port = wanted; port < wanted + (mayMove ? 20 : 1); port++) if (await isFree(port)) return ok(port)
  return err(`Port ${wanted} is taken by another program. Choose another one: tandem start --port ${wanted + 1}`)
}

export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}
