import { z } from 'zod'
import { cardShape } from './card.ts'

/** `https://host:port`: where the other cell's door is. */
const url = z
  .url()
  .max(300)
  .refine((text) => {
    const { protocol, pathname, search, hash, username } = new URL(text)
    return protocol === 'https:' && `${pathname}${search}${hash}${username}` === '/'
  }, 'https://HOST:PORT and nothing behind it')

const peer = z.strictObject({ url, card: cardShape })
export type PeerSettings = z.output<typeof peer>

/** Other cells that this one talks to, agency by agency. Without it no port is opened and no connection is made. */
export const peersShape = z.strictObject({
  /** Where peers knock; absent: this cell only asks. */
  listen: z.strictObject({ host: z.string().min(1).max(200), port: z.int().min(1).max(65535) }).optional(),
  agencies: z.array(z.strictObject({ agency: z.uuid(), peers: z.array(peer).max(16) })).max(64),
})
export type PeersSettings = z.output<typeof peersShape>

export const hostOf = (text: string): { readonly host: string; readonly port: number } => {
  const { hostname, port } = new URL(text)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port) }
}
