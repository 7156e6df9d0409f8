/** `text` refuses NUL and lone surrogates: the sealed record keeps the original, the column a cleaned copy. */
export const storable = (text: string): string => text.replaceAll('\0', '\u2400').toWellFormed()
