import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { firstLight } from './first-light.ts'
import { operationFolder } from './write-world.ts'

// Writes the committed example anew: node testkit/src/world/write-example.ts
const folder = firstLight.folder
const files = operationFolder(firstLight.name, firstLight.seed)
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (!files.has(name)) await rm(join(folder, name))
let bytes = 0
for (const [name, content] of files) {
  await writeFile(join(folder, name), content)
  bytes += content.length
}
console.log(`${files.size} files, ${bytes} bytes in ${folder}`)
