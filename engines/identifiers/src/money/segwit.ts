import { bech32, bech32m } from '@scure/base'
import { ok, type Result } from '@tandem/core'
import type { IdentifierRefusal } from '../identifier.ts'
import { refuse } from '../refuse.ts'
import type { WalletReading } from './wallet.ts'

/** Human-readable parts of SLIP-0173 that we know; `lnbc` is an invoice and not among them. */
const prefixes: ReadonlyMap<string, readonly [chain: string, network: 'main' | 'test', name: string]> = new Map([
  ['bc', ['bitcoin', 'main', 'bitcoin']],
  ['tb', ['bitcoin', 'test', 'bitcoin-testnet']],
  ['bcrt', ['bitcoin', 'test', 'bitcoin-regtest']],
  ['ltc', ['litecoin', 'main', 'litecoin']],
  ['tltc', ['litecoin', 'test', 'litecoin-testnet']],
])

export function segwitPrefix(text: string): string | null {
  const at = text.lastIndexOf('1')
  const prefix = at > 0 && at < 5 ? text.slice(0, at).toLowerCase() : ''
  return prefixes.has(prefix) ? prefix : null
}

/** BIP 173 for witness version 0, BIP 350 for 1 to 16; upper and lower case, never both. */
export function readSegwit(text: string): Result<WalletReading, IdentifierRefusal> {
  const prefix = segwitPrefix(text) ?? ''
  const [chain, network, name] = prefixes.get(prefix) ?? []
  if (chain === undefined || network === undefined || name === undefined) {
    return refuse('wallet-prefix', 'no coin in the table has this prefix')
  }
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) {
    return refuse('wallet-mixed-case', 'upper and lower case mixed: BIP 173 refuses it')
  }
  const lower = text.toLowerCase()
  const old = bech32.decodeUnsafe(lower, 90)
  const words = old?.words ?? bech32m.decodeUnsafe(lower, 90)?.words
  if (words === undefined) return refuse('wallet-checksum', 'the checksum of the address does not hold')
  const [witness = -1, ...rest] = words
  const program = bech32.fromWordsUnsafe(rest)
  if (witness < 0 || witness > 16 || !(program instanceof Uint8Array) || program.length < 2 || program.length > 40) {
    return refuse('wallet-program', 'the witness version or the length of its program is not allowed')
  }
  if ((witness === 0) !== (old !== undefined)) {
    return refuse('wallet-checksum', 'the checksum is of the other kind: version 0 has Bech32, later ones Bech32m')
  }
  const form = formOf(witness, program)
  if (form === null) return refuse('wallet-program', 'version 0 has programs of 20 or 32 bytes only')
  const standard = form === 'witness' ? `, non-standard witness version ${witness}: no wallet makes it` : ''
  return ok({
    identifier: {
      kind: 'wallet',
      normal: `${name}:${lower}`,
      strength: 'checksum',
      because: `${witness === 0 ? 'Bech32 (BIP 173)' : 'Bech32m (BIP 350)'} checksum, ${chain} ${form}${network === 'main' ? '' : ' of a test network'}${standard}`,
    },
    chain,
    network,
    form,
  })
}

function formOf(witness: number, program: Uint8Array): string | null {
  if (witness === 0) return program.length === 20 ? 'p2wpkh' : program.length === 32 ? 'p2wsh' : null
  if (witness === 1 && program.length === 32) return 'p2tr'
  if (witness === 1 && program.length === 2 && program[0] === 0x4e && program[1] === 0x73) return 'p2a'
  return 'witness'
}
