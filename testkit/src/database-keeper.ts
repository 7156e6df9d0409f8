import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { openEngine } from '@tandem/store/engine'

/**
 * The process that holds the one test server of this machine, as long as anybody uses it. A user is an open
 * connection to the control socket: the kernel closes it when a test process dies, so no count can go wrong.
 */
const [, , home = ''] = process.argv
const graceMilliseconds = 3_000
const controlSocket = join(home, 'control')
const dataFolder = join(home, `data-${process.pid}`)

const alreadyKept = 3

if (import.meta.main) {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (await answers(controlSocket)) process.exit(alreadyKept)
  removeLeftovers()
  await keep()
}

async function keep(): Promise<void> {
  const users = new Set<net.Socket>()
  let leaving = false
  let timer: NodeJS.Timeout | undefined
  const control = net.createServer()
  rmSync(controlSocket, { force: true })
  control.on('error', () => process.exit(alreadyKept))
  await new Promise<void>((resolve) => control.listen(controlSocket, resolve))

  const opening = openEngine({ dataFolder })
  const leave = async (): Promise<void> => {
    if (leaving) return
    leaving = true
    control.close()
    const engine = await opening
    if (engine.ok) await engine.value.stop()
    rmSync(dataFolder, { recursive: true, force: true })
    process.exit(0)
  }
  const leaveWhenUnused = (after: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (users.size === 0) void leave()
    }, after)
  }

  control.on('connection', (user) => {
    users.add(user)
    user.on('error', () => user.destroy())
    // The runner, when its last test is done, does not want to wait for the grace.
    let hurry = false
    user.on('data', () => {
      hurry = true
    })
    user.on('close', () => {
      users.delete(user)
      leaveWhenUnused(hurry ? 0 : graceMilliseconds)
    })
    void opening.then((engine) => {
      if (!user.destroyed) user.write(`${JSON.stringify(engine.ok ? engine.value.connection : engine.error)}\n`)
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave())

  const engine = await opening
  if (engine.ok) engine.value.onExit(() => void leave())
  leaveWhenUnused(engine.ok ? 30_000 : graceMilliseconds)
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(path)
    probe.on('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.on('error', () => resolve(false))
  })
}

/** Data folders of keepers that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(home)) {
    const pid = /^data-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(home, name), { recursive: true, force: true })
  }
}
