import { parentPort } from 'node:worker_threads'
import { work } from '../run/compute.ts'
import type { PoolAnswer, PoolTask } from './pool.ts'

parentPort?.on('message', (task: PoolTask) => parentPort?.postMessage(answerTo(task)))

function answerTo({ number, job }: PoolTask): PoolAnswer {
  try {
    return { number, results: work(job) }
  } catch (error) {
    return { number, failed: error instanceof Error ? error.message : String(error) }
  } finally {
    // The thread's own copy of the key goes with the job.
    if ('secret' in job) job.secret.fill(0)
  }
}
