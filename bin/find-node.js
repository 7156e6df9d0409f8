// Plain JavaScript that old versions of Node can run too: npm itself may run on one of them.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

export const oldestNode = 24

/**
 * A Node that can run this project: this very one, the one named by TANDEM_NODE, the one that `npm ci` brought, or
 * any of PATH. Null when there is none.
 */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath
  return [process.env.TANDEM_NODE, bundledNode(), ...nodesOfPath()].find(isNewEnough) ?? null
}

export const noNodeFound = `Tandem needs Node ${oldestNode} or later, and this is Node ${process.versions.node}.
Run "npm ci" without --omit=optional: it brings a fitting Node along. Or name one: TANDEM_NODE=/path/to/node`

/** Runs a script on that Node in our place: same terminal, same signals, same exit code. */
export function handOver(node, script, given) {
  const child = spawn(node, [script, ...given], {
    stdio: 'inherit',
    // What the script starts by the name `node` is the same Node.
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  // The child decides when it ends. On a terminal Ctrl-C reaches it twice, which it must bear.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`${node} cannot be run: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

function bundledNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const require = createRequire(import.meta.url)
  try {
    const folder = dirname(require.resolve(`node-${system}-${process.arch}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return undefined
  }
}

function nodesOfPath() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
}

function isNewEnough(path) {
  if (!path || !existsSync(path)) return false
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return asked.status === 0 && Number(/^v(\d+)\./.exec(asked.stdout)?.[1]) >= oldestNode
}
