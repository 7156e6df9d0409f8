import { resolve } from 'node:path'
import {
  askBackup,
  type BackupReport,
  type BackupStep,
  backupCell,
  copyKeys,
  databaseOf,
  findRunning,
  openCell,
  readRecipients,
} from '@tandem/boot'
import { allOf, command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import type { Output } from '../output.ts'
import { dataOption, folderOf } from '../place.ts'
import { databaseOption } from '../start-options.ts'
import { bytesWords, count } from '../words.ts'

export default command({
  summary: 'A signed and encrypted copy of the cell, running or stopped. The keys are not in it: copy them apart.',
  args: {
    ...dataOption,
    to: { type: 'string', valueHint: 'DIR', description: 'a new folder for the backup, best on another disk' },
    'keys-to': {
      type: 'string',
      valueHint: 'DIR',
      description:
        'a new folder for a copy of keys and settings, best in a safe; the last copy is renewed in its place',
    },
    recipient: {
      type: 'string',
      valueHint: 'age1pq1…',
      description: 'who can open it beside whoever has the keys of the cell; may be given several times',
    },
    ...databaseOption,
  },
  more: `It is one age file (backup.tar.age), encrypted to hybrid ML-KEM-768 and X25519 recipients: the identity among
the keys of the cell, and those named. The copy is restored once on the spot to see that it works; officers go on working meanwhile.
Without the keys the backup opens nothing; whoever has both has everything.`,
  async run(args, output, words) {
    const { to } = args
    const recipients = allOf(words, 'recipient')
    const keysTo = args['keys-to']
    if (to === undefined && keysTo === undefined)
      return output.fail(usageFailure('Name a folder for the backup (--to DIR), for the keys (--keys-to DIR), or two.'))
    const folder = folderOf(args)
    if (to !== undefined) {
      const running = await findRunning(folder)
      const steps =
        running === null ? ofStopped(folder, to, args.database, recipients) : askBackup(folder, resolve(to), recipients)
      const report = await follow(steps, output)
      if (typeof report === 'string') return output.fail(failure(exitCodes.refused, report))
      if (output.json) output.object({ backup: report })
      else tell(report, output)
    }
    if (keysTo !== undefined) {
      const copied = copyKeys(folder, keysTo, to ?? null)
      if (!copied.ok) return output.fail(failure(exitCodes.refused, copied.error))
      if (output.json) output.object({ keys: { folder: resolve(keysTo), files: copied.value.length } })
      else
        output.line(
          `Keys and settings are in ${resolve(keysTo)} (${count(copied.value.length, 'key file')}). Keep them apart from every backup.`,
        )
    } else output.note('The keys are not in it. Copy them apart: tandem backup --keys-to DIR')
    return exitCodes.done
  },
})

async function* ofStopped(
  folder: ReturnType<typeof folderOf>,
  to: string,
  databaseUrl: string | undefined,
  texts: readonly string[],
): AsyncGenerator<BackupStep> {
  const recipients = readRecipients(texts)
  if (!recipients.ok) return yield { step: 'failed', says: recipients.error }
  yield { step: 'progress', what: 'starting the database' }
  const opened = await openCell({ folder, birth: null, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
  if (!opened.ok) return yield { step: 'failed', says: opened.error }
  const { engine, settings, close } = opened.value
  try {
    yield* backupCell({
      engine,
      database: databaseOf(opened.value),
      settings,
      folder,
      to,
      recipients: recipients.value,
    })
  } finally {
    await close()
  }
}

async function follow(steps: AsyncIterable<BackupStep>, output: Output): Promise<BackupReport | string> {
  let report: BackupReport | string = 'The backup ended without a word. Empty the folder and try again.'
  for await (const step of steps) {
    if (step.step === 'progress') output.progress(step.what)
    else report = step.step === 'done' ? step.report : step.says
  }
  output.progress(null)
  return report
}

function tell(report: BackupReport, output: Output): void {
  output.table(report.tables, [
    { title: 'TABLE', value: ({ table }) => table },
    { title: 'ROWS', value: ({ rows }) => rows, right: true },
    { title: 'SHA-256', value: ({ sha256 }) => sha256 },
  ])
  output.line('')
  output.line(
    report.physical
      ? `The backup is in ${report.folder}: ${count(report.files, 'file')} of the database (${bytesWords(report.bytes)}), restored once to see that it works, signed, and encrypted for ${count(report.recipients, 'recipient')} (${bytesWords(report.sealedBytes)}).`
      : `The export is in ${report.folder}, signed and encrypted. The database is a server of your own: back its files up with its own tools.`,
  )
}
