import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('.', import.meta.resolve('@tandem/web/package.json')))

/** The built desk. Built at the first start and whenever its sources differ from those it was built from. */
export async function deskFolder(): Promise<string> {
  const built = join(web, 'dist')
  const stamp = join(built, '.built-from')
  const sources = digestOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return built
  await build()
  writeFileSync(stamp, sources)
  return built
}

function digestOfSources(): string {
  const contract = dirname(fileURLToPath(import.meta.resolve('@tandem/contract')))
  const hash = createHash('sha256')
  for (const root of [
    join(web, 'src'),
    contract,
    join(web, 'index.html'),
    join(web, 'vite.config.ts'),
    join(web, 'package.json'),
  ]) {
    for (const file of filesUnder(root)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort()
}

/** In a process of its own, so that the bundler's memory does not stay with the cell. */
function build(): Promise<void> {
  const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: web,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the desk could not be built: ${said.trim().slice(0, 500)}`))
    })
  })
}
