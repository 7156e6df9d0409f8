import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ChartPage {
  readonly url: string
  close(): Promise<void>
}

const web = fileURLToPath(new URL('.', import.meta.resolve('@tandem/web/package.json')))
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** As strict as the desk is served (faces/server/src/headers.ts): no inline script or style, workers of our own files. */
const headers = {
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';" +
    "base-uri 'none';object-src 'none';frame-ancestors 'none';form-action 'self'",
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** The link chart alone on a page of its own (faces/web/test/chart), built by vite, without a cell behind it. */
export async function startChartPage(): Promise<ChartPage> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-chart-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  await build(folder).catch((error: unknown) => {
    remove()
    throw error
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(path === '/favicon.ico' ? 204 : 404, headers).end()
      return
    }
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { ...headers, 'content-type': type }).end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      remove()
    },
  }
}

function build(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  const config = join(web, 'vite.config.ts')
  const given = [
    'build',
    join(web, 'test', 'chart'),
    '--config',
    config,
    '--configLoader',
    'native',
    '--logLevel',
    'error',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, ...given, '--outDir', outDir, '--emptyOutDir'], {
      cwd: web,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite: ${said.trim().slice(0, 800)}`))))
  })
}
