import type { Reader } from '../reader.ts'
import { readIspws } from './read.ts'

const roots: ReadonlySet<string> = new Set(['report', 'reports', 'fileDetails', 'reportResponse', 'reportDoneResponse'])

/** `report` is a common name, so only what stands beside it makes it certain. */
const OWN_NAMES =
  /<(?:[\w.-]+:)?(?:incidentSummary|incidentType|fileDetails|fileId|reportResponse|reportDoneResponse)[\s>/]|ispws\/xsd/

export const ncmecIspwsReader: Reader = {
  id: 'ncmec-ispws',
  title: 'NCMEC CyberTipline report (ispws XML)',
  detect: (head) => {
    const local = head.rootElement?.split(':').at(-1) ?? ''
    if (!roots.has(local)) return 'no'
    return OWN_NAMES.test(head.text) ? 'certain' : 'possible'
  },
  read: readIspws,
}
