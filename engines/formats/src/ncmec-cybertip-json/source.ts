import type { TimeClaim } from '@tandem/core'
import { readIp, readPort, readUrl } from '@tandem/identifiers'
import type { Draft, Owner } from './draft.ts'
import type { TipNode } from './node.ts'

/** One `sourceCapture`: what the provider saw, where and when. */
export interface CaptureRead {
  readonly event: string | null
  readonly time: TimeClaim | null
}

/**
 * Reads `sourceInformation`. An address belongs to the one reported person unless its owner is named; `holder` is asked
 * only when there is an address to give, so that nobody is invented for a URL.
 */
export function readSource(draft: Draft, node: TipNode, owner: Owner, holder: () => number): CaptureRead[] {
  const source = node.one('sourceInformation')
  if (source === null) return []
  const wrapped = source.isObject && source.keys().includes('sourceCaptures')
  const captures = wrapped ? source.nested('sourceCaptures') : source.items()
  return captures.map((capture) => readCapture(draft, capture, owner, holder))
}

function readCapture(draft: Draft, capture: TipNode, owner: Owner, holder: () => number): CaptureRead {
  const type = draft.textOf(capture, 'captureType')
  const event = draft.textOf(capture, 'eventName')
  const time = draft.time(capture, 'dateTime')
  const value = draft.textOf(capture, 'value')
  const place = capture.one('value')?.place ?? capture.place
  // "IP Address" is usual; other spellings of it were seen.
  if (/\bip/i.test(type ?? '')) readAddress(draft, capture, { value, event, time }, holder())
  else {
    if (/ur[li]/i.test(type ?? '')) draft.mention(type ?? 'URL', value, place, owner.person, readUrl)
    else draft.detail(type ?? 'capture', value, place, owner)
    draft.detail(`${type ?? 'capture'} event`, event, capture.place, owner)
    draft.detail(`${type ?? 'capture'} time`, time?.original ?? null, capture.place, owner)
    draft.field(capture, 'port', owner)
  }
  return { event, time }
}

interface Address extends CaptureRead {
  readonly value: string | null
}

export function readAddress(draft: Draft, capture: TipNode, { value, event, time }: Address, person: number): void {
  const owner: Owner = { person, file: null }
  const place = capture.one('value')?.place ?? capture.place
  const port = draft.textOf(capture, 'port')
  if (value === null) {
    draft.remark('ip-missing', capture.place, 'An address event without an address.')
    draft.detail('address event', event, capture.place, owner)
    draft.detail('address event time', time?.original ?? null, capture.place, owner)
    return
  }
  const reading = readIp(value)
  if (!reading.ok) {
    draft.remark(reading.error.code, place, `IP address not used: ${reading.error.says}.`)
    draft.detail('IP address as written', value, place, owner)
    draft.detail('address event', event, capture.place, owner)
    draft.detail('address event time', time?.original ?? null, capture.place, owner)
    draft.detail('port', port, capture.place, owner)
    return
  }
  draft.mentions.push({ original: value, place, person, identifier: reading.value.identifier })
  const stated = port === null ? null : readPort(port)
  if (stated?.ok === false) {
    draft.remark(stated.error.code, capture.place, `Port not used: ${stated.error.says}.`)
    draft.detail('port as written', port, capture.place, owner)
  } else if (stated === null && reading.value.port === null) {
    draft.remark('port-missing', place, 'No port beside the IP address; behind a shared address it is needed.')
  }
  draft.people[person]?.ipEvents.push({
    address: reading.value.address,
    port: stated?.ok === true ? stated.value : reading.value.port,
    time,
    event,
    possibleProxy: 'not said',
    place: capture.place,
  })
}

/** Who an address belongs to that no person carries: the one reported account, else somebody not named. */
export function holderAt(draft: Draft, node: TipNode): () => number {
  return () => {
    const here = draft.people.findIndex(({ place }) => place === node.place)
    if (here >= 0) return here
    const reported = draft.people.flatMap(({ role }, index) => (role === 'reported' ? [index] : []))
    const [only] = reported
    return reported.length === 1 && only !== undefined ? only : draft.person('other', node.place)
  }
}
