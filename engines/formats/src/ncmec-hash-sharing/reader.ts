import type { Reader } from '../reader.ts'
import { closeList } from '../vics/list-end.ts'
import { defaultHashSharingOptions, readHashSharingPage } from './list.ts'

const roots: ReadonlySet<string> = new Set([
  'queryResult',
  'status',
  'availableFeedbackReasons',
  'feedbackSubmission',
  'members',
])

export const ncmecHashSharingReader: Reader = {
  id: 'ncmec-hash-sharing',
  title: 'NCMEC Hash Sharing page (v2 XML)',
  detect: (head) => {
    const local = head.rootElement?.split(':').at(-1) ?? ''
    if (!roots.has(local)) return 'no'
    if (head.text.includes('hashsharing.ncmec.org/hashsharing/')) return 'certain'
    return local === 'queryResult' && /<(?:[\w.-]+:)?(?:images|videos)[\s>/]/.test(head.text) ? 'possible' : 'no'
  },
  *read(bytes, limits) {
    const page = readHashSharingPage(bytes, { ...defaultHashSharingOptions, limits })
    let step = page.next()
    while (step.done !== true) {
      yield step.value
      step = page.next()
    }
    return yield* closeList(step.value)
  },
}
