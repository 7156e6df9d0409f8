import { torWords } from '../tor/words.ts'
import type { RequestFacts } from './facts.ts'
import type { RequestReason, RequestReasonCode } from './reason.ts'

export function torReasons({ tor, special, time }: RequestFacts): RequestReason[] {
  if (special !== null) return []
  if (tor === null) {
    const says =
      time.instants.length === 0
        ? 'Tor was not checked: no instant is known.'
        : 'Tor was not checked: no Tor files are loaded.'
    return [{ code: 'tor-not-checked', weighs: 'note', says }]
  }
  if (!tor.ok) return [{ code: 'tor-too-young', weighs: 'more', says: `${tor.error.says} Check again then.` }]
  const says = torWords(tor.value)
  const reason = (code: RequestReasonCode, weighs: RequestReason['weighs']): RequestReason[] => [{ code, weighs, says }]
  switch (tor.value.verdict) {
    case 'exit':
      // Valid at the instant, in every reading: then it was Tor. Some hours away it is a strong doubt.
      return tor.value.readings.every(({ minutes }) => minutes === 0)
        ? reason('tor-exit', 'no')
        : reason('tor-exit-near', 'more')
    case 'relay-not-exit':
      return reason('tor-relay', 'note')
    case 'relay-exit-not-said':
      return reason('tor-exit-not-said', 'more')
    case 'nearby':
      return reason('tor-nearby', 'note')
    case 'depends':
      return reason('tor-depends', 'more')
    case 'no-data':
      return reason('tor-no-data', 'note')
    case 'no':
      return []
  }
}
