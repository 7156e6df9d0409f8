import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeBundle } from '../src/index.ts'
import { sampleBundle } from './sample-bundle.ts'

// node engines/ledger/test/write-sample.ts DIR: the sample of examples/bundle, with a timestamp authority made anew.
const [folder = '.'] = process.argv.slice(2)
const { bundle, trust } = sampleBundle(1000, [0, 1, 2, 500, 999], true)
writeFileSync(join(folder, 'bundle.json'), writeBundle(bundle))
writeFileSync(join(folder, 'trust.json'), `${JSON.stringify(trust, null, 2)}\n`)
