import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  makeCallRecord,
  makeKikBind,
  makeSnapchatIpData,
  makeSubscriberReturn,
  makeXIpAudit,
} from '../src/generators/provider-returns.ts'

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('made answers of providers', () => {
  it('are the same for the same seed, and another for another', () => {
    assert.deepEqual(makeSubscriberReturn('a', 5), makeSubscriberReturn('a', 5))
    assert.notDeepEqual(makeSubscriberReturn('a', 5).bytes, makeSubscriberReturn('b', 5).bytes)
  })

  it('change with each habit', () => {
    const plain = textOf(makeSubscriberReturn('a', 12).bytes)
    for (const habit of [
      'legend',
      'repeatedHeader',
      'footerTotal',
      'emptyRows',
      'noZone',
      'londonTimes',
      'sharedAddress',
      'noPort',
      'swappedDigits',
      'spreadsheetDamage',
    ] as const) {
      assert.notEqual(textOf(makeSubscriberReturn('a', 12, { [habit]: true }).bytes), plain, habit)
    }
  })

  it('hold only invented people and addresses of documentation', () => {
    const all = [
      makeSubscriberReturn('a', 20),
      makeSnapchatIpData('a', 20),
      makeKikBind('a', 20),
      makeXIpAudit('a', 20),
      makeCallRecord('a', 20),
    ]
      .map(({ bytes }) => textOf(bytes))
      .join('\n')
    for (const [address] of all.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) assert.match(address, /^203\.0\.113\./)
  })
})
