// Compiles the kernels: node engines/fingerprints/tools/build-kernels.ts [--check]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileKernel, kernels, textOf } from './kernels.ts'

const root = join(import.meta.dirname, '..')
const checkOnly = process.argv.includes('--check')
for (const kernel of kernels) {
  const target = join(root, kernel.target)
  const compiled = await compileKernel(root, kernel)
  if (textOf(target) === compiled) {
    console.log(`${kernel.target} is current`)
  } else if (checkOnly) {
    console.error(`${kernel.target} is not what ${kernel.source} compiles to`)
    process.exitCode = 1
  } else {
    writeFileSync(target, compiled)
    console.log(`${kernel.target} written`)
  }
}
