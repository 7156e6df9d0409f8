#!/usr/bin/env node
// Finds Node 24 or later and runs the command line with it. Plain JavaScript that older versions of Node can read.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WANTED = 24
const main = fileURLToPath(new URL('../faces/cli/src/main.ts', import.meta.url))
const words = process.argv.slice(2)
const compiled = compiledCode()
// What was typed may hold an identifier: it does not stay readable in the list of processes.
process.title = 'tandem'

if (Number(process.versions.node.split('.')[0]) >= WANTED) {
  // The default listener prints them: that types are stripped, that SQLite is young. Ours prints what matters.
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`)
  })
  if (compiled !== null) nodeModule.enableCompileCache(compiled)
  const { main: runHere } = await import('../faces/cli/src/index.ts')
  await runHere(words)
} else {
  const node = findNode()
  if (node === null) {
    process.stderr.write(
      `tandem: this is Node ${process.versions.node} and Tandem needs Node ${WANTED} or later. ` +
        'Run "npm ci" in its folder, which brings one, or install it from nodejs.org.\n',
    )
    process.exit(1)
  }
  runWith(node)
}

/** The one that npm put beside this file, else one in PATH. */
function findNode() {
  const require = nodeModule.createRequire(import.meta.url)
  try {
    const manifest = require.resolve(`node-${process.platform}-${process.arch}/package.json`)
    const name = process.platform === 'win32' ? 'node.exe' : 'node'
    const packed = join(dirname(manifest), 'bin', name)
    if (isNewEnough(packed)) return packed
  } catch {
    // Optional: left out on platforms that have none.
  }
  for (const folder of (process.env.PATH || '').split(delimiter)) {
    const candidate = join(folder, 'node')
    if (folder !== '' && existsSync(candidate) && isNewEnough(candidate)) return candidate
  }
  return null
}

/** Node keeps what it compiled beside the packages, so that only the first call is slow; null where we may not write. */
function compiledCode() {
  const packages = fileURLToPath(new URL('../node_modules', import.meta.url))
  try {
    accessSync(packages, constants.W_OK)
    return join(packages, '.cache', 'tandem')
  } catch {
    return null
  }
}

function isNewEnough(node) {
  const asked = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return asked.status === 0 && Number(/^v(\d+)\./.exec(asked.stdout)?.[1]) >= WANTED
}

function runWith(node) {
  // Through descriptor 3 the child gets its words, out of sight of other users, and learns that we are gone.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, TANDEM_LAUNCHER: '3', ...(compiled === null ? {} : { NODE_COMPILE_CACHE: compiled }) },
  })
  const line = child.stdio[3]
  line.on('error', () => {})
  line.write(`${JSON.stringify(words)}\n`)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`tandem: ${node} cannot be run (${error.message}).\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    for (const each of signals) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}
