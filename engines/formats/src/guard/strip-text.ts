import { sha256, withMarkers } from './find.ts'
import { defaultMaxOpaqueBytes } from './guard.ts'
import { Scan } from './scan.ts'

/** The same search for one text that a reader already holds: a second fence, for what no guard has seen. */
export function stripText(text: string): { readonly text: string; readonly count: number } {
  if (text.length < 32) return { text, count: 0 }
  const bytes = new TextEncoder().encode(text)
  const scan = new Scan(bytes, defaultMaxOpaqueBytes)
  const finds = scan.run()
  if (scan.overrun)
    return { text: `[stripped media sha256=${sha256(bytes)} length=${bytes.length} type=unknown]`, count: 1 }
  if (finds.length === 0) return { text, count: 0 }
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(withMarkers(bytes, finds)), count: finds.length }
}
