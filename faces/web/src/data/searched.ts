import { smallStore } from './small-store.ts'

/** What was searched for last. In memory only. */
export const searched = smallStore('')
