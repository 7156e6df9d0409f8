import { Layout, type LayoutInput } from './layout.ts'
import { isPlaced, type Placed } from './messages.ts'

/** At most so long at a time on the page's own thread, in milliseconds, where workers are not to be had. */
const SLICE = 12

/** Lays out beside the page, in a worker; where there is none, in small slices on the page. Gives what stops it. */
export function runLayout(input: LayoutInput, tell: (placed: Placed) => void): () => void {
  let stop = (): void => {}
  let isStopped = false
  const fallBack = (): void => {
    if (!isStopped) stop = inSlices(input, tell)
  }
  try {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'chart layout' })
    stop = () => worker.terminate()
    worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (isStopped || !isPlaced(event.data)) return
      tell(event.data)
      if (event.data.finished) worker.terminate()
    })
    worker.addEventListener('error', () => {
      worker.terminate()
      fallBack()
    })
    worker.postMessage(input)
  } catch {
    fallBack()
  }
  return () => {
    isStopped = true
    stop()
  }
}

function inSlices(input: LayoutInput, tell: (placed: Placed) => void): () => void {
  const layout = new Layout(input)
  let timer: ReturnType<typeof setTimeout> | undefined
  const slice = (): void => {
    const began = performance.now()
    let goesOn = layout.step()
    while (goesOn && performance.now() - began < SLICE) goesOn = layout.step()
    tell({ x: layout.x, y: layout.y, share: layout.steps === 0 ? 1 : layout.done / layout.steps, finished: !goesOn })
    if (goesOn) timer = setTimeout(slice)
  }
  timer = setTimeout(slice)
  return () => clearTimeout(timer)
}
