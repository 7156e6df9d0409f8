/** `2016-09-20 13:00:00`, always UTC (dir-spec section 1.2). Milliseconds since 1970, or null. */
export function torTime(date: string | undefined, time: string | undefined): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(`${date} ${time}`)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null
}
