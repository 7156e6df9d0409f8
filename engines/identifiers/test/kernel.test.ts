import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compiled, target, textOf } from './kernels.ts'

describe('the kernel is current', () => {
  it('is what its source compiles to', { timeout: 60_000 }, async () => {
    assert.ok(textOf(target) === (await compiled()), 'run test/kernels.ts')
  })
})
