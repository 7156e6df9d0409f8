import type { Reported } from './model.ts'
import { renderIspwsDetails, renderIspwsFile } from './render-ispws.ts'
import { renderUkFile } from './render-uk.ts'

/** The bytes of one file as its sender writes it. */
export function renderFile(reports: readonly [Reported, ...Reported[]], only?: 'file details'): Uint8Array {
  const [first] = reports
  if (only === 'file details') return renderIspwsDetails(first)
  return first.sender.writes === 'uk-csea-irp/1' ? renderUkFile(reports) : renderIspwsFile(reports)
}
