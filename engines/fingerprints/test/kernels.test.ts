import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { compileKernel, kernels, textOf } from '../tools/kernels.ts'

const root = join(import.meta.dirname, '..')

describe('kernels are current', () => {
  for (const kernel of kernels) {
    it(`${kernel.target} is what ${kernel.source} compiles to`, { timeout: 60_000 }, async () => {
      const compiled = await compileKernel(root, kernel)
      assert.ok(textOf(join(root, kernel.target)) === compiled, 'run tools/build-kernels.ts')
    })
  }
})
