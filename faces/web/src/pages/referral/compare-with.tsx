import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { findByNumber } from '../../data/use-record.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemLine } from '../../ui/problem.tsx'

/** Officers know the other one by its number: two that look alike are read side by side. */
export function CompareWith({ id }: { id: string }) {
  const navigate = useNavigate()
  const [number, setNumber] = useState('')
  const [trouble, setTrouble] = useState<unknown>(null)
  const isNumber = /^\d{1,15}$/.test(number.trim())
  const go = async (event: FormEvent) => {
    event.preventDefault()
    if (!isNumber) return
    setTrouble(null)
    try {
      const other = await findByNumber(Number(number))
      if (other === undefined || other.id === id)
        setTrouble(new Error('No other referral of that number is here, or it is not for you.'))
      else await navigate({ to: '/compare/$one/$other', params: { one: id, other: other.id } })
    } catch (error) {
      setTrouble(error)
    }
  }
  return (
    <form className="compare-with" onSubmit={(event) => void go(event)}>
      <TextField label="Beside referral number" inputMode="numeric" value={number} change={setNumber} />
      <Button type="submit" disabled={!isNumber}>
        Compare
      </Button>
      {trouble === null ? null : <ProblemLine error={trouble} />}
    </form>
  )
}
