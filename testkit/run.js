// What `npm test` runs. Plain JavaScript, because npm may have started it on an older Node.
import { fileURLToPath } from 'node:url'
import { findNode, handOver, noNodeFound } from '../bin/find-node.js'

const node = findNode()
if (node === null) {
  console.error(noNodeFound)
  process.exitCode = 1
} else if (node !== process.execPath) {
  handOver(node, fileURLToPath(import.meta.url), process.argv.slice(2))
} else {
  const { main } = await import('./src/run/main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
