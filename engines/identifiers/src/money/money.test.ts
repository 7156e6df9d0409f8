import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58xmr } from '@scure/base'
import fc from 'fast-check'
import { readCard, readIban, readLightning, readTransaction, readWallet } from '../index.ts'
import { luhnCheckDigit, luhnHolds } from '../luhn.ts'
import { base58CheckText } from './base58.ts'

const vectors = join(import.meta.dirname, '../../../../fixtures/identifiers')
const read = <T>(file: string, check: (value: unknown) => value is T): T => {
  const value: unknown = JSON.parse(readFileSync(join(vectors, file), 'utf8'))
  assert.ok(check(value), file)
  return value
}
const isRows = (value: unknown): value is unknown[][] => Array.isArray(value) && value.every(Array.isArray)
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const normal = (text: string): string | null => {
  const reading = readWallet(text)
  return reading.ok ? reading.value.identifier.normal : null
}
const code = (text: string): string | null => {
  const reading = readWallet(text)
  return reading.ok ? null : reading.error.code
}

describe('addresses of coins', () => {
  it('in the published base58 vectors are read with their network and form; private keys are refused as such', () => {
    let addresses = 0
    for (const [text, , about] of read('base58_keys_valid.json', isRows)) {
      assert.ok(typeof text === 'string' && isRecord(about))
      const reading = readWallet(text)
      if (about['isPrivkey'] === true) {
        assert.equal(code(text), 'wallet-private-key', text)
        continue
      }
      assert.ok(reading.ok, text)
      assert.equal(reading.value.network, about['isTestnet'] === true ? 'test' : 'main', text)
      assert.equal(reading.value.form, about['addrType'] === 'script' ? 'p2sh' : 'p2pkh', text)
      assert.equal(reading.value.chain, 'bitcoin')
      addresses += 1
    }
    assert.equal(addresses, 26)
  })

  it('in the published vectors of broken base58 are all refused', () => {
    const rows = read('base58_keys_invalid.json', isRows)
    assert.equal(rows.length, 50)
    for (const [text] of rows) assert.ok(typeof text === 'string' && !readWallet(text).ok, String(text))
  })

  it('in the vectors of a second library are read, and test networks never count as the main one', () => {
    const file = read('address.json', isRecord)
    const rows = file['standard']
    assert.ok(Array.isArray(rows))
    let seen = 0
    for (const row of rows) {
      assert.ok(isRecord(row))
      for (const text of [row['base58check'], row['bech32']]) {
        if (typeof text !== 'string') continue
        const reading = readWallet(text)
        assert.ok(reading.ok, text)
        assert.equal(reading.value.network === 'test', /test|regtest/.test(String(row['network'])), text)
        assert.ok(
          reading.value.identifier.normal.startsWith(
            reading.value.network === 'test' ? 'bitcoin-' : reading.value.chain,
          ),
        )
        seen += 1
      }
    }
    assert.equal(seen, 16)
  })

  it('of BIP 350 are read, and the odd ones marked non-standard', () => {
    const valid = [
      ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'p2wpkh'],
      [
        'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
        'bitcoin-testnet:tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
        'p2wsh',
      ],
      [
        'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
        'bitcoin:bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
        'witness',
      ],
      ['BC1SW50QGDZ25J', 'bitcoin:bc1sw50qgdz25j', 'witness'],
      ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', 'bitcoin:bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', 'witness'],
      [
        'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
        'bitcoin-testnet:tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
        'p2wsh',
      ],
      [
        'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
        'bitcoin-testnet:tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
        'p2tr',
      ],
      [
        'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
        'bitcoin:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
        'p2tr',
      ],
    ]
    for (const [text = '', expected = '', form] of valid) {
      const reading = readWallet(text)
      assert.ok(reading.ok, text)
      assert.deepEqual([reading.value.identifier.normal, reading.value.form], [expected, form])
      assert.equal(reading.value.identifier.because.includes('non-standard'), form === 'witness')
    }
  })

  it('of BIP 173 and BIP 350 that are wrong are refused', () => {
    for (const text of [
      'tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd',
      'tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf',
      'BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh',
      'tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47',
      'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4',
      'BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R',
      'bc1pw5dgrnzv',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav',
      'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P',
      'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf',
      'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j',
      'bc1gmk9yu',
      // BIP 173: once valid, invalid since BIP 350 gave later versions another checksum.
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx',
      'BC1SW50QA3JX3S',
      'bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj',
    ]) {
      assert.ok(!readWallet(text).ok, text)
    }
    assert.equal(code('tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq'), 'wallet-mixed-case')
  })

  it('that begin with 3 keep both readings: Bitcoin, and Litecoin as it once wrote them', () => {
    const reading = readWallet('3LRW7jeCvQCRdPF8S3yUCfRAx4eqXFmdcr')
    assert.ok(reading.ok)
    assert.equal(reading.value.identifier.normal, 'bitcoin:3LRW7jeCvQCRdPF8S3yUCfRAx4eqXFmdcr')
    const [litecoin = ''] = reading.value.identifier.also ?? []
    assert.equal(normal(litecoin.slice('litecoin:'.length)), litecoin)
  })

  it('of Ethereum hold EIP-55 when their case is mixed; in one case they have no checksum', () => {
    for (const text of [
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
      '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
      '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
    ]) {
      const reading = readWallet(text)
      assert.ok(reading.ok && reading.value.identifier.strength === 'checksum', text)
      assert.equal(reading.value.identifier.normal, `ethereum:${text.toLowerCase()}`)
      const wrong = text.replace(/[a-f]/, (letter) => letter.toUpperCase())
      assert.equal(code(wrong), 'wallet-checksum')
    }
    for (const text of [
      '0x52908400098527886E0F7030069857D2E4169EE7',
      '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
      '0xde709f2102306220921060314715629080e2fb77',
      '0x27b1fdb04752bbc536007a920d24acb045561c26',
    ]) {
      const reading = readWallet(text)
      assert.ok(reading.ok && reading.value.identifier.strength === 'form', text)
    }
  })

  it('of each chain made here are read back; one changed character is noticed', () => {
    const first: readonly (readonly [number, string, RegExp])[] = [
      [0, 'bitcoin', /^1/],
      [48, 'litecoin', /^L/],
      [50, 'litecoin', /^M/],
      [76, 'dash', /^X/],
      [30, 'dogecoin', /^D/],
      [65, 'tron', /^T/],
    ]
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.constantFrom(...first),
        fc.nat(32),
        (hash, [version, chain, letter], place) => {
          const text = base58CheckText(Uint8Array.of(version, ...hash))
          assert.match(text, letter)
          assert.equal(normal(text), `${chain}:${text}`)
          const at = place % text.length
          const changed = text.slice(0, at) + (text[at] === 'z' ? 'y' : 'z') + text.slice(at + 1)
          assert.ok(changed === text || !readWallet(changed).ok)
        },
      ),
    )
    assert.equal(normal('rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh'), 'xrp:rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh')
    assert.equal(normal('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), 'tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
  })

  it('of Monero hold their checksum; an integrated one also names the wallet it pays into', () => {
    const made = (payload: readonly number[]): string =>
      base58xmr.encode(Uint8Array.of(...payload, ...keccak_256(Uint8Array.from(payload)).subarray(0, 4)))
    const keys = Array.from({ length: 64 }, (_, at) => (at * 37 + 5) % 256)
    const standard = made([18, ...keys])
    const integrated = made([19, ...keys, 1, 2, 3, 4, 5, 6, 7, 8])
    assert.match(standard, /^4.{94}$/)
    assert.match(made([42, ...keys]), /^8.{94}$/)
    const reading = readWallet(integrated)
    assert.ok(reading.ok && reading.value.form === 'integrated')
    assert.deepEqual(reading.value.identifier.also, [`monero:${standard}`])
    assert.equal(normal(standard), `monero:${standard}`)
    assert.equal(normal(made([53, ...keys]))?.split(':')[0], 'monero-testnet')
    assert.equal(
      code(`${standard.slice(0, 50)}${standard[50] === 'a' ? 'b' : 'a'}${standard.slice(51)}`),
      'wallet-checksum',
    )
  })
})

