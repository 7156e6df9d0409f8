import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, reason } from '../shapes.ts'
import { grantState, lookupKind } from './lookup-shapes.ts'
import { desk } from './shapes.ts'

export const proposeGrant = route({
  name: 'deconfliction.proposeGrant',
  method: 'POST',
  path: '/api/deconfliction/grants',
  summary: 'Propose to ask another agency to let this one look up single values; a second person must approve',
  access: 'session',
  body: z.strictObject({
    peer: z.string().min(1).max(128),
    kinds: z.array(lookupKind).min(1).max(13),
    lookups: z.int().min(1).max(1000),
    /** How long the grant lives, from now on. */
    hours: z.int().min(1).max(168),
    purpose: reason.max(1000),
  }),
  response: z.object({ grant: id }),
})

export const decideGrant = route({
  name: 'deconfliction.decideGrant',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/decide',
  summary:
    'Approve or refuse, as a second person, that another agency is asked for lookups; approval sends the request',
  access: 'session',
  params: idParams,
  body: z.strictObject({ approve: z.boolean(), reason }),
  /** `says`: set when the request did not arrive yet; it is sent again when somebody looks for the decision. */
  response: z.object({ grant: id, state: grantState, says: z.string().nullable() }),
})

export const acceptGrant = route({
  name: 'deconfliction.acceptGrant',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/accept',
  summary:
    'Let another agency look up single values in what the operation holds now, and name the desk that it may call',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason, desk }),
  response: z.object({
    grant: id,
    entries: z.int(),
    left: z.array(z.object({ says: z.string(), count: z.int() })),
  }),
})

export const refuseGrant = route({
  name: 'deconfliction.refuseGrant',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/refuse',
  summary:
    'Refuse another agency’s request for lookups; the reason stays here, the other side hears that it was refused',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason }),
  response: z.object({ grant: id }),
})

export const takeGrant = route({
  name: 'deconfliction.takeGrant',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/take',
  summary: 'Look whether the other agency has decided; what it gave is checked and tested once before it counts',
  access: 'session',
  params: idParams,
  response: z.object({ grant: id, state: grantState, says: z.string() }),
})

export const endGrant = route({
  name: 'deconfliction.endGrant',
  method: 'POST',
  path: '/api/deconfliction/grants/:id/end',
  summary: 'End a grant of lookups on either side; where this side answers, its key is destroyed',
  access: 'session',
  params: idParams,
  response: z.object({ grant: id }),
})
