import type { Check } from '@tandem/store/engine'
import type { DataFolder } from '../folders.ts'
import { isFree } from '../port.ts'
import type { Settings } from '../settings.ts'
import { CellPeers } from './of-cell.ts'

/** Our own port, and whether each peer answers now: asked from here, with the cell running or not. */
export async function lineChecks(folder: DataFolder, settings: Settings, isRunning: boolean): Promise<Check[]> {
  if (settings.peers === undefined) return []
  const peers = await CellPeers.of(folder, settings, () => {})
  if (!peers.ok)
    return [{ name: 'Line to peers', state: 'bad', says: peers.error, remedy: 'Put right what it says: docs/joint.md' }]
  await peers.value.greet()
  const lines = peers.value
    .checks()
    .map(({ name, ...words }) => ({ name: `${name[0]?.toUpperCase()}${name.slice(1)}`, ...words }))
  return [...(await doorCheck(settings, isRunning)), ...lines]
}

async function doorCheck({ peers }: Settings, isRunning: boolean): Promise<Check[]> {
  if (peers?.listen === undefined) return []
  const { host, port } = peers.listen
  const name = `Port ${port} of the line`
  const isTaken = !(await isFree(port, host))
  const isNeeded = peers.agencies.some((each) => each.peers.length > 0)
  if (isRunning && isNeeded)
    return isTaken
      ? [{ name, state: 'good', says: `Used by this cell, at ${host}.` }]
      : [{ name, state: 'bad', says: 'The cell runs, and nobody listens there.', remedy: 'Start the cell again.' }]
  return isTaken
    ? [
        {
          name,
          state: 'warning',
          says: 'Taken by another program.',
          remedy: 'Choose another one: tandem peer listen --port N',
        },
      ]
    : [{ name, state: 'good', says: 'Free.' }]
}
