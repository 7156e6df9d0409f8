export interface Field {
  readonly name: string
  readonly value: string
}

/** Header lines of WARC, HTTP and `application/warc-fields`: a line that starts with a blank belongs to the one above. */
export function readFields(text: string): Field[] {
  const fields: { name: string; value: string }[] = []
  for (const line of text.split(/\r?\n/)) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`
    else {
      const colon = line.indexOf(':')
      if (colon > 0) fields.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() })
      else if (line.trim() !== '') fields.push({ name: '', value: line.trim() })
    }
  }
  return fields
}

/** Names are case-free; the first counts. */
export const fieldOf = (fields: readonly Field[], name: string): string | null =>
  fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? null

/** Fields with two values where the format allows one (WARC 1.1 section 4: only WARC-Concurrent-To repeats). */
export function contradicted(fields: readonly Field[]): string[] {
  const seen = new Map<string, string>()
  const names = new Set<string>()
  for (const { name, value } of fields) {
    const key = name.toLowerCase()
    const before = seen.get(key)
    if (before === undefined) seen.set(key, value)
    else if (before !== value && key !== 'warc-concurrent-to' && key.length > 0) names.add(name)
  }
  return [...names]
}
