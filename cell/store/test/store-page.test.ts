import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url)

test('the page of the store tells what each migration does', () => {
  const page = readFileSync(at('docs/store.md'), 'utf8')
  const told = [...page.matchAll(/^\| `(\d{4}_\w+)` \| \S/gm)].map(([, name]) => `${name}.sql`)
  assert.deepEqual(told, readdirSync(at('cell/store/migrations')).toSorted())
})
