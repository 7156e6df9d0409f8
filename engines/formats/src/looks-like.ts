/** What a head looks like when no format claims it: said to the officer, never used to read the file. */
export type LooksLike = 'empty' | 'json' | 'json lines' | 'xml' | 'csv' | 'text' | 'binary'

export function looksLikeOf(head: Uint8Array, text: string): LooksLike {
  const start = text.trimStart()
  if (start === '') return 'empty'
  if (hasControls(text)) return 'binary'
  if (start.startsWith('<')) return /^<[?!A-Za-z_:]/.test(start) ? 'xml' : 'text'
  if (start.startsWith('{') || start.startsWith('[')) return isJsonLines(start) ? 'json lines' : 'json'
  if (head.length < 64 && /^(?:"|-?\d|true|false|null)/.test(start) && !/[,;\t\n]/.test(start.trimEnd())) return 'json'
  return looksSeparated(start) ? 'csv' : 'text'
}

function hasControls(text: string): boolean {
  let controls = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 9 || (code > 13 && code < 27) || (code > 27 && code < 32)) controls += 1
  }
  return controls * 50 > text.length
}

/** Two complete objects on the first two lines. */
function isJsonLines(start: string): boolean {
  const [first = '', second = ''] = start.split(/\r?\n/, 2)
  return first.trimEnd().endsWith('}') && second.startsWith('{')
}

function looksSeparated(start: string): boolean {
  const lines = start.split(/\r\n|\r|\n/).slice(0, 3)
  const first = lines[0] ?? ''
  return [',', ';', '\t'].some((mark) => {
    const count = first.split(mark).length
    return count > 1 && (lines.length < 3 || (lines[1] ?? '').split(mark).length === count)
  })
}
