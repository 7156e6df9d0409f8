import type { ResponseOf, show } from '@tandem/contract'
import type { IpEvent, IpJudgement } from '@tandem/formats'
import type { IpContextOfCell } from '../cell.ts'

type Shown = ResponseOf<typeof show>['people'][number]['ipEvents'][number]['context']

/** Judged anew at every reading: nothing of it is stored, and the files that spoke are named with their digests. */
export function presentIpContext(context: IpContextOfCell, event: IpEvent): Shown {
  const { request, special, tor, lists, databases } = context.judge(event)
  return {
    meaningful: request.meaningful,
    sentence: request.sentence,
    reasons: request.reasons.map((reason) => ({ ...reason })),
    range: special === null ? null : { block: special.block, name: special.name, source: special.source },
    tor: tor === null ? null : presentTor(tor),
    lists: lists.map(({ kind, list, range, date, file }) => ({ kind, list, range, date, file: { ...file } })),
    databases: databases.map(({ type, built, network, file }) => ({ type, built, network, file: { ...file } })),
  }
}

function presentTor({ verdict, says, readings }: NonNullable<IpJudgement['tor']>): NonNullable<Shown['tor']> {
  const [only, ...others] = readings
  const files = readings.flatMap(({ consensus, relays }) => [
    ...(consensus === null ? [] : [consensus.file]),
    ...relays.flatMap(({ consensus: at, scan }) => (scan === null ? [at] : [at, scan.file])),
  ])
  return {
    verdict,
    says,
    minutes: only !== undefined && others.length === 0 ? only.minutes : null,
    lacks: [...new Set(readings.flatMap(({ lacks }) => lacks))],
    files: [...new Map(files.map((file) => [file.sha256, { ...file }])).values()],
  }
}
