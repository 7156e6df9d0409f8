import { search, show } from '@tandem/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../data/client.ts'
import type { Referral } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useSettled } from '../../ui/use-settled.ts'

/** A place in a record of the cell, as far as it was chosen. */
export interface Picked {
  readonly number: string
  readonly person: string
}
export const nothingPicked: Picked = { number: '', person: '' }

/** The record with the number, read as any record is read, and in the ledger like any. */
export function useRecord(number: string): Referral | undefined {
  const wanted = /^\s*(\d{1,15})\s*$/.exec(useSettled(number))?.[1]
  const { data } = useQuery({
    queryKey: ['record for an attribution', wanted ?? ''],
    enabled: wanted !== undefined,
    gcTime: 60_000,
    queryFn: async () => {
      const { referrals } = await call(search, { body: { text: wanted ?? '' } })
      const found = referrals.find((each) => each.number === Number(wanted))
      return found === undefined ? null : await call(show, { params: { id: found.id } })
    },
  })
  return data ?? undefined
}

/** The number of a record and one of its people: names and addresses are read from there and cannot be written here. */
export function RecordPicker({
  label,
  who,
  hint,
  record,
  picked,
  pick,
}: {
  label: string
  who: string
  hint: string
  record: Referral | undefined
  picked: Picked
  pick: (picked: Picked) => void
}) {
  const isOpen = picked.number.trim() !== '' && record === undefined
  return (
    <>
      <TextField
        label={label}
        inputMode="numeric"
        value={picked.number}
        change={(number) => pick({ number, person: '' })}
        hint={isOpen ? 'No such record here, or not for you.' : hint}
      />
      {record === undefined ? null : (
        <SelectField
          label={who}
          none="Choose"
          value={picked.person}
          options={record.people.map((person) => ({ value: String(person.index), says: saysOf(person) }))}
          change={(person) => pick({ ...picked, person })}
        />
      )}
    </>
  )
}

const saysOf = ({ index, names, addresses, place }: Referral['people'][number]): string =>
  revealed(
    `${index + 1}: ${[names.join(' / ') || 'no name', addresses.join(' / ') || 'no address'].join(', ')} (${place})`,
  )
