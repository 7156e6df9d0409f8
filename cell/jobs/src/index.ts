export { type Job, type JobKind, Worker, type WorkerOptions } from './worker.ts'
