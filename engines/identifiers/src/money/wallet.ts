import { ok, type Result } from '@tandem/core'
import type { Identifier, IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import { base58CheckPayload, base58CheckText } from './base58.ts'
import { readEthereum } from './ethereum.ts'
import { readMonero } from './monero.ts'
import { readSegwit, segwitPrefix } from './segwit.ts'

export interface WalletReading {
  readonly identifier: Identifier
  /** `bitcoin`, `litecoin`, `dash`, `dogecoin`, `tron`, `xrp`, `ethereum`, `monero`. */
  readonly chain: string
  /** Coins of a test network have no worth: such an address never counts as one of the main network. */
  readonly network: 'main' | 'test'
  /** `p2pkh`, `p2sh`, `p2wpkh`, `p2wsh`, `p2tr`, `account`, `standard`, `subaddress`, `integrated`, `witness`. */
  readonly form: string
}

/**
 * An address of a coin, as `chain:address`. Everything with a checksum must hold it; Ethereum addresses in one case
 * have none and are accepted by form alone.
 */
export function readWallet(written: string): Result<WalletReading, IdentifierRefusal> {
  const text = written.trim().replace(/^(?:bitcoin|litecoin|dogecoin|dash|ethereum|monero|tron|ripple|xrp):/i, '')
  if (text.length < 14 || text.length > 110) return refuse('wallet-length', 'no coin has addresses of this length')
  if (/^0x/i.test(text)) return readEthereum(text)
  if (segwitPrefix(text) !== null) return readSegwit(text)
  if (text.length >= 95) return readMonero(text)
  return readBase58(text)
}

interface Version {
  readonly chain: string
  readonly network: 'main' | 'test'
  readonly form: string
}

const version = (chain: string, form: string, network: 'main' | 'test' = 'main'): Version => ({ chain, network, form })

/** First byte of a 21-byte payload, as each chain's parameters (`chainparams.cpp`) define it. */
const versions: ReadonlyMap<number, Version> = new Map([
  [0, version('bitcoin', 'p2pkh')],
  [5, version('bitcoin', 'p2sh')],
  [48, version('litecoin', 'p2pkh')],
  [50, version('litecoin', 'p2sh')],
  [76, version('dash', 'p2pkh')],
  [16, version('dash', 'p2sh')],
  [30, version('dogecoin', 'p2pkh')],
  [22, version('dogecoin', 'p2sh')],
  [65, version('tron', 'account')],
  [111, version('bitcoin', 'p2pkh', 'test')],
  [196, version('bitcoin', 'p2sh', 'test')],
  [58, version('litecoin', 'p2sh', 'test')],
  [140, version('dash', 'p2pkh', 'test')],
  [19, version('dash', 'p2sh', 'test')],
  [113, version('dogecoin', 'p2pkh', 'test')],
])

function readBase58(text: string): Result<WalletReading, IdentifierRefusal> {
  // XRP has an alphabet of its own that begins with r, so zero, the only version, is always an r.
  if (text.startsWith('r')) {
    const account = base58CheckPayload(text, 'base58xrp')
    if (account?.length === 21 && account[0] === 0) return accepted(text, version('xrp', 'account'), 'Base58Check')
    return refuse('wallet-checksum', 'the checksum of the address does not hold')
  }
  const payload = base58CheckPayload(text)
  if (payload === null) return refuse('wallet-checksum', 'the checksum of the address does not hold')
  if (isPrivateKey(payload)) {
    return refuse('wallet-private-key', 'a private key, not an address: whoever reads it can spend what it holds')
  }
  const known = payload.length === 21 ? versions.get(payload[0] ?? -1) : undefined
  if (known === undefined)
    return refuse('wallet-version', 'the checksum holds, but no chain in the table has this version')
  if (known.chain === 'bitcoin' && known.form === 'p2sh' && known.network === 'main') {
    // Litecoin used version 5 for the same scripts until 2016: the text alone does not tell the two apart.
    const litecoin = base58CheckText(Uint8Array.of(50, ...payload.subarray(1)))
    const because = 'Base58Check; Bitcoin, or Litecoin in its old form'
    return accepted(text, known, because, [`litecoin:${litecoin}`])
  }
  return accepted(text, known, 'Base58Check')
}

/** Wallet import format: version 128 (main) or 239 (test) and 32 bytes, with or without a mark for a short public key. */
const isPrivateKey = (payload: Uint8Array): boolean =>
  (payload[0] === 128 || payload[0] === 239) && (payload.length === 33 || (payload.length === 34 && payload[33] === 1))

function accepted(
  text: string,
  found: Version,
  because: string,
  also?: readonly string[],
): Result<WalletReading, IdentifierRefusal> {
  const { chain, network, form } = found
  const identifier: Identifier = {
    kind: 'wallet',
    normal: `${network === 'main' ? chain : `${chain}-testnet`}:${text}`,
    strength: 'checksum',
    because: `${because}, ${chain} ${form}${network === 'main' ? '' : ' of the test network'}`,
    ...(also === undefined ? {} : { also }),
  }
  return ok({ identifier, chain, network, form })
}
