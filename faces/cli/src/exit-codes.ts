/** How a command ends, for scripts. A number never changes its meaning. */
export const exitCodes = {
  done: 0,
  /** The cell, the machine or a rule said no. */
  refused: 1,
  /** The command was not written in the agreed form. */
  usage: 2,
  /** No cell answers. */
  unreachable: 3,
  /** Not signed in; or role, authority or purpose do not allow it. */
  notAllowed: 4,
  /** Done, but not all of it: records were set aside, files refused or still waiting. */
  partly: 5,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
