/**
 * Every action of the desk, told once: the palette, the key sheet, the buttons and the key handler read this list.
 * A key is a character as typed (`j`, `?`), a name (`Enter`), with `Control+`, `Shift+` in front where needed;
 * a space stands between the keys of a sequence (`g t`).
 */
export interface Action {
  readonly id: string
  readonly says: string
  readonly keys: readonly string[]
  readonly group: Group
}

export const groups = ['Decide', 'Move', 'Select', 'Show', 'Go to'] as const
export type Group = (typeof groups)[number]

const action = <const Id extends string>(id: Id, group: Group, says: string, ...keys: string[]) => ({
  id,
  says,
  keys,
  group,
})

export const actions = [
  action('referral.take', 'Decide', 'Take', 't'),
  action('referral.release', 'Decide', 'Release back to the queue', 'r'),
  action('referral.hold', 'Decide', 'Hold until a time', 'h'),
  action('referral.merge', 'Decide', 'Merge as duplicate', 'm'),
  action('referral.decline', 'Decide', 'Decline with a reason', 'd'),
  action('referral.priority', 'Decide', 'Confirm priority', 'p'),
  action('referral.safeguard', 'Decide', 'Refer to safeguarding', 's'),
  action('referral.note', 'Decide', 'Add a note', 'n'),
  action('referral.close', 'Decide', 'Close with an outcome', 'c'),
  action('rank.higher', 'Decide', 'Disagree: should stand higher', 'Shift+h'),
  action('rank.lower', 'Decide', 'Disagree: should stand lower', 'Shift+l'),
  action('choice.one', 'Decide', 'Of two: the left one first', '1'),
  action('choice.other', 'Decide', 'Of two: the right one first', '2'),
  action('choice.none', 'Decide', 'Of two: cannot say', '0'),
  action('decision.undo', 'Decide', 'Undo what you did last', 'u'),
  action('list.next', 'Move', 'Next row', 'j', 'ArrowDown'),
  action('list.previous', 'Move', 'Previous row', 'k', 'ArrowUp'),
  action('list.pageDown', 'Move', 'A page down', 'PageDown'),
  action('list.pageUp', 'Move', 'A page up', 'PageUp'),
  action('list.first', 'Move', 'First row', 'Home'),
  action('list.last', 'Move', 'Last row', 'End'),
  action('list.preview', 'Move', 'Go into the preview', 'Enter'),
  action('list.back', 'Move', 'Back to the rows', 'Escape'),
  action('referral.open', 'Move', 'Open as a page', 'o'),
  action('select.toggle', 'Select', 'Select this row', 'x'),
  action('select.down', 'Select', 'Select downwards', 'Shift+j', 'Shift+ArrowDown'),
  action('select.up', 'Select', 'Select upwards', 'Shift+k', 'Shift+ArrowUp'),
  action('select.none', 'Select', 'Select nothing', 'Shift+x'),
  action('list.copy', 'Select', 'Copy rows as a table (TSV)', 'y'),
  action('show.search', 'Show', 'Search', '/'),
  action('show.palette', 'Show', 'All actions', 'Control+k'),
  action('show.keys', 'Show', 'Keys', '?'),
  action('show.reason', 'Show', 'Open or close the sender’s reason', 'w'),
  action('show.refresh', 'Show', 'Bring the list up to date', 'Shift+r'),
  action('show.pane', 'Show', 'Preview on or off', 'v'),
  action('show.standing', 'Show', 'Choose operation, authority and purpose', 'Shift+a'),
  action('show.settings', 'Show', 'Settings', ','),
  action('go.triage', 'Go to', 'Triage', 'g t'),
  action('go.subjects', 'Go to', 'Subjects', 'g u'),
  action('go.safeguarding', 'Go to', 'Safeguarding', 'g s'),
  action('go.approvals', 'Go to', 'Approvals', 'g p'),
  action('go.lists', 'Go to', 'Lists', 'g l'),
  action('go.weights', 'Go to', 'Weights', 'g w'),
  action('go.authorities', 'Go to', 'Authorities', 'g a'),
  action('go.deconfliction', 'Go to', 'Deconfliction', 'g d'),
  action('go.oversight', 'Go to', 'Oversight', 'g o'),
  action('go.deliveries', 'Go to', 'Intake', 'g i'),
  action('go.ledger', 'Go to', 'Ledger', 'g e'),
  action('go.health', 'Go to', 'Health', 'g h'),
] as const satisfies readonly Action[]

export type ActionId = (typeof actions)[number]['id']

export const actionOf = (id: ActionId): Action => actions.find((each) => each.id === id) ?? actions[0]

const shown: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  Control: 'Ctrl',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
}
const isLast = (index: number, all: readonly string[]): boolean => index > 0 && index === all.length - 1

/** The caps of a key as they are printed: `Shift+j` → Shift, J; `g t` → g, t. */
export const capsOf = (key: string): string[] =>
  key
    .split(/[ +]/)
    .map(
      (cap, index, all) =>
        shown[cap] ?? (isLast(index, all) && key.includes('+') && cap.length === 1 ? cap.toUpperCase() : cap),
    )
