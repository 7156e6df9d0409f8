import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why there is none here; null where OpenSSL's command line is installed. */
export function noTimestampAuthority(): string | null {
  const { error } = spawnSync('openssl', ['version'], { stdio: 'ignore' })
  return error === undefined ? null : 'the openssl command is not here'
}

export interface TestAuthority {
  /** PEM. */
  readonly root: string
  /** A TimeStampReq in, a TimeStampResp out (RFC 3161), by OpenSSL. */
  answer(request: Uint8Array): Buffer
  close(): void
}

const settings = `
[ req ]
distinguished_name = name
[ name ]
[ root ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[ authority ]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ tsa ]
default_tsa = here
[ here ]
serial = $ENV::FOLDER/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
ess_cert_id_chain = no
`

/** A timestamp authority of its own, with a root that is made anew. */
export function testAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'test-tsa-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (...words: readonly string[]): void =>
    void execFileSync('openssl', words, {
      stdio: 'pipe',
      env: { ...process.env, FOLDER: folder, OPENSSL_CONF: at('settings') },
    })
  const key = (name: string) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(name)]
  writeFileSync(at('settings'), settings)
  writeFileSync(at('serial'), '01\n')
  const [rootName, name] = ['/CN=Test Timestamp Root', '/CN=Test Timestamp Authority']
  openssl(
    'req',
    '-x509',
    ...key('root.key'),
    '-subj',
    rootName,
    '-days',
    '30',
    '-extensions',
    'root',
    '-out',
    at('root.pem'),
  )
  openssl('req', '-new', ...key('authority.key'), '-subj', name, '-out', at('authority.csr'))
  const by = ['-CA', at('root.pem'), '-CAkey', at('root.key'), '-set_serial', '2']
  const extended = ['-extfile', at('settings'), '-extensions', 'authority']
  openssl('x509', '-req', '-in', at('authority.csr'), ...by, '-days', '30', ...extended, '-out', at('authority.pem'))
  return {
    root: readFileSync(at('root.pem'), 'utf8'),
    answer(request) {
      writeFileSync(at('request'), request)
      const signer = ['-signer', at('authority.pem'), '-inkey', at('authority.key')]
      openssl('ts', '-reply', '-config', at('settings'), '-queryfile', at('request'), ...signer, '-out', at('reply'))
      return readFileSync(at('reply'))
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
