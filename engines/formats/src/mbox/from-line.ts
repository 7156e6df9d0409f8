import { coreFields } from '../eml/reader.ts'

export interface FromVerdict {
  readonly split: boolean
  readonly doubt: 'from-line-without-blank' | 'from-line-unusual' | null
}

/** `Fri Feb 22 17:06:23 2008` somewhere in the line. */
const date = /\b[A-Z][a-z]{2},? +[A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d{2}/

/** Forms that programs write: `From -`, `From name@host ...`, `From anything Fri Feb 22 17:06:23 2008`. */
export const isDated = (line: string): boolean =>
  /^From -[ \t]*\r?$/.test(line) ||
  /^From [^\s@]*@\S*(?:\s|$)/.test(line) ||
  (line.startsWith('From ') && date.test(line))

/** Fields that stand directly behind the separating line. */
export function fieldsAfter(text: string): string[] {
  const names: string[] = []
  for (const line of text.split(/\r?\n/, 300)) {
    if (/^>?From /.test(line) && names.length === 0) continue
    if (/^[ \t]/.test(line) && names.length > 0) continue
    const name = /^([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:/.exec(line)?.[1]
    if (name === undefined) return names
    names.push(name.toLowerCase())
  }
  return names
}

/**
 * `From Russia with love` is a sentence. A separator has the form that programs write and a mail's field behind it; a
 * line of another form must be followed by a whole header.
 */
export function judge(line: string, after: string, afterBlank: boolean, first: boolean): FromVerdict {
  const names = fieldsAfter(after)
  const count = coreFields(names)
  if (isDated(line) && (count > 0 || (first && names.length > 0))) {
    return { split: true, doubt: afterBlank || first ? null : 'from-line-without-blank' }
  }
  const wholeHeader = names.includes('from') && ['date', 'message-id', 'received'].some((name) => names.includes(name))
  if (afterBlank && count >= 2 && wholeHeader) return { split: true, doubt: 'from-line-unusual' }
  return { split: false, doubt: null }
}
