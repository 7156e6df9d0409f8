import { search, show } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { useSettled } from '../ui/use-settled.ts'
import { call } from './client.ts'
import type { Found, Referral } from './types.ts'

/** The referral that officers call by its number; undefined where there is none, or none for this officer. */
export async function findByNumber(number: number): Promise<Found['referrals'][number] | undefined> {
  const { referrals } = await call(search, { body: { text: String(number) } })
  return referrals.find((each) => each.number === number)
}

/** The record with the number, opened like every record, and in the ledger like every one. */
export function useRecord(number: string): Referral | undefined {
  const wanted = /^\s*(\d{1,15})\s*$/.exec(useSettled(number))?.[1]
  const { data } = useQuery({
    queryKey: ['record by number', wanted ?? ''],
    enabled: wanted !== undefined,
    gcTime: 60_000,
    queryFn: async () => {
      const found = await findByNumber(Number(wanted))
      return found === undefined ? null : await call(show, { params: { id: found.id } })
    },
  })
  return data ?? undefined
}
