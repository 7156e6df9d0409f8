import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { tandem, temporaryFolder } from './tandem.ts'

test('extract tells each identifier with its place, and accounts for what it did not read', async (t) => {
  const folder = join(temporaryFolder(t), 'texts')
  mkdirSync(folder)
  const text = 'Write to test.person@mail.example, not to 192.0.2.999.'
  writeFileSync(join(folder, 'one.txt'), text)
  symlinkSync('/etc/passwd', join(folder, 'link'))
  const { code, lines } = await tandem(['extract', folder, '--json'])
  assert.equal(code, 5, 'the link was set aside')
  const told = lines.map((line) => JSON.parse(line))
  const [mail] = told.filter(({ identifier }) => identifier?.kind === 'email')
  assert.equal(text.slice(mail.start, mail.end), 'test.person@mail.example')
  assert.equal(told.filter(({ identifier }) => identifier?.kind === 'ip').length, 0)
  assert.ok(told.some(({ setAside }) => setAside !== undefined))
  assert.deepEqual(told.at(-1).summary.files, 1)
})
