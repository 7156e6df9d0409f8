/** `sep=;`, which spreadsheets write and want above the header. It is no row, whichever way it was cut. */
export const isSeparatorLine = (cells: readonly string[]): boolean =>
  cells.length <= 2 && /^sep=[,;|\t]?$/i.test(cells.join(''))
