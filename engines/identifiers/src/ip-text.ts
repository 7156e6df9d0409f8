/** Four decimal numbers 0-255 without leading zeros, or null. */
export function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  const numbers = parts.map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256))
  return numbers.every((number) => number < 256) ? numbers : null
}

/** The eight groups of an RFC 4291 section 2.2 text form, or null. */
export function parseIpv6(text: string): readonly number[] | null {
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [before = '', after] = halves
  const left = groupsOf(before, after === undefined)
  if (after === undefined) return left !== null && left.length === 8 ? left : null
  const right = groupsOf(after, true)
  if (left === null || right === null) return null
  const missing = 8 - left.length - right.length
  // RFC 4291: "::" stands for one or more groups of zeros.
  return missing < 1 ? null : [...left, ...new Array<number>(missing).fill(0), ...right]
}

function groupsOf(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else {
      const [a, b, c, d] = (mayEndInIpv4 && at === parts.length - 1 ? parseIpv4(part) : null) ?? []
      if (a === undefined || b === undefined || c === undefined || d === undefined) return null
      groups.push(a * 256 + b, c * 256 + d)
    }
  }
  return groups
}

/** RFC 5952: lower case, no leading zeros, the longest (first) run of two or more zero groups becomes `::`. */
export function formatIpv6(groups: readonly number[]): string {
  const [a, b, c, d, e, f, high = 0, low = 0] = groups
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff) {
    // Section 5: a known embedded IPv4 address is written in dotted form.
    return `::ffff:${[high >> 8, high & 255, low >> 8, low & 255].join('.')}`
  }
  const { start, length } = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let run = 0
  for (const [at, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0
    if (run > best.length) best = { start: at - run + 1, length: run }
  }
  return best
}
