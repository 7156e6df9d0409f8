import { createContext, useContext, useMemo } from 'react'
import type { Standing } from '../data/types.ts'
import type { Desk } from '../decide/decide.ts'

/** Set by the shell once the cell has said who is signed in; no page is drawn before. */
export const StandingContext = createContext<Standing | null>(null)

export function useStanding(): Standing {
  const standing = useContext(StandingContext)
  if (standing === null) throw new Error('A page was drawn outside the shell')
  return standing
}

export function useDesk(): Desk {
  const { person, people, may } = useStanding()
  return useMemo(() => {
    const names = new Map(people.map((each) => [each.id, each.name]))
    return {
      me: person.id,
      role: person.role,
      may: new Set(may),
      nameOf: (id) => (id === person.id ? 'you' : (names.get(id) ?? 'another officer')),
    }
  }, [person.id, person.role, people, may])
}

/** Names of the people this officer may know of; nothing for an id that is none of theirs. */
export function useNames(): (id: string) => string | undefined {
  const { people } = useStanding()
  return useMemo(() => {
    const names = new Map(people.map((each) => [each.id, each.name]))
    return (id: string) => names.get(id)
  }, [people])
}
