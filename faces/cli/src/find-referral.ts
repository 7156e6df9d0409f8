import { type ResponseOf, routes } from '@tandem/contract'
import { err, ok, type Result } from '@tandem/core'
import type { Client } from './client.ts'
import { exitCodes } from './exit-codes.ts'
import { type Failure, failure, usageFailure } from './failure.ts'

export type Referral = ResponseOf<typeof routes.show>

export const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Officers name a referral by its number; its id is fine too. */
export async function referralId(client: Client, named: string): Promise<Result<string, Failure>> {
  if (ID.test(named)) return ok(named)
  const number = /^#?(\d{1,15})$/.exec(named)?.[1]
  if (number === undefined) return err(usageFailure('A referral is named by its number, or by its id.'))
  const found = await client.call(routes.search, { body: { text: number } })
  if (!found.ok) return found
  const referral = found.value.referrals.find((each) => each.number === Number(number))
  if (referral !== undefined) return ok(referral.id)
  return err({ exit: exitCodes.refused, code: 'TANDEM-FIND-001', says: `No referral ${number} here, or not for you.` })
}

export async function openReferral(client: Client, named: string): Promise<Result<Referral, Failure>> {
  const id = await referralId(client, named)
  if (!id.ok) return id
  return client.call(routes.show, { params: { id: id.value } })
}

export const notFound = (what: string): Failure => failure(exitCodes.refused, `${what} is not there, or not for you.`)
