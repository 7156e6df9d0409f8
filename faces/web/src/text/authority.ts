/** One name for an authority wherever it is named: the law it rests on. What kind it is stands beside it. */
export const authorityName = (of: { readonly act: string; readonly section: string }): string =>
  `${of.act} ${of.section}`
