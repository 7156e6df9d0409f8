import type { mergeSubjects, ResponseOf } from '@tandem/contract'
import { ownChange } from '../../data/live.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'

/** A decision about links moves several subjects at once: all that are open are read anew. */
export function decided({ says, subjects }: ResponseOf<typeof mergeSubjects>): void {
  for (const { id } of subjects) ownChange(id)
  toast({ kind: 'done', says })
  for (const key of ['subject', 'subjects', 'referral']) void client.invalidateQueries({ queryKey: [key] })
}
