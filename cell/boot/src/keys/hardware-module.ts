import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '@tandem/core'
import { keyLength, type ModulePrf, Secret } from '@tandem/vault'
import type { ModulePlace } from './module-place.ts'

const PATIENCE_MS = 30_000
const PIN = 'TANDEM_MODULE_PIN'

/**
 * A module is asked through OpenSC's `pkcs11-tool`, in a process that lives for one question: no foreign library is loaded
 * into the cell, and the PIN is in that process's environment, never on a command line.
 */
export async function makeModuleKey(
  place: Omit<ModulePlace, 'key'>,
  pin: Secret,
  label: string,
): Promise<Result<ModulePlace, string>> {
  const made = { ...place, key: randomBytes(16).toString('hex') }
  const type = ['--keygen', '--key-type', `GENERIC:${keyLength}`, '--usage-sign', '--private', '--sensitive']
  const asked = await ask(made, pin, [...type, '--id', made.key, '--label', label])
  if (!asked.ok) return asked
  // What the module says of itself: a key that can be taken out of it is none of a hardware module.
  const listed = await ask(made, pin, ['--list-objects', '--type', 'secrkey', '--id', made.key])
  if (!listed.ok) return listed
  const text = listed.value.toString('utf8')
  if (!/\bnever extractable\b/.test(text) || !/\balways sensitive\b/.test(text))
    return err(`The module ${place.token} says that its key can be taken out of it: it cannot hold a root.`)
  return ok(made)
}

/** HMAC-SHA-256 (CKM_SHA256_HMAC) of the module's key. */
export function modulePrf(place: ModulePlace, pin: Secret): ModulePrf {
  return async (message) => {
    const asked = await ask(place, pin, ['--sign', '--mechanism', 'SHA256-HMAC', '--id', place.key], message)
    if (!asked.ok) return asked
    if (asked.value.length === 32) return ok(Secret.of(asked.value))
    asked.value.fill(0)
    return err(`The module ${place.token} answered with something that is no HMAC.`)
  }
}

async function ask(
  { tool, library, token }: Omit<ModulePlace, 'key'>,
  pin: Secret,
  question: readonly string[],
  input: Uint8Array = new Uint8Array(0),
): Promise<Result<Buffer, string>> {
  // An environment cannot hold it, and the error of the attempt would repeat it.
  if (pin.lend((bytes) => bytes.includes(0))) return err('A PIN has no zero byte.')
  const words = ['--module', library, '--token-label', token, '--login', '--pin', `env:${PIN}`, ...question]
  const env = { ...environmentOfMaker(), LC_ALL: 'C', [PIN]: pin.lend(String) }
  const child = spawn(tool, words, { env, stdio: 'pipe', timeout: PATIENCE_MS, killSignal: 'SIGKILL' })
  const out: Buffer[] = []
  let says = ''
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => {
    if (says.length < 4096) says += bytes.toString('utf8')
  })
  // A tool that ends before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const ended = await new Promise<{ code: number | null; error: Error | null }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, error }))
    child.once('close', (code) => resolve({ code, error: null }))
  })
  const bytes = Buffer.concat(out)
  for (const each of out) each.fill(0)
  if (ended.error !== null) return err(`${tool} could not be started. Install OpenSC (Debian: apt install opensc).`)
  if (ended.code === 0) return ok(bytes)
  bytes.fill(0)
  return err(problemOf(says, { library, token }))
}

/** Libraries of makers find their settings in variables of their own names; ours may hold secrets of the cell. */
const environmentOfMaker = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:TANDEM|PG|NODE)/.test(name)))

/** The names of PKCS #11 section 6.1.5 in words; the tool's own text is not repeated. */
function problemOf(says: string, { library, token }: { readonly library: string; readonly token: string }): string {
  if (/CKR_PIN_LOCKED/.test(says))
    return `The module ${token} is locked: too many wrong PINs. Its security officer unlocks it.`
  if (/CKR_PIN_(?:INCORRECT|INVALID|LEN_RANGE)/.test(says))
    return `The PIN is not that of the module ${token}. Do not simply try again: each try counts, and then it locks.`
  if (/No slot with token/.test(says)) return `There is no module ${token}. Is it plugged in, and its network up?`
  if (/Failed to load pkcs11 module|sc_dlopen/.test(says)) return `The library ${library} could not be loaded.`
  if (/CKR_MECHANISM_INVALID/.test(says)) return `The module ${token} does not know what is needed (SHA256-HMAC).`
  // What the tool says when no object has the id.
  if (/[Cc]ould not find key/.test(says)) return `The module ${token} does not have the key that is the root.`
  const [code = 'no answer'] = /CKR_[A-Z_]+/.exec(says) ?? []
  return `The module ${token} refused: ${code}.`
}
