import { useEffect, useState } from 'react'

/** What was typed, once the typing has paused: each look into the record is an entry in the ledger. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 350)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
