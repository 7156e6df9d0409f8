import { err, type Result } from '@tandem/core'
import type { IdentifierRefusal } from './identifier.ts'

export const refuse = (code: string, says: string): Result<never, IdentifierRefusal> => err({ code, says })
