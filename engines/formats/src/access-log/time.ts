import { readTimeClaim, type TimeClaim } from '@tandem/core'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const form = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/

/** `17/May/2015:10:05:03 +0000`, the time of mod_log_config's `%t`. */
export function logTime(original: string): TimeClaim {
  const [, day = '', name = '', year = '', clock = '', offset = ''] = form.exec(original) ?? []
  const month = months.indexOf(name) + 1
  if (month === 0) return { original, instant: null, zone: { kind: 'unknown' }, candidates: [] }
  return { ...readTimeClaim(`${year}-${String(month).padStart(2, '0')}-${day}T${clock}${offset}`), original }
}
