import { parentPort } from 'node:worker_threads'
import type { SearchAnswer, SearchTask } from './pool.ts'
import { Hits, Searcher } from './searcher.ts'

/** A thread of a pool: it keeps a search for each table and answers one task after the other. */
const searchers = new Map<number, Searcher>()
const hits = new Hits()

parentPort?.on('message', (task: SearchTask) => parentPort?.postMessage(answerTo(task)))

function answerTo(task: SearchTask): SearchAnswer {
  try {
    for (const id of task.forget) searchers.delete(id)
    for (const { id, searchable, scratch } of task.known) searchers.set(id, new Searcher(searchable, scratch))
    hits.clear()
    for (const [number, { id, rows }] of task.tables.entries()) {
      const searcher = searchers.get(id)
      if (searcher === undefined) throw new Error('A table is unknown to this thread')
      searcher.many(task.queries, task.radius, rows, task.first, number, hits)
    }
    return { number: task.number, hits: hits.taken() }
  } catch (error) {
    return { number: task.number, failed: error instanceof Error ? error.message : String(error) }
  }
}
