import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { errorCatalogue } from '@tandem/core'
import type { z } from 'zod'
import {
  type BackupStep,
  backupStep,
  type CellStatus,
  type IntakeStep,
  intakeStep,
  type KeyAnswer,
  type KeyQuestion,
  keyAnswer,
  type SenderAnswer,
  type SenderQuestion,
  senderAnswer,
  statusShape,
} from './control-messages.ts'
import { controlPath } from './control-place.ts'
import type { DataFolder } from './folders.ts'

const ANSWER_WITHIN_MILLISECONDS = 5_000

/** The cell that runs on this data folder, or null. A socket that a killed cell left behind is nobody. */
export async function findRunning(folder: DataFolder): Promise<CellStatus | null> {
  const asked = open(folder, 'GET', '/status')
  asked.setTimeout(ANSWER_WITHIN_MILLISECONDS, () => asked.destroy(new Error('no answer')))
  asked.end()
  try {
    let text = ''
    for await (const chunk of await answerTo(asked)) text += String(chunk)
    return statusShape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export interface IntakeRequest {
  readonly agency: string | undefined
  readonly sender: string | undefined
  readonly name: string
  readonly key: string
  /** How long to wait for the account, in seconds; 0 takes the receipt alone. */
  readonly waitSeconds: number
}

/** Delivers one file. The first step is the receipt: from then on the bytes are on disk. */
export async function* sendIntake(
  folder: DataFolder,
  given: IntakeRequest,
  bytes: Readable,
): AsyncGenerator<IntakeStep> {
  const query = new URLSearchParams({ name: given.name, key: given.key, wait: String(given.waitSeconds) })
  if (given.agency !== undefined) query.set('agency', given.agency)
  if (given.sender !== undefined) query.set('sender', given.sender)
  const asked = open(folder, 'POST', `/intake?${query}`)
  const answer = answerTo(asked)
  // A refusal may come before the last byte: then the connection ends under the upload, and the answer tells why.
  const sent = pipeline(bytes, asked).catch(() => undefined)
  try {
    yield* stepsOf(await answer, intakeStep)
    await sent
  } catch {
    yield { step: 'problem', problem: unreachable }
  }
}

export async function* askBackup(
  folder: DataFolder,
  to: string,
  recipients: readonly string[] = [],
): AsyncGenerator<BackupStep> {
  const asked = open(folder, 'POST', '/backup')
  asked.end(JSON.stringify({ to, recipients }))
  try {
    yield* stepsOf(await answerTo(asked), backupStep)
  } catch {
    yield { step: 'failed', says: 'The running cell ended before the backup did. Empty the folder and try again.' }
  }
}

/** Asks the running cell about its keys, or brings it a share. */
export const askKeys = (folder: DataFolder, question: KeyQuestion): Promise<KeyAnswer | null> =>
  ask(folder, '/keys', question, keyAnswer)

/** Asks the running cell who delivers over HTTP, or for a key. */
export const askSenders = (folder: DataFolder, question: SenderQuestion): Promise<SenderAnswer | null> =>
  ask(folder, '/senders', question, senderAnswer)

async function ask<S extends z.ZodType>(
  folder: DataFolder,
  path: string,
  question: KeyQuestion | SenderQuestion,
  shape: S,
): Promise<z.output<S> | null> {
  const asked = open(folder, 'POST', path)
  asked.end(JSON.stringify(question))
  try {
    let text = ''
    for await (const chunk of await answerTo(asked)) text += String(chunk)
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const unreachable = {
  code: 'TANDEM-STORE-001',
  message: errorCatalogue['TANDEM-STORE-001'].message,
  detail: 'the running cell ended before it answered',
  reference: 'none',
}

const open = (folder: DataFolder, method: 'GET' | 'POST', path: string): ClientRequest =>
  request({ socketPath: controlPath(folder), method, path, headers: { host: 'control' } })

function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', resolve)
    asked.on('error', reject)
  })
}

async function* stepsOf<S extends z.ZodType>(answer: IncomingMessage, shape: S): AsyncGenerator<z.output<S>> {
  for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield shape.parse(JSON.parse(line))
  }
}
