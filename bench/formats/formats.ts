import { parseArgs } from 'node:util'
import { robust } from './robust.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    robust: { type: 'boolean', default: false },
    every: { type: 'string', default: '64' },
    'most-cuts': { type: 'string', default: 'Infinity' },
    changed: { type: 'string', default: '100' },
  },
})

if (values.robust) {
  const ok = await robust({
    paths: positionals,
    every: Number(values.every),
    mostCuts: Number(values['most-cuts']),
    changed: Number(values.changed),
  })
  process.exitCode = ok ? 0 : 1
}
