import { z } from 'zod'
import { route } from '../route.ts'
import { id, idParams, instant, reason, version } from '../shapes.ts'
import { linksDecided } from './shapes.ts'

const evidence = z.array(z.string().trim().min(1).max(400)).max(20)
/** The version of the subject that was before the officer's eyes: nobody decides on one that has moved on. */
const seen = z.strictObject({ id, version })

export const mergeSubjects = route({
  name: 'subjects.merge',
  method: 'POST',
  path: '/api/subjects/merge',
  summary: 'Decide that two subjects are one person',
  access: 'session',
  body: z.strictObject({ one: seen, other: seen, reason, evidence, expiresAt: instant.nullable() }),
  response: linksDecided,
})

export const splitSubject = route({
  name: 'subjects.split',
  method: 'POST',
  path: '/api/subjects/:id/split',
  summary: 'Decide that some of the appearances of a subject are not the person that the others are',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, apart: z.array(id).min(1).max(60), reason, evidence, expiresAt: instant.nullable() }),
  response: linksDecided,
})

export const setAsideValue = route({
  name: 'subjects.setAside',
  method: 'POST',
  path: '/api/subjects/:id/set-aside',
  summary: 'Decide that a value names nobody because many share it; what hung on it comes apart, and it ties nobody',
  access: 'session',
  params: idParams,
  body: z.strictObject({ version, observable: id, reason }),
  response: linksDecided,
})

export const undoLinkDecision = route({
  name: 'subjects.undo',
  method: 'POST',
  path: '/api/link-decisions/:id/undo',
  summary: 'Take back a decision about links by a further one that names it',
  access: 'session',
  params: idParams,
  body: z.strictObject({ reason }),
  response: linksDecided,
})
