import { narratives, type ResponseOf } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import { smallStore } from '../../data/small-store.ts'

type Opened = ResponseOf<typeof narratives>

/** How many places of words this officer has opened today. The officer's own number; nobody else is shown it. */
export const openedToday = smallStore<number | null>(null)

interface Words {
  readonly opened: Opened['words']
  readonly isOpening: boolean
  readonly error: Error | null
  readonly open: (places: string[]) => void
  readonly close: () => void
}

/** The words of places of one referral. They are kept nowhere: what is closed is asked for, and counted, again. */
export function useWords(id: string): Words {
  const open = useMutation({
    mutationFn: (places: string[]): Promise<Opened> => call(narratives, { params: { id }, body: { places } }),
    onSuccess: (opened) => openedToday.set(opened.openedToday),
    gcTime: 0,
  })
  return {
    opened: open.data?.words ?? [],
    isOpening: open.isPending,
    error: open.error,
    open: (places) => open.mutate(places),
    close: () => open.reset(),
  }
}
