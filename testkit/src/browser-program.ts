import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A Chromium that may be started, and what it needs around it. */
export interface BrowserProgram {
  readonly path: string
  readonly from: 'this machine' | 'the package'
  readonly env: Readonly<Record<string, string>>
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Chromium of this machine, by the names under which systems install it. */
export function systemBrowsers(path: string = process.env['PATH'] ?? ''): BrowserProgram[] {
  const folders = path.split(delimiter).filter(Boolean)
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .filter(isExecutable)
    .map((program) => ({ path: program, from: 'this machine', env: {} }))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The Chromium that the package `@sparticuz/chromium` ships, unpacked once into a folder of our own. It brings the NSS
 * libraries and a font, so that a machine without any desktop package can run it.
 */
export async function packagedBrowser(): Promise<BrowserProgram> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const version = createHash('sha256')
    .update(readFileSync(join(entry, '..', '..', 'package.json')))
    .update(entry)
  const home = join(tmpdir(), `tandem-browser-${process.getuid?.() ?? 0}-${version.digest('hex').slice(0, 12)}`)
  if (!isOurs(home)) await unpackInto(home)
  if (!isOurs(home)) throw new Error(`${home} belongs to somebody else or is open to others; remove it`)
  return {
    path: join(home, 'chromium'),
    from: 'the package',
    env: {
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_CONFIG_HOME: join(home, 'config'),
    },
  }
}

/** A program in a folder that others can write to is not ours to start. */
function isOurs(folder: string): boolean {
  try {
    const found = lstatSync(folder)
    return found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid) && (found.mode & 0o077) === 0
  } catch {
    return false
  }
}

/** Aside first, then renamed: whoever finds the folder finds it whole, and of two that unpack at once one wins. */
async function unpackInto(home: string): Promise<void> {
  const aside = mkdtempSync(`${home}-`)
  try {
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('./browser-unpack.ts', import.meta.url))], {
      env: { ...process.env, TMPDIR: aside },
    })
    mkdirSync(join(aside, 'cache'))
    writeFileSync(join(aside, 'fonts.conf'), fontsConf(home))
    await rename(aside, home).catch((error: unknown) => {
      if (!isOurs(home)) throw error
    })
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** The packaged font first, then what the machine has for signs that it lacks. */
const fontsConf = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${home}/cache/fonts</cachedir>
  ${['sans-serif', 'system-ui', 'ui-sans-serif'].map((family) => prefer(family, 'Open Sans')).join('\n  ')}
  ${['monospace', 'ui-monospace'].map((family) => prefer(family, 'DejaVu Sans Mono')).join('\n  ')}
</fontconfig>
`

const prefer = (family: string, font: string): string =>
  `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`
