import type { Account } from '@tandem/formats'

export const accountWords = ({ records, accepted, remarked, setAside }: Account): string =>
  `${count(records, 'record')}: ${accepted} accepted, ${remarked} remarked, ${setAside} set aside`

export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`

/** UTC, to the second: an officer compares it with the desk and with the law. */
export const instantWords = (instant: string | null): string =>
  instant === null ? '' : `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}Z`

/** Hundredths of log-odds as the desk shows them. */
export const points = (hundredths: number): string => (hundredths / 100).toFixed(2)

export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]}`
}
