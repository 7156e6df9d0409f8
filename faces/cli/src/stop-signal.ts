/** One Ctrl-C can arrive more than once: by the terminal's group, by npm and by the launcher. */
const ONE_PRESS_MILLISECONDS = 700
/** 128 and the number of the signal, as shells count it. */
const EXIT_BY_INTERRUPT = 130

/** Resolves at the first request to stop. Ctrl-C once more ends at once: what was acknowledged is on disk anyway. */
export function stopSignal(): Promise<void> {
  let asked: number | null = null
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      const now = performance.now()
      if (asked === null) {
        asked = now
        resolve()
      } else if (signal === 'SIGINT' && now - asked > ONE_PRESS_MILLISECONDS) process.exit(EXIT_BY_INTERRUPT)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
