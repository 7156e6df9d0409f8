import { Layout } from './layout.ts'
import { isLayoutInput, type Placed } from './messages.ts'

/** How often the picture is told of, in milliseconds. It changes nothing of where nodes end. */
const PAUSE = 200

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isLayoutInput(event.data)) return
  const layout = new Layout(event.data)
  let told = performance.now()
  while (layout.step()) {
    if (performance.now() - told < PAUSE) continue
    told = performance.now()
    tell({ x: layout.x, y: layout.y, share: layout.done / layout.steps, finished: false })
  }
  tell({ x: layout.x, y: layout.y, share: 1, finished: true })
})

const tell = (placed: Placed): void => postMessage(placed)