describe('Lightning invoices', () => {
  it('of BOLT 11 are read: network, amount, time, payment hash', () => {
    const hash = '0001020304050607080900010203040506070809000102030405060708090102'
    const donation =
      'lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6twvus8g6rfwvs8qun0dfjkxaq8rkx3yf5tcsyz3d73gafnh3cax9rn449d9p5uxz9ezhhypd0elx87sjle52x86fux2ypatgddc6k63n7erqz25le42c4u4ecky03ylcqca784w'
    const coffee =
      'lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpuaztrnwngzn3kdzw5hydlzf03qdgm2hdq27cqv3agm2awhz5se903vruatfhq77w3ls4evs3ch9zw97j25emudupq63nyw24cg27h2rspfj9srp'
    const test =
      'lntb20m1pvjluezhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqfpp3x9et2e20v6pu37c5d9vax37wxq72un98kmzzhznpurw9sgl2v0nklu2g4d0keph5t7tj9tcqd8rexnd07ux4uv2cjvcqwaxgj7v4uwn5wmypjd5n69z2xm3xgksg28nwht7f6zspwp3f9t'
    const read = (text: string) => {
      const reading = readLightning(text)
      assert.ok(reading.ok, text)
      const { network, amount, madeAt, paymentHash } = reading.value
      return [network, amount, madeAt, paymentHash]
    }
    assert.deepEqual(read(donation), ['main', null, 1496314658, hash])
    assert.deepEqual(read(coffee.toUpperCase()), ['main', '2500u', 1496314658, hash])
    assert.deepEqual(read(test), ['test', '20m', 1496314658, hash])
    // Examples of what must be refused: checksum, no separator, mixed case, too short, unknown multiplier.
    for (const text of [
      `${coffee.slice(0, -1)}q`,
      'pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4eyqc7d8d0xqzpuyk0sg5g70me25alkluzd2x62aysf2pyy8edtjeevuv4p2d5p76r4zkmneet7uvyakky2zr4cusd45tftc9c5fh0nnqpnl2jfll544esqchsrny',
      `LNBC2500u${coffee.slice(9)}`,
      'lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6na6hlh',
      'lnbc2500x1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpujr6jxr9gq9pv6g46y7d20jfkegkg4gljz2ea2a3m9lmvvr95tq2s0kvu70u3axgelz3kyvtp2ywwt0y8hkx2869zq5dll9nelr83zzqqpgl2zg',
    ]) {
      assert.ok(!readLightning(text).ok, text.slice(0, 30))
    }
  })
})

