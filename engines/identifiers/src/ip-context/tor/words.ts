import type { TorAnswer, TorReading } from './verdict.ts'

const day = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const distance = (minutes: number | null): string =>
  minutes === 0 ? 'valid at that instant' : `${minutes} minutes away from that instant`

/** What an officer can read out: what the files say, of which time, and what that does not mean. */
export function torWords(answer: TorAnswer): string {
  const [only] = answer.readings
  if (only === undefined) return 'No instant is known: the Tor files were not asked.'
  if (answer.verdict !== 'depends') return sentence(only, answer.readings.length)
  const told = [...new Set(answer.readings.map(({ verdict }) => verdict))].join(', ')
  return `The time is in doubt and the answer depends on it: ${told}, in ${answer.readings.length} possible readings. Settle the time first.`
}

function sentence(reading: TorReading, readings: number): string {
  const every = readings > 1 ? ` The time is in doubt; all ${readings} possible readings give the same.` : ''
  return `${statement(reading)}${every}`
}

function statement({ verdict, nearest, minutes, nearby, consensus, lacks, at }: TorReading): string {
  const where = consensus === null ? '' : ` (list of ${day(consensus.validAfter)}, ${distance(minutes)})`
  const relay = nearest === null ? 'a relay' : `the relay ${nearest.entry.nickname} ${nearest.entry.fingerprint}`
  switch (verdict) {
    case 'exit':
      return nearest?.how === 'scanned' && nearest.scan !== null
        ? `Tor exit: connections of ${relay} were seen to come out of this address on ${day(nearest.scan.at)}${where}. Whoever used it is not the customer of this address.`
        : `Tor exit: ${relay} was listed at this address with a policy that lets connections out${where}. Whoever used it is not the customer of this address.`
    case 'relay-not-exit':
      return `Tor relay, no exit: ${relay} was listed at this address, and its policy let no such connection out${where}. A connection from here is not explained by Tor.`
    case 'relay-exit-not-said':
      return `Tor relay: ${relay} was listed at this address${where}; the file does not say whether it let connections out. Load the full consensus and the exit list.`
    case 'nearby':
      return `Not itself in the Tor lists of those days${where}, but neighbours in the same block are: ${listed(nearby)}. That is no match.`
    case 'no':
      return `Not in the Tor lists of those days${where}. That does not make it a home connection: VPN, proxies and unlisted bridges are not in these lists.`
    case 'no-data':
      return `No data: ${lacks.join(', ')} missing for ${day(at)}. This is not a "no".`
  }
}

const listed = (addresses: readonly string[]): string =>
  addresses.length <= 5 ? addresses.join(', ') : `${addresses.slice(0, 5).join(', ')} and ${addresses.length - 5} more`
