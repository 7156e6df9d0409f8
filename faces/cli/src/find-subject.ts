import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from './client.ts'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure, usageFailure } from './failure.ts'
import { ID, openReferral } from './find-referral.ts'

export type Subject = ResponseOf<typeof routes.showSubject>

/** Officers name a subject as S-1042.1, or by a referral that tells of it: R-1042, or 1042 with --person. */
export async function subjectId(client: Client, named: string, person: number): Promise<Result<string, Failure>> {
  if (ID.test(named)) return ok(named)
  const found = await personOf(client, named, person)
  return found.ok ? ok(found.value.id) : found
}

type Linked = ResponseOf<typeof routes.show>['subjects'][number]

/** One person of one referral, as R-1042.1, and whom that person is believed to be. */
export async function personOf(client: Client, named: string, person: number): Promise<Result<Linked, Failure>> {
  const [, number, place] = /^(?:S-|R-|#)?(\d{1,15})(?:\.(\d{1,5}))?$/i.exec(named) ?? []
  if (number === undefined)
    return err(usageFailure('People are named as S-1042.1 or R-1042.1, or by the number of a referral.'))
  const referral = await openReferral(client, number)
  if (!referral.ok) return referral
  const wanted = place === undefined ? person : Number(place)
  const found = referral.value.subjects.find((each) => each.person === wanted - 1)
  if (found !== undefined) return ok(found)
  return err(failure(exitCodes.refused, `Referral ${number} tells of no person ${wanted}, or is not linked yet.`))
}

export async function openSubject(client: Client, named: string, person: number): Promise<Result<Subject, Failure>> {
  const id = await subjectId(client, named, person)
  return id.ok ? client.call(routes.showSubject, { params: { id: id.value } }) : id
}
