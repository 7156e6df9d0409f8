import { readFileSync } from 'node:fs'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'

const manifest: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

export default command({
  summary: 'Version of Tandem and of the Node that runs it.',
  args: {},
  async run(_args, output) {
    const node = process.versions.node
    if (output.json) output.object({ tandem: manifest.version, node })
    else output.line(`Tandem ${manifest.version} (Node ${node})`)
    return exitCodes.done
  },
})
