import { type JsonFault, readJsonNotingRules } from '../json/index.ts'
import { objectsOf } from '../json/objects.ts'
import { type Limits, type Reader, wholeFile } from '../reader.ts'
import type { Entry, Place, ReferralRecord, Remark } from '../record.ts'
import { format, readTip } from './tip.ts'

/** Both of them stand in no other format that we know. */
const INFORMATION = /"reportedInformation"\s*:/
const OWN_NAMES = /"(?:reportId|dateReceived|reportingEsp|incidentSummary|reportedPeople|uploadedFiles)"\s*:/

export const ncmecCybertipJsonReader: Reader = {
  id: format,
  title: 'CyberTip as law enforcement receives it (JSON)',
  detect: (head) => {
    if (head.looksLike !== 'json' && head.looksLike !== 'json lines') return 'no'
    if (INFORMATION.test(head.text)) return OWN_NAMES.test(head.text) ? 'certain' : 'possible'
    const keys = head.topLevel.map(({ key }) => key)
    return keys.includes('reportId') && keys.includes('dateReceived') ? 'possible' : 'no'
  },
  read: readTips,
}

/** One tip, a list of tips, or tips one after another; each is read for itself. */
export function* readTips(
  bytes: Uint8Array,
  limits: Limits,
): Generator<Entry<ReferralRecord>, { claimedRecords: null; remarks: Remark[] }, undefined> {
  let count = 0
  for (const cut of objectsOf(bytes)) {
    const place = count === 0 ? '$' : `$[${count}]`
    count += 1
    if (count > limits.maxRecords) {
      yield wholeFile('too-many-records', 'The file has more tips than this lane accepts.', place)
      break
    }
    if (cut.is === 'other') yield setAside(place, cut.start, 'not-a-tip', 'Something else stands where a tip should.')
    else if (cut.start === cut.end) yield setAside(place, cut.start, 'json-cut-off', 'The file ends inside its list.')
    else yield readOne(bytes.subarray(cut.start, cut.end), cut.start, place, limits)
  }
  if (count === 0) yield wholeFile('no-tips', 'The file holds no tip.')
  return { claimedRecords: null, remarks: [] }
}

function readOne(bytes: Uint8Array, start: number, place: Place, limits: Limits): Entry<ReferralRecord> {
  const { maxBytes, maxDepth, maxKeys, maxKeyLength, maxStringLength } = limits
  const reading = readJsonNotingRules(bytes, { maxBytes, maxDepth, maxKeys, maxKeyLength, maxStringLength })
  if (!reading.ok) return faulty(reading.error, start, place)
  const { root, ruleFaults, notes } = reading.value
  const [fault] = ruleFaults
  if (fault !== undefined) return faulty(fault, start, place)
  const said = notes
    .filter(({ code }) => code !== 'json-number-kept-as-text')
    .map(({ code, says, start: at }) => ({ code, says, place: `${place}, byte ${start + at}` }))
  return readTip(root, place, said)
}

const faulty = ({ code, says, offset }: JsonFault, start: number, place: Place): Entry<never> =>
  setAside(place, start + offset, code, says)

const setAside = (place: Place, byte: number, code: string, says: string): Entry<never> => ({
  outcome: 'set-aside',
  place,
  reason: { code, place: `${place}, byte ${byte}`, says },
})
