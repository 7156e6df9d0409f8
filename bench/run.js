// Plain JavaScript that old versions of Node can run too: `npm run bench -- NAME [size]`.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findNode, handOver, noNodeFound } from '../bin/find-node.js'

const [name = '', ...given] = process.argv.slice(2)
const script = fileURLToPath(new URL(`./${name}/${name}.ts`, import.meta.url))

if (!/^[a-z]+$/.test(name) || !existsSync(script)) {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const known = readdirSync(here).filter((each) => existsSync(`${here}${each}/${each}.ts`))
  console.error(`Which measurement? npm run bench -- ${known.join(' | ')}`)
  process.exit(2)
}
const node = findNode()
if (node === null) {
  console.error(noNodeFound)
  process.exit(1)
}
handOver(node, script, given)
