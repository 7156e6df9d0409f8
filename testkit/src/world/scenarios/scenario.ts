import type { Reported, Sender } from '../model.ts'
import type { Stage } from '../stage.ts'

/** One file as it arrives. The order in which a scenario gives its deliveries is the order of arrival. */
export interface Delivery {
  /** Two agencies receive different files. */
  readonly agency: 'A' | 'B'
  readonly sender: Sender
  /** Part of the file name, unique in the scenario; the same name again is the very same file once more. */
  readonly name: string
  readonly reports: readonly Reported[]
  /** The XML of one file's details, sent apart from its report. */
  readonly only?: 'file details'
  /** What this file shows, in one line. */
  readonly shows: string
}

export interface Scenario {
  readonly name: string
  readonly play: (stage: Stage) => readonly Delivery[]
}

export const delivery = (
  agency: Delivery['agency'],
  name: string,
  shows: string,
  first: Reported,
  ...more: readonly Reported[]
): Delivery => ({ agency, sender: first.sender, name, shows, reports: [first, ...more] })
