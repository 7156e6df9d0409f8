import type { RequestFacts } from './facts.ts'
import type { RequestReason } from './reason.ts'

export function addressReasons(facts: RequestFacts): RequestReason[] {
  if (facts.address === null) {
    return [
      {
        code: 'not-an-address',
        weighs: 'no',
        says: 'What is written is no IP address. Ask the sender to give it again.',
      },
    ]
  }
  return [...specialReasons(facts), ...portReasons(facts)]
}

function specialReasons({ special, embedded }: RequestFacts): RequestReason[] {
  if (special === null) return []
  const { block, name, source, kind } = special
  const what = `${block}, ${name} (${source})`
  switch (kind) {
    case 'carrier NAT':
      return [
        {
          code: 'carrier-nat-inside',
          weighs: 'no',
          says: `The address lies in ${what}: it is the inner side of a carrier's translation and many customers of many carriers have it. Ask the sender for the public address and its source port.`,
        },
      ]
    case 'inside':
    case 'link-local':
    case 'this machine':
      return [
        {
          code: 'private-range',
          weighs: 'no',
          says: `The address lies in ${what}: it exists inside countless networks and names no line. Ask the sender for the public address.`,
        },
      ]
    case 'tunnel':
      return [
        {
          code: 'tunnel-address',
          weighs: 'more',
          says:
            embedded === null
              ? `The address lies in ${what}, and no address of a line can be read from it.`
              : `The address lies in ${what} and carries ${embedded.address}${embedded.port === null ? '' : `, port ${embedded.port}`} (${embedded.how}, ${embedded.source}). Check that address instead.`,
        },
      ]
    default:
      return [{ code: 'special-range', weighs: 'no', says: `The address lies in ${what}: it is nobody's line.` }]
  }
}

/** Whether somebody says that many customers share the address. */
export const isShared = ({ listings }: RequestFacts): boolean =>
  listings.some(({ kind }) => kind === 'carrier NAT' || kind === 'mobile')

function portReasons(facts: RequestFacts): RequestReason[] {
  if (facts.port !== null || facts.version === 6 || facts.special !== null) return []
  return isShared(facts)
    ? [
        {
          code: 'port-missing-behind-nat',
          weighs: 'more',
          says: 'The address is shared by many customers at once, and the source port is missing. Ask the sender for the port.',
        },
      ]
    : [
        {
          code: 'port-missing',
          weighs: 'note',
          says: 'The source port is missing: if the provider shares the address between customers, it can name nobody.',
        },
      ]
}
