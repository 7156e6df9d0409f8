import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const names = `
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      console.error('loaded ' + url)
      return next(url, context)
    },
  })`

/** The modules that the help of a command loads: all that its module needs. */
async function modulesOf(words: readonly string[]): Promise<readonly string[]> {
  const hook = `data:text/javascript,${encodeURIComponent(names)}`
  const args = ['--import', hook, new URL('../src/main.ts', import.meta.url).pathname, ...words, '--help']
  const { stderr } = await promisify(execFile)(process.execPath, args)
  return stderr.split('\n').flatMap((line) => (line.startsWith('loaded ') ? [line.slice('loaded '.length)] : []))
}

test('a command that asks a running cell loads none: it answers at once', async () => {
  for (const words of [
    ['queue'],
    ['decide', 'hold'],
    ['subject', 'merge'],
    ['deconflict', 'show'],
    ['status'],
    ['intake'],
  ]) {
    const modules = await modulesOf(words)
    assert.ok(modules.length > 20, 'the count sees modules')
    const ofCell = modules.filter((url) => /\/(cell\/(work|jobs|release)|faces\/server|engines|pg|fastify)\//.test(url))
    assert.deepEqual(ofCell, [], words.join(' '))
  }
})
