import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { javaScriptOf, withJavaScriptSpecifiers } from './javascript.ts'
import { asJavaScript, publishedManifest, readManifest } from './manifest.ts'

const checkout = join(import.meta.dirname, '..', '..')

/** Core and the engines stand alone; everything else needs a cell around it. */
export const packable = (): string[] => [
  'core',
  ...readdirSync(join(checkout, 'engines'))
    .map((name) => `engines/${name}`)
    .filter((folder) => existsSync(join(checkout, folder, 'package.json'))),
]

/**
 * Writes one publishable package: JavaScript beside its types, other files as they are, `exports` that point to them.
 * Node refuses to run TypeScript under a real `node_modules`, so sources cannot be published as they are.
 */
export function pack(folder: string, target: string): void {
  if (!packable().includes(folder)) throw new Error(`${folder} cannot be packed; these can: ${packable().join(', ')}`)
  const from = join(checkout, folder)
  rmSync(target, { recursive: true, force: true })
  const declarations = declarationsOf(folder)
  for (const path of filesUnder(from, 'src')) {
    if (/\.test\.tsx?$/.test(path)) continue
    if (!path.endsWith('.ts')) {
      write(target, path, readFileSync(join(from, path)))
      continue
    }
    write(target, asJavaScript(path), javaScriptOf(path, readFileSync(join(from, path), 'utf8')))
    const types = path.replace(/\.ts$/, '.d.ts')
    write(target, types, withJavaScriptSpecifiers(types, declarations(types)))
  }
  write(target, 'package.json', `${JSON.stringify(publishedManifest(readManifest(from)), null, 2)}\n`)
  for (const name of ['LICENSE', 'NOTICE', 'README.md']) {
    const own = join(from, name)
    const given = existsSync(own) ? own : name === 'README.md' ? null : join(checkout, name)
    if (given !== null && existsSync(given)) cpSync(given, join(target, name))
  }
}

/** The compiler writes types for a whole program; only those of the package are kept. */
function declarationsOf(folder: string): (path: string) => string {
  const out = mkdtempSync(join(tmpdir(), 'tandem-pack-'))
  try {
    const settings = join(out, 'tsconfig.json')
    writeFileSync(settings, JSON.stringify(compilerSettings(folder, out)))
    const compiler = join(checkout, 'node_modules', 'typescript', 'bin', 'tsc')
    const ran = spawnSync(process.execPath, [compiler, '-p', settings], { cwd: checkout, encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(`the types of ${folder} could not be written:\n${ran.stdout}${ran.stderr}`)
    const written = new Map(
      filesUnder(join(out, folder), 'src').map((path) => [path, readFileSync(join(out, folder, path), 'utf8')]),
    )
    return (path) => {
      const text = written.get(path)
      if (text === undefined) throw new Error(`the compiler wrote no types for ${folder}/${path}`)
      return text
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

const compilerSettings = (folder: string, out: string): object => ({
  extends: join(checkout, 'tsconfig.json'),
  compilerOptions: {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: checkout,
    outDir: out,
    typeRoots: [join(checkout, 'node_modules', '@types')],
  },
  include: [join(checkout, folder, 'src')],
  exclude: ['**/*.test.ts'],
})

function write(target: string, path: string, content: string | Buffer): void {
  const file = join(target, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(root, path) : entry.isFile() ? [path] : []
  })
}
