// Compiles the kernel: node engines/identifiers/test/kernels.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main as asc, version } from 'assemblyscript/asc'

const root = join(import.meta.dirname, '..')
const source = 'kernel/scan.ts'
export const target = join(root, 'src/extract/kernel.generated.ts')

const options = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub'],
  ...['--enable', 'simd', '--use', 'abort=', '--importMemory', '--initialMemory', '1'],
]

/** The text of the generated module. The same source, options and compiler version give the same bytes. */
export async function compiled(): Promise<string> {
  let wasm: Uint8Array | undefined
  const { error, stderr } = await asc([source, '--outFile', 'kernel.wasm', ...options], {
    readFile: (name) => textOf(join(root, name)),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents
    },
    listFiles: () => [],
  })
  if (error !== null || wasm === undefined) throw new Error(`${source} does not compile:\n${stderr.toString()}`)
  const lines = (
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,110}/g) ?? []
  ).map((line) => `  '${line}'`)
  return `// Written by test/kernels.ts from ${source}; do not edit.
// asc ${version} ${options.join(' ')}
export const kernelBase64 =
${lines.join(' +\n')}
`
}

export function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (import.meta.main) {
  const text = await compiled()
  const current = textOf(target) === text
  if (process.argv.includes('--check')) process.exitCode = current ? 0 : 1
  else if (!current) writeFileSync(target, text)
  console.log(current ? 'the kernel is current' : 'the kernel is new')
}
