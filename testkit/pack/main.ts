import { join } from 'node:path'
import { pack, packable } from './pack.ts'

const usage = `npm run pack [-- FOLDER...]   writes publishable packages to dist/pack
  FOLDER   core or an engine, such as engines/triage; all of them when none is named`

export function main(argv: readonly string[]): number {
  if (argv.includes('--help')) {
    console.log(usage)
    return 0
  }
  const folders = argv.length === 0 ? packable() : argv
  const unknown = folders.filter((folder) => !packable().includes(folder))
  if (unknown.length > 0) {
    console.error(`${unknown.join(', ')} cannot be packed.\n${usage}`)
    return 2
  }
  for (const folder of folders) {
    const target = join(import.meta.dirname, '..', '..', 'dist', 'pack', folder.replace('engines/', ''))
    pack(folder, target)
    console.log(`${folder} is in ${target}`)
  }
  return 0
}
