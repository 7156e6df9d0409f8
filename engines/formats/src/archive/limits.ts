/** What an archive may cost, all its nested archives together. */
export interface ArchiveLimits {
  /** Archives within archives. */
  readonly maxNesting: number
  /** Unpacked to packed, of one member, once it has given more than `ratioFrom` bytes. */
  readonly maxRatio: number
  readonly ratioFrom: number
  readonly maxUnpacked: number
  readonly maxMembers: number
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxNesting: 4,
  maxRatio: 200,
  ratioFrom: 32 * 1024 * 1024,
  maxUnpacked: 64 * 1024 * 1024 * 1024,
  maxMembers: 1_000_000,
}

/** One for a whole file, handed down to what is nested in it. */
export class Budget {
  unpacked = 0
  members = 0
  readonly limits: ArchiveLimits

  constructor(limits: ArchiveLimits) {
    this.limits = limits
  }

  get spent(): 'too-large-unpacked' | 'too-many-members' | null {
    if (this.unpacked > this.limits.maxUnpacked) return 'too-large-unpacked'
    return this.members > this.limits.maxMembers ? 'too-many-members' : null
  }
}
