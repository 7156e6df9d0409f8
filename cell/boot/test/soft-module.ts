import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const library = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
].find(existsSync)

const isThere = (tool: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, tool)))

/** SoftHSM 2 and OpenSC stand in for a hardware module; why they cannot, where one of them is missing. */
export const noModule: string | null =
  library !== undefined && isThere('softhsm2-util') && isThere('pkcs11-tool')
    ? null
    : 'SoftHSM or OpenSC is not here (Debian: apt install softhsm2 opensc)'

export interface SoftModule {
  readonly library: string
  readonly token: string
  readonly tool: string
  readonly pin: string
  /** What an owner of the module can try with its PIN. */
  run(...words: readonly string[]): string
}

/** A token of its own in this folder. `SOFTHSM2_CONF` of this process names it from now on. */
export function softModule(folder: string): SoftModule {
  const tokens = join(folder, 'tokens')
  mkdirSync(tokens, { recursive: true, mode: 0o700 })
  const settings = join(folder, 'softhsm2.conf')
  writeFileSync(settings, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env['SOFTHSM2_CONF'] = settings
  const [token, pin] = ['test-module', 'test pin 4711']
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', token, '--so-pin', '12345678', '--pin', pin])
  const module = library ?? ''
  return {
    library: module,
    token,
    tool: 'pkcs11-tool',
    pin,
    run: (...words) =>
      execFileSync('pkcs11-tool', ['--module', module, '--token-label', token, '--login', '--pin', pin, ...words], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
  }
}
