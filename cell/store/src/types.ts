import type { CustomTypesConfig } from 'pg'
import pg from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184
const DATE = 1082

/** Times leave the database as RFC 3339 in UTC; counts as numbers that are checked to be exact. */
export const typeParsers: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return exactInteger
    if (oid === TIMESTAMPTZ) return utc
    if (oid === DATE) return (text: string) => text
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
  },
}

function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a count beyond 2^53')
  return value
}

/** The pool's sessions run in UTC; microseconds are kept, because a place in a list depends on them. */
function utc(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/.exec(text)
  if (match === null) throw new RangeError('a time that is not in UTC')
  return `${match[1]}T${match[2]}Z`
}
