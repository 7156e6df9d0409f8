import type { IpJudgement } from '@tandem/formats'
import type { Output } from './output.ts'
import type { Paint } from './paint.ts'

const paints: Readonly<Record<'no' | 'more' | 'note', Paint>> = { no: 'red', more: 'yellow', note: 'dim' }

/** What is known of an address, for an officer: the answer first, then what it rests on. */
export function tellJudgement(judgement: IpJudgement, output: Output): void {
  const { address, written, port, request, special, tor, lists, delegations, countries, databases } = judgement
  output.line(
    `${address ?? written}${port === null ? ', port not given' : `, port ${port}`}; ${timeWords(judgement)}`,
    'bold',
  )
  output.line('')
  output.line('Subscriber request', 'bold')
  output.text(`  ${request.sentence}`)
  for (const { code, weighs, says } of request.reasons) output.line(`  ${weighs}: ${says} [${code}]`, paints[weighs])
  if (special !== null) output.line(`Special range: ${special.block}, ${special.name}, ${special.source}`)
  if (tor !== null) tellTor(tor, output)
  for (const { kind, list, range, date, file } of lists) {
    output.line(`List: ${kind}: ${range} in ${list}, ${date ?? 'undated'} (${file.name})`)
  }
  for (const { range, registry, country, status, date, file } of delegations) {
    output.line(
      `Delegated: ${range}, ${registry}, ${country ?? 'no country'}, ${status}, ${date ?? 'no date'} (${file.name}); not where the user is`,
    )
  }
  for (const { range, country, file } of countries) output.line(`Country table: ${range}, ${country} (${file.name})`)
  for (const { type, built, network, record, file } of databases) {
    output.line(`${type}, built ${built.slice(0, 10)}: ${network}: ${JSON.stringify(record)} (${file.name})`)
  }
}

function timeWords({ time }: IpJudgement): string {
  const { claim, doubt, instants } = time
  if (claim === null) return 'no time given'
  const [only] = instants
  if (doubt === null && only !== undefined) return `${only}, as written: ${claim.original}`
  return `as written: ${claim.original}; in doubt (${doubt}), ${instants.length} possible instants`
}

function tellTor(tor: NonNullable<IpJudgement['tor']>, output: Output): void {
  output.line('')
  output.line(`Tor: ${tor.verdict}`, 'bold')
  output.text(`  ${tor.says}`)
  const isMany = tor.readings.length > 1
  for (const { at, verdict, minutes, consensus, relays, lacks } of tor.readings) {
    if (isMany) output.line(`  if it was ${at}: ${verdict}`)
    if (isMany && tor.verdict !== 'depends') continue
    if (consensus !== null) {
      output.line(
        `  consensus ${consensus.validAfter} to ${consensus.validUntil}, ${minutes} minutes away, ${consensus.file.name}`,
        'dim',
      )
      output.line(`    sha256 ${consensus.file.sha256}`, 'dim')
    }
    for (const { nickname, fingerprint, how, policy, scan, minutes: away } of relays) {
      const seen =
        scan === null
          ? `policy ${policy ?? 'not said'}`
          : `seen ${scan.at} in ${scan.file.name}, sha256 ${scan.file.sha256}`
      output.line(`  relay ${nickname} ${fingerprint}, ${how}, ${away} minutes away, ${seen}`, 'dim')
    }
    if (lacks.length > 0) output.line(`  lacking: ${lacks.join(', ')}`, 'yellow')
  }
}
