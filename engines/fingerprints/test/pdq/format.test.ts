import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sniff } from '../../src/pdq/index.ts'

test('a transport stream is a video, as broadcast and as cameras write it', () => {
  const packets = (length: number, before: number) => {
    const bytes = new Uint8Array(512)
    for (let at = before; at < bytes.length; at += length) bytes[at] = 0x47
    return bytes
  }
  for (const bytes of [packets(188, 0), packets(192, 4)]) {
    const sniffed = sniff(bytes)
    assert.ok(sniffed.kind === 'other' && sniffed.what === 'video')
  }
  assert.equal(sniff(packets(189, 0)).kind, 'unknown')
  assert.equal(sniff(Buffer.from('Good morning')).kind, 'unknown')
})
