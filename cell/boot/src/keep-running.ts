import type { DatabaseEngine } from '@tandem/store/engine'

const LONGEST_WAIT_MILLISECONDS = 30_000

/** Again and again, less and less often: a disk that was full has room again when somebody made some. */
export function keepRunning(engine: Pick<DatabaseEngine, 'onExit' | 'restart'>, tell: (says: string) => void): void {
  engine.onExit((exit) => {
    tell(`the database ended: ${exit.says}`)
    const bringBack = async (wait: number): Promise<void> => {
      const again = await engine.restart()
      tell(again.ok ? 'the database runs again' : again.error.says)
      if (again.ok || again.error.code === 'engine-stopped') return
      setTimeout(() => void bringBack(Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS)), wait).unref()
    }
    void bringBack(1_000)
  })
}
