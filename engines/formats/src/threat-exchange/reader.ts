import type { Reader } from '../reader.ts'
import { closeList } from '../vics/list-end.ts'
import { readSignalPage } from './list.ts'

export const threatExchangeReader: Reader = {
  id: 'threat-exchange',
  title: 'ThreatExchange and Lantern signals (JSON)',
  detect: (head) => {
    if (head.looksLike !== 'json') return 'no'
    const has = (name: string): boolean => head.text.includes(`"${name}"`)
    if (has('raw_indicator') && has('type')) return 'certain'
    const met = ['should_delete', 'descriptors', 'last_updated'].filter(has).length
    return has('indicator') && has('type') && met > 0 ? (met > 1 ? 'certain' : 'possible') : 'no'
  },
  *read(bytes, limits) {
    const page = readSignalPage(bytes, limits)
    let step = page.next()
    while (step.done !== true) {
      yield step.value
      step = page.next()
    }
    return yield* closeList(step.value)
  },
}
