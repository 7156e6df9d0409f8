import type { BrowserContext, ConsoleMessage } from 'playwright-core'

/** Everything a desktop did that it should not have done, or that must hold no selector. */
export class Watch {
  /** Addresses of every request and every navigation. */
  readonly addresses: string[] = []
  readonly titles: string[] = []
  /** Errors of the console and of scripts, breaches of the content policy. */
  readonly errors: string[] = []
  /** Refusals by the cell: a step in a test may want one. */
  readonly refusals: { readonly status: number; readonly address: string }[] = []
  /** Uses of a mouse or touch: there must be none. */
  readonly pointers: string[] = []

  static async over(context: BrowserContext): Promise<Watch> {
    const watch = new Watch()
    context.on('request', (request) => watch.addresses.push(request.url()))
    context.on('page', (page) => {
      page.on('framenavigated', (frame) => watch.addresses.push(frame.url()))
      page.on('pageerror', (error) => watch.errors.push(`script: ${error.message}`))
      page.on('console', (message) => watch.#heard(message))
    })
    context.on('response', (response) => {
      if (response.status() >= 400) watch.refusals.push({ status: response.status(), address: response.url() })
    })
    await context.addInitScript(reportFromInside, channel)
    return watch
  }

  #heard(message: ConsoleMessage): void {
    const text = message.text()
    if (text.startsWith(channel)) {
      const [kind, ...said] = text.slice(channel.length).split(' ')
      const into = kind === 'title' ? this.titles : kind === 'pointer' ? this.pointers : this.errors
      into.push(said.join(' '))
    } else if (/^Failed to load resource: .* status of 4\d\d/.test(text)) {
      // The console's own word for a refusal, which is kept above.
    } else if (message.type() === 'error' || message.type() === 'warning') {
      this.errors.push(`console: ${text}`)
    }
  }

  /** Requests and pages that are not of the cell. */
  strangers(origin: string): string[] {
    return this.addresses.filter((address) => !address.startsWith(`${origin}/`) && address !== 'about:blank')
  }
}

const channel = 'tandem-watch '

/** Runs in each page before its own scripts. */
function reportFromInside(mark: string): void {
  const tell = (kind: string, said: string) => console.debug(`${mark}${kind} ${said}`)
  document.addEventListener('securitypolicyviolation', (event) => {
    tell(
      'policy',
      `content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
    )
  })
  for (const pointer of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
    document.addEventListener(pointer, (event) => event.isTrusted && tell('pointer', pointer), { capture: true })
  }
  let title = ''
  new MutationObserver(() => {
    if (document.title === title) return
    title = document.title
    tell('title', title)
  }).observe(document, { childList: true, subtree: true, characterData: true })
}
