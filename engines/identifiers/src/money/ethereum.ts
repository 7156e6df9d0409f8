import { keccak_256 } from '@noble/hashes/sha3.js'
import { ok, type Result } from '@tandem/core'
import type { IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import type { WalletReading } from './wallet.ts'

/** 20 bytes in hex. Mixed case is the checksum of EIP-55 and must hold; one case alone has no checksum. */
export function readEthereum(text: string): Result<WalletReading, IdentifierRefusal> {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return refuse('wallet-form', 'not 0x and 40 hex digits')
  const digits = text.slice(2)
  const lower = digits.toLowerCase()
  const oneCase = digits === lower || digits === digits.toUpperCase()
  if (!oneCase && withChecksum(lower) !== digits) {
    return refuse('wallet-checksum', 'the upper and lower case letters are not the checksum of EIP-55')
  }
  return ok({
    identifier: {
      kind: 'wallet',
      normal: `ethereum:0x${lower}`,
      strength: oneCase ? 'form' : 'checksum',
      because: oneCase
        ? 'form of an Ethereum address, in one case and so without a checksum'
        : 'checksum of EIP-55, ethereum account',
    },
    chain: 'ethereum',
    network: 'main',
    form: 'account',
  })
}

/** EIP-55: a letter is upper case where the hash of the lower-case text has a digit of 8 or more. */
function withChecksum(lower: string): string {
  const sum = keccak_256(new TextEncoder().encode(lower))
  let text = ''
  for (let at = 0; at < lower.length; at += 1) {
    const nibble = ((sum[at >> 1] ?? 0) >> (at % 2 === 0 ? 4 : 0)) & 15
    const letter = lower.charAt(at)
    text += nibble >= 8 ? letter.toUpperCase() : letter
  }
  return text
}
