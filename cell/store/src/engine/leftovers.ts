import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result } from '@tandem/core'
import { codeOf, type EngineFailure, fail } from './types.ts'

/**
 * A name that the kernel makes unique for this folder on this machine and that PostgreSQL shows in the title of each
 * of its processes. Command lines can be read where working directories cannot (containers without CAP_SYS_PTRACE),
 * and a copied data folder gets another name, so nobody stops the original by starting the copy.
 */
export function clusterNameOf(cluster: string): string {
  const { dev, ino } = statSync(cluster, { bigint: true })
  return `tandem-${dev.toString(36)}-${ino.toString(36)}`
}

export interface Leftover {
  readonly pid: number
  readonly postmaster: boolean
}

/** Processes of a cluster that an earlier owner left behind. */
export function findLeftovers(clusterName: string): Leftover[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return []
    const words = commandLine(name)
    const parent = words.includes(`cluster_name=${clusterName}`)
    const child = words[0]?.startsWith(`postgres: ${clusterName}: `) === true
    return parent || child ? [{ pid: Number(name), postmaster: parent }] : []
  })
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').split('\0')
  } catch {
    return []
  }
}

/**
 * Ends them in the order of harm: fast shutdown of the postmaster, then immediate, then SIGKILL. Committed rows are in
 * the WAL in every case. To be called only by the holder of the data folder.
 */
export async function stopLeftovers(
  clusterName: string,
  patience: { readonly fast: number; readonly immediate: number } = { fast: 30_000, immediate: 6_000 },
): Promise<Result<{ readonly found: number }, EngineFailure>> {
  const found = findLeftovers(clusterName)
  if (found.length === 0) return ok({ found: 0 })
  const steps = [
    { signal: 'SIGINT', toAll: false, wait: patience.fast },
    { signal: 'SIGQUIT', toAll: true, wait: patience.immediate },
    { signal: 'SIGKILL', toAll: true, wait: 5_000 },
  ] as const
  for (const step of steps) {
    const present = findLeftovers(clusterName)
    const parents = present.filter(({ postmaster }) => postmaster)
    // Backends without a postmaster have nobody to tell them: on to the next step.
    if (!step.toAll && parents.length === 0) continue
    const refused = (step.toAll ? present : parents).filter(({ pid }) => !signal(pid, step.signal))
    const first = refused[0]
    if (first !== undefined) {
      return fail(
        'leftover-running',
        `The database process ${first.pid} of an earlier run belongs to another user: stop it as that user, then start again.`,
      )
    }
    if (await gone(clusterName, step.wait)) return ok({ found: found.length })
  }
  const pids = findLeftovers(clusterName).map(({ pid }) => pid)
  return fail(
    'leftover-running',
    `Database processes of an earlier run do not end (${pids.join(', ')}). Their disk may hang; check it, then start again.`,
  )
}

/** False when we may not; a process that is already gone is fine. */
function signal(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch (thrown) {
    return codeOf(thrown) === 'ESRCH'
  }
}

async function gone(clusterName: string, within: number): Promise<boolean> {
  const until = performance.now() + within
  while (performance.now() < until) {
    if (findLeftovers(clusterName).length === 0) return true
    await sleep(20)
  }
  return findLeftovers(clusterName).length === 0
}
