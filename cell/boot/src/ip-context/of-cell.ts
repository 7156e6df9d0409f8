import { type Check, type IpContextOfCell, ipContextOf } from '@tandem/work'
import { type LoadedContext, loadContextFolder, noContext } from './load-folder.ts'

export interface RunningIpContext extends IpContextOfCell {
  check(): Check
}

const name = 'IP context'
const remedy = 'Put Tor consensuses, exit lists and range lists into a folder and name it in TANDEM_IP_CONTEXT.'

/**
 * Judges the IP events that officers read. The folder is read beside the start and held in memory alone; until then,
 * and without a folder, the reasons that need no files are given.
 */
export function ipContextOfCell(folder: string | undefined, onProblem: (says: string) => void): RunningIpContext {
  let loaded: LoadedContext = noContext
  let check: Check =
    folder === undefined
      ? { name, state: 'good', says: 'No files: addresses are judged by range, port and time alone.', remedy }
      : { name, state: 'warning', says: 'The files are still being read.', remedy: 'Wait a moment.' }
  if (folder !== undefined) {
    void loadContextFolder(folder)
      .then((outcome) => {
        if (outcome.ok) {
          loaded = outcome.value
          check = checkOf(loaded)
        } else check = { name, state: 'bad', says: outcome.error, remedy }
        if (!outcome.ok) onProblem(`IP context: ${outcome.error}`)
      })
      .catch(() => {
        check = { name, state: 'bad', says: 'The files could not be read.', remedy }
        onProblem('IP context: the files could not be read')
      })
  }
  return {
    ...ipContextOf(() => loaded.context, Date.now),
    check: () => check,
  }
}

function checkOf({ holdings, refused, context }: LoadedContext): Check {
  const { consensuses, exitLists, first, last } = context.tor
  const tor =
    first === null
      ? 'no Tor consensus'
      : `Tor from ${first} to ${last} (${consensuses} consensuses, ${exitLists} exit lists)`
  const says = `${holdings.length} files, ${tor}${refused.length === 0 ? '' : `, ${refused.length} files not used`}.`
  return refused.length === 0
    ? { name, state: 'good', says }
    : { name, state: 'warning', says, remedy: 'tandem ip ADDRESS --data FOLDER tells why a file is not used.' }
}
