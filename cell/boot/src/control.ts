import { chmodSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Refusal } from '@tandem/core'
import { z } from 'zod'
import { backupCell, readRecipients } from './backup.ts'
import { type IntakePlace, intakeFrom } from './control-intake.ts'
import { answerAboutKeys } from './control-keys.ts'
import {
  type BackupStep,
  type CellStatus,
  type IntakeStep,
  type KeyAnswer,
  keyQuestion,
  type SenderAnswer,
  senderQuestion,
} from './control-messages.ts'
import { leaveControlPath, makeControlPath } from './control-place.ts'
import { answerAboutSenders } from './control-senders.ts'
import { agenciesOf } from './database.ts'
import { databaseOf } from './database-of.ts'
import type { DataFolder } from './folders.ts'
import type { OpenCell } from './open-cell.ts'
import { VERSION } from './version.ts'

export interface ControlOptions {
  readonly folder: DataFolder
  readonly open: OpenCell
  /** Where the desk is. */
  readonly url: string
  readonly onProblem?: (says: string) => void
}

export interface Control {
  close(): Promise<void>
}

/**
 * A socket in the data folder on which the running cell answers its own operating-system user: the folder can be
 * entered by nobody else. No session is needed and none is given: what comes in here comes in by a lane, under the
 * lane's authority, and nothing of a record goes out but the account of what was delivered.
 */
export async function startControl(options: ControlOptions): Promise<Control> {
  const { folder, open } = options
  const startedAt = new Date().toISOString()
  const place: IntakePlace = { cell: open.cell, nudge: () => open.worker.nudge() }
  let isBackingUp = false

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.onProblem?.(`control socket: ${error instanceof Error ? error.message : 'unknown'}`)
      response.destroy()
    })
  })
  server.requestTimeout = 0
  const path = makeControlPath(folder)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  chmodSync(path, 0o600)
  // A start that fails after this must still be able to end.
  server.unref()
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      leaveControlPath(folder)
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control')
    const asked = `${request.method} ${pathname}`
    if (asked === 'GET /status') return void response.end(JSON.stringify(await status()))
    if (asked === 'POST /intake') return send(response, intakeFrom(place, searchParams, request))
    if (asked === 'POST /keys') return void response.end(JSON.stringify(await keysAnswer(await bodyOf(request))))
    if (asked === 'POST /senders') return void response.end(JSON.stringify(await sendersAnswer(await bodyOf(request))))
    if (asked === 'POST /backup')
      return send(response, backUp(backupBody.safeParse(jsonOf(await bodyOf(request))).data ?? null))
    response.writeHead(404).end()
  }

  async function status(): Promise<CellStatus> {
    return {
      cell: open.settings.cell,
      name: open.settings.name,
      mode: open.settings.mode,
      version: VERSION,
      url: options.url,
      pid: process.pid,
      dataFolder: folder.root,
      database: open.cell.database,
      startedAt,
      agencies: (await agenciesOf(open.engine.connection, databaseOf(open))).map(({ id, shortName, kind }) => ({
        id,
        name: shortName,
        kind,
      })),
    }
  }

  async function keysAnswer(body: string): Promise<KeyAnswer> {
    const question = keyQuestion.safeParse(jsonOf(body))
    return question.success
      ? answerAboutKeys(open, folder, question.data)
      : { answer: 'refused', says: 'The question is not in the agreed form.' }
  }

  async function sendersAnswer(body: string): Promise<SenderAnswer> {
    const question = senderQuestion.safeParse(jsonOf(body))
    return question.success
      ? answerAboutSenders(open, question.data)
      : { answer: 'refused', says: 'The question is not in the agreed form.' }
  }

  async function* backUp(asked: z.output<typeof backupBody> | null): AsyncGenerator<BackupStep> {
    if (asked === null) return yield { step: 'failed', says: 'Name an absolute folder to back up to.' }
    if (isBackingUp) return yield { step: 'failed', says: 'Another backup of this cell is being made. Wait for it.' }
    isBackingUp = true
    try {
      const { engine, settings } = open
      const recipients = readRecipients(asked.recipients)
      if (!recipients.ok) return yield { step: 'failed', says: recipients.error }
      yield* backupCell({
        engine,
        database: databaseOf(open),
        settings,
        folder,
        to: asked.to,
        recipients: recipients.value,
      })
    } finally {
      isBackingUp = false
    }
  }
}

async function send(response: ServerResponse, steps: AsyncIterable<IntakeStep | BackupStep>): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for await (const step of steps) response.write(`${JSON.stringify(step)}\n`)
  response.end()
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > 1_000_000) throw new Refusal('TANDEM-INPUT-001')
  }
  return text
}

const backupBody = z.strictObject({
  to: z.string().startsWith('/'),
  recipients: z.array(z.string()).max(100).default([]),
})
