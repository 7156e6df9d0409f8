import { signOut } from '@tandem/contract'
import { useMutation } from '@tanstack/react-query'
import { call } from '../data/client.ts'
import { client } from '../data/queries.ts'
import { searched } from '../data/searched.ts'
import { session } from '../data/session.ts'
import { dropDrafts } from '../decide/drafts.ts'
import { Button } from '../ui/button.tsx'
import { ProblemLine } from '../ui/problem.tsx'

/** Ends the session at once; what was read, searched for or half written leaves the memory of the desk too. */
export function SignOut() {
  const leave = useMutation({
    mutationFn: () => call(signOut, { body: {} }),
    onSuccess: () => {
      dropDrafts()
      searched.set('')
      client.clear()
      session.set('ended')
    },
  })
  return (
    <>
      <Button look="quiet" onClick={() => leave.mutate()} disabled={leave.isPending}>
        Sign out
      </Button>
      {leave.isError ? <ProblemLine error={leave.error} /> : null}
    </>
  )
}
