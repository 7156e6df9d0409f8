import type { IpEvent } from '@tandem/formats'
import type { ListKind } from '@tandem/identifiers'
import { GenericLists, type GenericReason, type ObservedKind } from '@tandem/linkage'
import type { LinkContext } from './context.ts'

/** What is kept with a suppression: on what it rests, and no value. */
export type KeptGround =
  | {
      readonly by: 'list'
      readonly list: string
      readonly version: string
      readonly source: string
      readonly reason: string
    }
  | { readonly by: 'evidence'; readonly identities: number; readonly most: number; readonly records: number }
  | { readonly by: 'person' }

const indicators = new GenericLists([])

/** Lists whose addresses many strangers share. Hosting is not among them: a server may well be one person's own. */
const shared: readonly ListKind[] = ['vpn', 'relay service', 'proxy', 'carrier NAT', 'tor now']

/** Published indicators and the cell's own files that say many people share the value. */
export function listGrounds(
  context: LinkContext,
  kind: ObservedKind,
  normal: string,
  uses: readonly IpEvent[],
): KeptGround[] {
  const told = indicators.reasons(kind, normal).filter((reason) => context.mode === 'live' || !isExample(kind, reason))
  return [...told.map((reason): KeptGround => ({ by: 'list', ...reason })), ...addressGrounds(context, uses)]
}

/** A training cell lives on values that are kept free for examples: there they stand for real ones. */
function isExample(kind: ObservedKind, { source }: GenericReason): boolean {
  if (kind === 'ip') return source.includes('RFC 5737') || source.includes('RFC 3849') || source.includes('RFC 9637')
  return source.includes('RFC 2606') || source.includes('drama')
}

function addressGrounds({ ipContext }: LinkContext, uses: readonly IpEvent[]): KeptGround[] {
  return uses.flatMap((use) => {
    const { lists, tor } = ipContext.judge(use)
    const grounds = lists
      .filter(({ kind }) => shared.includes(kind))
      .map(({ kind, list, date, file }): KeptGround => {
        const version = date ?? file.sha256
        return { by: 'list', list, version, source: file.name, reason: `an address of the kind: ${kind}` }
      })
    if (tor?.verdict === 'exit') {
      const source = tor.readings.map(({ consensus }) => consensus?.file.name ?? '').join()
      grounds.push({
        by: 'list',
        list: 'Tor exits',
        version: use.time?.instant ?? '',
        source,
        reason: 'a Tor exit then',
      })
    }
    return grounds
  })
}

/** Why a value is set aside, in words: the rule's own, or the person's. */
export function reasonOf(ground: unknown, why: string): string {
  const kept = parseGround(ground)
  if (kept === null || kept.by === 'person') return why === '' ? 'a person set it aside' : why
  if (kept.by === 'list') return `${kept.reason} (${kept.list}, ${kept.version}, ${kept.source})`
  return `${kept.identities} identities in ${kept.records} appearances name it, and no more than ${kept.most} can own one`
}

/** A stored ground is our own rule's output, kept with its act. */
function parseGround(ground: unknown): KeptGround | null {
  if (typeof ground !== 'object' || ground === null || !('by' in ground)) return null
  const kept: KeptGround = JSON.parse(JSON.stringify(ground))
  return kept
}
