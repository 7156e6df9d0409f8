import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

export interface ProcessorTime {
  readonly own: number
  readonly started: number
}

/**
 * Seconds of processor time of this process and of all that it started, with what has ended among them. A busy machine
 * changes how long a thing takes, but hardly what it costs. Null where there is no /proc.
 */
export function processorSeconds(): ProcessorTime | null {
  const { user, system } = process.cpuUsage()
  const own = (user + system) / 1_000_000
  try {
    const all = new Map(readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : [])))
    const isOurs = (pid: number, hops = 0): boolean => {
      const parent = all.get(pid)?.parent ?? 0
      return parent === process.pid || (parent > 1 && hops < 20 && isOurs(parent, hops + 1))
    }
    const ticks = [...all].filter(([pid]) => isOurs(pid)).reduce((sum, [, stat]) => sum + stat.ticks, 0)
    return { own, started: ticks / TICKS_A_SECOND }
  } catch {
    return null
  }
}

/** proc(5): after the name in brackets come state, parent, ..., and the four times at 14 to 17. */
function statOf(pid: number): [number, { parent: number; ticks: number }][] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return [[pid, { parent: Number(fields[1]), ticks }]]
  } catch {
    return []
  }
}
