import { constants, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls'

/** ML-KEM-768 and X25519 together, and no other: whoever records the line today must break both (RFC 8446, ECDHE-MLKEM). */
export const lineGroup = 'X25519MLKEM768'
export const lineProtocol = 'tandem-peer/1'

export const lineTls = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ecdhCurve: lineGroup,
  sigalgs: 'ed25519',
  // A resumed session would carry over what an earlier handshake proved; every message proves both ends anew.
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const satisfies SecureContextOptions

/** One of our agencies, as the line needs it. */
export interface LineAgency {
  readonly agency: string
  /** In certificates and in the server name that a caller asks for. */
  readonly name: string
  readonly certificate: string
  readonly key: string
  readonly peers: readonly LinePeer[]
}

/** The other agency of one agreement: its own authority is believed for this name on this line, and for nothing else. */
export interface LinePeer {
  readonly name: string
  readonly authority: string
  readonly host: string
  readonly port: number
}

/** For one agency: its certificate, and the authorities of its peers alone. Null: none is named, so nobody may come. */
export function contextOf({ certificate, key, peers }: LineAgency): SecureContext | null {
  if (peers.length === 0) return null
  return createSecureContext({ ...lineTls, cert: certificate, key, ca: peers.map(({ authority }) => authority) })
}

/** Whose certificate this is: issued by the pinned authority of a peer, and for that very peer's name. */
export function peerBehind<P extends LinePeer>(certificate: X509Certificate, peers: readonly P[]): P | null {
  return (
    peers.find(({ name, authority }) => {
      const pinned = new X509Certificate(authority)
      return (
        certificate.subjectAltName === `DNS:${name}` &&
        certificate.checkIssued(pinned) &&
        certificate.verify(pinned.publicKey)
      )
    }) ?? null
  )
}

/** Why a finished handshake is not good enough; null when it is. Only the asking end can be told the group by OpenSSL. */
export function faultOf(socket: TLSSocket, end: 'asks' | 'answers'): string | null {
  if (!socket.authorized) return 'the certificate was not accepted'
  if (socket.getProtocol() !== 'TLSv1.3') return 'the protocol is not TLS 1.3'
  if (socket.alpnProtocol !== lineProtocol) return 'the protocol on top is another'
  if (socket.isSessionReused()) return 'the session is an older one'
  return end === 'asks' && groupOf(socket) !== lineGroup ? `the key exchange is not ${lineGroup}` : null
}

function groupOf(socket: TLSSocket): string | null {
  const exchanged = socket.getEphemeralKeyInfo()
  return exchanged !== null && 'name' in exchanged ? String(exchanged.name) : null
}
