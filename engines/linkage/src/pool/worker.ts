import { parentPort } from 'node:worker_threads'
import type { Compared } from '../compare/compared.ts'
import { workOf } from '../share/work.ts'
import type { Column } from '../table/columns.ts'
import { NameForms } from '../text/name-forms.ts'
import { itemsTaken } from './items.ts'
import type { ThreadAnswer, ThreadJob } from './pool.ts'

parentPort?.on('message', (job: ThreadJob) => parentPort?.postMessage(answerTo(job)))

function answerTo({ job, asked, items, taken }: ThreadJob): ThreadAnswer<ThreadJob['job']> {
  try {
    return { given: itemsTaken(() => workOf(job, known(asked)), items, taken) }
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

let kept: Compared | null = null

/** What was sent is another object each time; the table that was seen before is meant, with all that was made of its values. */
function known(asked: ThreadJob['asked']): ThreadJob['asked'] {
  if (!('table' in asked)) return asked
  if (kept?.id !== asked.table.id) kept = { ...asked.table, columns: asked.table.columns.map(withForms) }
  return { ...asked, table: kept }
}

/** An object that was sent has lost what it can do. */
function withForms(column: Column): Column {
  const { forms } = column.field
  return forms === undefined ? column : { ...column, field: { ...column.field, forms: new NameForms(forms.lists) } }
}
