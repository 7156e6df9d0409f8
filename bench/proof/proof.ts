// npm run bench -- proof [--queries 3000] [--plan ring-16] [--seed 1]
// No measurement but a count: the perceptual index against an independent scan, pair by pair, at every radius from 0 to 47 and
// three beyond, on hashes that are hard for bands; single and bulk, before and after saving. Some minutes of processor time.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const tool = fileURLToPath(new URL('../../engines/fingerprints/tools/prove.ts', import.meta.url))
process.exitCode = spawnSync(process.execPath, [tool, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
