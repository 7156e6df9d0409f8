/** `abuseNowOrImminent` and `referral.read` as words. */
export const spaced = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .toLowerCase()

const number = new Intl.NumberFormat('en-GB')
export const count = (howMany: number): string => number.format(howMany)

/** `1 row`, `2 rows`. */
export const many = (howMany: number, one: string, more = `${one}s`): string =>
  `${count(howMany)} ${howMany === 1 ? one : more}`
