import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { main as asc, version } from 'assemblyscript/asc'

export interface Kernel {
  /** AssemblyScript source and the module it becomes, both relative to the package. */
  readonly source: string
  readonly target: string
  readonly options: readonly string[]
}

const common = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub']

export const kernels: readonly Kernel[] = [
  {
    source: 'kernel/perceptual.ts',
    target: 'src/perceptual/kernel.generated.ts',
    // The memory comes from outside and may be shared between threads: up to 65,536 pages, 4 GiB.
    options: [
      ...common,
      ...['--enable', 'simd', '--enable', 'threads', '--use', 'abort='],
      ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
    ],
  },
  {
    source: 'kernel/exact.ts',
    target: 'src/exact/kernel.generated.ts',
    options: [...common, '--enable', 'simd', '--use', 'abort=', '--maximumMemory', '65536'],
  },
  {
    source: 'kernel/pdq.ts',
    target: 'src/pdq/kernel.generated.ts',
    options: [...common, '--enable', 'simd', '--use', 'abort='],
  },
]

/** The text of the generated module. The same source, options and compiler version give the same bytes. */
export async function compileKernel(root: string, kernel: Kernel): Promise<string> {
  let wasm: Uint8Array | undefined
  const { error, stderr } = await asc([kernel.source, '--outFile', 'kernel.wasm', ...kernel.options], {
    readFile: (name) => textOf(join(root, name)),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents
    },
    listFiles: () => [],
  })
  if (error !== null || wasm === undefined) {
    throw new Error(`${kernel.source} does not compile:\n${stderr.toString()}`)
  }
  return moduleText(kernel, Buffer.from(wasm).toString('base64'))
}

function moduleText(kernel: Kernel, base64: string): string {
  const lines = (base64.match(/.{1,110}/g) ?? []).map((line) => `  '${line}'`)
  return `// Written by tools/build-kernels.ts from ${kernel.source}; do not edit.
// asc ${version} ${kernel.options.join(' ')}
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
