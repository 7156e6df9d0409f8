import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'

export const decideRelease = route({
  name: 'deconfliction.decideRelease',
  method: 'POST',
  path: '/api/deconfliction/releases/:id/decide',
  summary: 'Approve or refuse, as a second person, a release of hits; approval sends it. Again: sends what is approved',
  access: 'session',
  params: idParams,
  body: z.strictObject({ approve: z.boolean(), reason }),
  response: z.object({
    release: id,
    state: z.enum(['refused', 'approved', 'sent']),
    /** Desks of the other side. */
    pointers: z.array(z.string()),
    /** Set when it is approved and did not arrive: it can be sent again. */
    says: z.string().nullable(),
  }),
})
