import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const fixture = (...path: string[]): string => join(import.meta.dirname, '..', '..', '..', 'fixtures', ...path)
export const readFixture = (...path: string[]): Buffer => readFileSync(fixture(...path))
