import { readBundle, trustIn } from './form.ts'
import { readTrust } from './trust.ts'
import { checkBundle } from './verify.ts'
import { type BundleReport, reportOf } from './words.ts'

/**
 * One bundle, from the text of its file to the report. `trust` is the text of a file with the reader's own keys (the
 * same form as `trust` in a bundle); without it the bundle is measured by the keys that it brings.
 */
export function verifyBundle(file: string, trust: string | null): BundleReport {
  const refused = (code: string, says: string): BundleReport =>
    reportOf({ failures: [{ code, says }], sealedBy: [], logs: [], keys: [], unsupported: [] }, trust !== null)
  const bundle = readBundle(file)
  if (!bundle.ok) return refused(bundle.error.code, bundle.error.says)
  const form = trust === null ? bundle.value.trust : trustIn(parsed(trust))
  if (form === null) return refused('trust', 'The file with your keys cannot be read.')
  const keys = readTrust(form)
  if (!keys.ok) return refused('trust', keys.error.says)
  return reportOf(checkBundle(bundle.value, keys.value), trust !== null)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