describe('transactions, bank accounts, cards', () => {
  it('64 hex digits are a transaction only weakly until the text says so', () => {
    const text = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
    const weak = readTransaction(text)
    const named = readTransaction(`0x${text.toUpperCase()}`, true)
    assert.ok(weak.ok && weak.value.identifier.strength === 'weak' && weak.value.chain === null)
    assert.ok(named.ok && named.value.identifier.normal === text && named.value.identifier.strength === 'form')
    assert.ok(!readTransaction('0'.repeat(64)).ok)
  })

  it('IBANs of the registry are read with blanks (the library refuses them); wrong ones are refused', () => {
    for (const text of [
      'GB29 NWBK 6016 1331 9268 19',
      'DE89 3704 0044 0532 0130 00',
      'FR14 2004 1010 0505 0001 3M02 606',
      'NO93 8601 1117 947',
      'mt84malt011000012345mtlcast001s',
      'IBAN: NL91-ABNA-0417-1643-00',
    ]) {
      const reading = readIban(text)
      assert.ok(reading.ok, text)
      assert.match(reading.value.identifier.normal, /^[A-Z0-9]+$/)
    }
    assert.ok(!readIban('GB29 NWBK 6016 1331 9268 18').ok)
    assert.ok(!readIban('GB29 NWBK 6016 1331 9268 1').ok)
    assert.ok(!readIban('XX29 NWBK 6016 1331 9268 19').ok)
  })

  it('a card number is checked and never kept', () => {
    const published = [
      ['4111 1111 1111 1111', 'visa/1111'],
      ['5555-5555-5555-4444', 'mastercard/4444'],
      ['2223003122003222', 'mastercard/3222'],
      ['3782 822463 10005', 'american-express/0005'],
      ['6011111111111117', 'discover/1117'],
      ['3530111333300000', 'jcb/0000'],
      ['30569309025904', 'diners/5904'],
    ]
    for (const [text = '', expected = ''] of published) {
      const reading = readCard(text)
      assert.ok(reading.ok, text)
      assert.equal(reading.value.identifier.normal, expected)
      assert.doesNotMatch(JSON.stringify(reading), /[0-9]{5}/)
    }
    const refused = readCard('4111 1111 1111 1112')
    assert.ok(!refused.ok && !/[0-9]{3}/.test(refused.error.says))
    assert.ok(!readCard('9999 9999 9999 9995').ok)
  })

  it('the check digit of any number makes it hold', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,30}$/), (digits) => {
        const check = luhnCheckDigit(digits)
        assert.ok(luhnHolds(digits + check))
        assert.ok(!luhnHolds(digits + ((Number(check) + 1) % 10)))
      }),
    )
  })
})
