import type { WriteStream } from 'node:tty'

const codes = { plain: null, bold: 1, dim: 2, red: 31, yellow: 33, green: 32 } as const
export type Paint = keyof typeof codes

/** Colour on a terminal alone, and never where NO_COLOR is set (no-color.org). Nothing is told by colour only. */
export function painter(
  stream: Pick<WriteStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv,
): (text: string, paint: Paint) => string {
  const wanted = stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'
  return (text, paint) => {
    const code = codes[paint]
    return wanted && code !== null ? `\u001b[${code}m${text}\u001b[0m` : text
  }
}
