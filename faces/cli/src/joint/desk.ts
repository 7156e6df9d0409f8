import { err, ok, type Result } from '@tandem/core'
import { Client } from '../client.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Failure, failure } from '../failure.ts'
import { trainingToken } from '../open-id-walk.ts'

/** A cell that runs, and somebody to sign in as. */
export interface JointDesk {
  readonly agency: string
  readonly url: string
  readonly dataFolder: string
  /** By subject: the PINs of the training login. */
  readonly pins: ReadonlyMap<string, string>
}

export async function signedInAs(desk: JointDesk, subject: string): Promise<Result<Client, Failure>> {
  const pin = desk.pins.get(subject)
  if (pin === undefined) return err(failure(exitCodes.refused, `The cell of the ${desk.agency} has no ${subject}.`))
  const token = await trainingToken(desk.url, subject, pin)
  return token.ok ? ok(new Client(desk.url, token.value)) : token
}
