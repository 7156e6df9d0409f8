/** What one hostile file may cost. Times in milliseconds, sizes in bytes. */
export interface ReadingLimits {
  /** Processor time, read from the kernel: a busy machine is not the file's fault. */
  readonly cpu: number
  /** Elapsed time, held by the parent. */
  readonly wall: number
  /** Of the child: everything it allocates, Buffers too. Node does not start below about 1 GiB. */
  readonly data: number
  /** Of the child's JavaScript objects, in MiB, as Node takes it. */
  readonly heapMegabytes: number
  /** What the child may answer for one file: it bounds the parent's memory. */
  readonly answerBytes: number
  readonly entries: number
}

export const readingLimits: ReadingLimits = {
  cpu: 5_000,
  wall: 10_000,
  data: 1536 * 1024 * 1024,
  heapMegabytes: 512,
  answerBytes: 256 * 1024 * 1024,
  entries: 100_000,
}

/** When a child has done enough, a fresh one takes its place: nothing that a file left behind lives long. */
export const retirement = { files: 500, cpu: 60_000, resident: 400 * 1024 * 1024 } as const
