/** What a key does while the chart has the focus. Told once: the chart obeys this list and the key sheet prints it. */
export type ChartAct =
  | 'neighbour'
  | 'next-neighbour'
  | 'previous-neighbour'
  | 'first'
  | 'next'
  | 'previous'
  | 'open'
  | 'select'
  | 'select-around'
  | 'clear'
  | 'zoom-in'
  | 'zoom-out'
  | 'whole'
  | 'zoom-to'
  | 'pan'
  | 'move'
  | 'pin'
  | 'fold'
  | 'unfold'
  | 'path'
  | 'common'
  | 'around'
  | 'lasso'

export interface ChartKey {
  readonly act: ChartAct
  readonly says: string
  /** As `nameOf` names a press. */
  readonly keys: readonly string[]
  /** As they are printed. */
  readonly caps: readonly string[]
}

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const
const arrowCaps = ['←', '→', '↑', '↓'] as const
const key = (act: ChartAct, says: string, keys: readonly string[], caps: readonly string[] = keys): ChartKey => ({
  act,
  says,
  keys,
  caps,
})

export const chartKeys: readonly ChartKey[] = [
  key('neighbour', 'To the neighbour in that direction', arrows, arrowCaps),
  key('next-neighbour', 'Next neighbour of where you came from', ['e']),
  key('previous-neighbour', 'Previous neighbour of where you came from', ['Shift+e'], ['Shift', 'E']),
  key('next', 'Next node of all', ['PageDown'], ['PgDn']),
  key('previous', 'Previous node of all', ['PageUp'], ['PgUp']),
  key('first', 'Most linked node', ['Home']),
  key('open', 'Open the node’s card', ['Enter']),
  key('select', 'Select or leave out', [' '], ['Space']),
  key('select-around', 'Select it and its neighbours', ['Shift+l'], ['Shift', 'L']),
  key('lasso', 'Lasso on or off', ['l']),
  key('clear', 'Clear lasso, path, selection', ['Escape'], ['Esc']),
  key('path', 'Shortest path between two selected', ['q']),
  key('common', 'Common neighbours of two selected', ['b']),
  key('around', 'Search around', ['a']),
  key('fold', 'Group what is selected', ['f']),
  key('unfold', 'Open the group', ['Shift+f'], ['Shift', 'F']),
  key('pin', 'Pin or unpin', ['i']),
  key(
    'move',
    'Move the node',
    arrows.map((arrow) => `Control+${arrow}`),
    ['Ctrl', ...arrowCaps],
  ),
  key('zoom-in', 'Zoom in', ['+', '='], ['+']),
  key('zoom-out', 'Zoom out', ['-'], ['−']),
  key('whole', 'See the whole chart', ['0']),
  key('zoom-to', 'Zoom to what is selected', ['z']),
  key(
    'pan',
    'Pan',
    arrows.map((arrow) => `Shift+${arrow}`),
    ['Shift', ...arrowCaps],
  ),
]

export const actOf = (press: string): ChartAct | undefined => chartKeys.find(({ keys }) => keys.includes(press))?.act

/** The direction of an arrow, as a step in pixels of one. */
export function directionOf(press: string): { readonly x: number; readonly y: number } {
  if (press.endsWith('ArrowLeft')) return { x: -1, y: 0 }
  if (press.endsWith('ArrowRight')) return { x: 1, y: 0 }
  return press.endsWith('ArrowUp') ? { x: 0, y: -1 } : { x: 0, y: 1 }
}
