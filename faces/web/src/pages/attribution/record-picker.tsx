import type { Referral } from '../../data/types.ts'
import { revealed } from '../../text/safe.ts'
import { SelectField, TextField } from '../../ui/field.tsx'

/** A place in a record of the cell, as far as it was chosen. */
export interface Picked {
  readonly number: string
  readonly person: string
}
export const nothingPicked: Picked = { number: '', person: '' }

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
