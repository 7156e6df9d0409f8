import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { digestOfSample } from './sample-digest.ts'

test('another time zone and locale give byte-equal scores and keys', () => {
  const here = digestOfSample()
  assert.match(here, /^[0-9a-f]{64}$/)
  assert.notEqual(here, createHash('sha256').digest('hex'))
  const script = fileURLToPath(new URL('./sample-digest.ts', import.meta.url))
  for (const [zone, locale] of [
    ['Pacific/Kiritimati', 'tr_TR.UTF-8'],
    ['America/St_Johns', 'ar_EG.UTF-8'],
  ]) {
    const env = { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale }
    const there = execFileSync(process.execPath, [script], { env, encoding: 'utf8' }).trim()
    assert.equal(there, here, `${zone} ${locale}`)
  }
})
