import { smallStore } from './small-store.ts'

/** What was searched for last. In memory only, and only while its answer is in use. */
export const searched = smallStore('')
