import type { ChartData, ChartEdge, ChartNode, EdgeKind } from '../../src/chart/index.ts'
import { seeded } from '../../src/chart/layout/start.ts'

/** An invented network: some people, their accounts and numbers, and what the accounts share. Nobody in it exists. */
export function madeData(nodeCount: number, edgeCount: number, seed = 7): ChartData {
  const chance = seeded(seed)
  const upTo = (most: number): number => Math.floor(chance() * most)
  const subjects = Math.max(2, Math.round(nodeCount * 0.06))
  const personas = Math.max(2, Math.round(nodeCount * 0.14))
  const values = ['account', 'phone', 'email', 'ip', 'device', 'hash', 'payment', 'referral'] as const
  const nodes: ChartNode[] = Array.from({ length: nodeCount }, (_, at) => {
    const kind =
      at < subjects ? 'subject' : at < subjects + personas ? 'persona' : (values[(at * 7) % values.length] ?? 'account')
    return {
      id: `n${at}`,
      kind,
      label: labelOf(kind, at),
      hidden: at % 5 === 0 ? upTo(40) : 0,
      ...(kind === 'hash' && at % 3 === 0 ? { standing: 'generic' } : {}),
    }
  })
  const edges: ChartEdge[] = []
  const link = (from: number, to: number, kind: EdgeKind, label: string): void => {
    if (from === to || edges.length >= edgeCount) return
    const at = edges.length
    const decided =
      at % 23 === 5 ? ({ decided: 'must-link' } as const) : at % 29 === 7 ? ({ decided: 'cannot-link' } as const) : {}
    edges.push({ id: `e${at}`, from: `n${from}`, to: `n${to}`, kind, label, weight: 1 + upTo(9), ...decided })
  }
  for (let persona = subjects; persona < subjects + personas; persona++) {
    link(upTo(subjects), persona, 'same-person', 'same selfie digest in two referrals and one phone number')
  }
  for (let value = subjects + personas; value < nodeCount; value++) {
    const persona = subjects + upTo(personas)
    link(persona, value, kindFor(nodes[value]?.kind ?? ''), 'named in one referral, place 3.2.1')
  }
  const crossing: readonly EdgeKind[] = ['contact', 'shared-file', 'mentions', 'household', 'same-device']
  while (edges.length < edgeCount) {
    const from = upTo(nodeCount)
    // Mostly near in number, so that there are communities; now and then far.
    const to = chance() < 0.9 ? Math.min(nodeCount - 1, from + 1 + upTo(12)) : upTo(nodeCount)
    link(from, to, crossing[edges.length % crossing.length] ?? 'contact', 'seen together on two days')
  }
  return { nodes, edges }
}

function kindFor(kind: string): EdgeKind {
  if (kind === 'account' || kind === 'email') return 'same-account'
  if (kind === 'device' || kind === 'ip') return 'same-device'
  if (kind === 'payment') return 'payment'
  return kind === 'hash' ? 'shared-file' : kind === 'phone' ? 'contact' : 'mentions'
}

function labelOf(kind: string, at: number): string {
  switch (kind) {
    case 'subject':
      return `Subject ${at}`
    case 'persona':
      return `persona_${at}`
    case 'phone':
      return `+44 7700 900${String(at % 1000).padStart(3, '0')}`
    case 'email':
      return `person${at}@mail.example`
    case 'ip':
      return `192.0.2.${at % 255}:${1024 + (at % 40_000)}`
    case 'device':
      return `device ${at}`
    case 'hash':
      return `${(at * 2_654_435_761).toString(16).padStart(12, '0')}…${at}`
    case 'payment':
      return `payment ${at}`
    case 'referral':
      return `Referral ${at}`
    default:
      return `handle_${at}`
  }
}

/** Labels that would lie if they could. */
export const hostile: ChartData = {
  nodes: [
    { id: 'h1', kind: 'account', label: 'invoice\u202egpj.exe', hidden: 0 },
    { id: 'h2', kind: 'email', label: `=HYPERLINK("http://host.example")${'x'.repeat(4_000)}`, hidden: 3 },
    {
      id: 'h3',
      kind: 'persona',
      label: 'two\nlines</text><script>alert(1)</script>',
      hidden: 0,
      standing: 'suppressed',
    },
    { id: 'h4', kind: 'something new', label: 'kind nobody knows', hidden: 0 },
  ],
  edges: [
    { id: 'k1', from: 'h1', to: 'h2', kind: 'mentions', label: '"quoted" & <b>bold</b>\u2066' },
    { id: 'k2', from: 'h2', to: 'h3', kind: 'same-account', label: '@cmd', decided: 'cannot-link' },
    { id: 'k3', from: 'h2', to: 'gone', kind: 'contact', label: 'its other end is not shown' },
  ],
}
