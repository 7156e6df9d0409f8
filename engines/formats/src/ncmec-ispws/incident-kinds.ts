/** The exact strings of the reporting service and our neutral names for them. */
export const incidentKinds: ReadonlyMap<string, string> = new Map([
  ['Child Pornography (possession, manufacture, and distribution)', 'abuse-material'],
  ['Child Sex Trafficking', 'sex-trafficking'],
  ['Child Sex Tourism', 'sex-tourism'],
  ['Child Sexual Molestation', 'contact-abuse'],
  ['Misleading Domain Name', 'misleading-domain-name'],
  ['Misleading Words or Digital Images on the Internet', 'misleading-words-or-images'],
  ['Online Enticement of Children for Sexual Acts', 'online-enticement'],
  ['Unsolicited Obscene Material Sent to a Child', 'unsolicited-obscene-material'],
])

/** One public client writes the singular. */
const variants: ReadonlyMap<string, string> = new Map([
  ['Online Enticement of Children for Sexual Act', 'online-enticement'],
])

export type IncidentKindReading =
  | { readonly kind: string; readonly how: 'exact' | 'variant' }
  | { readonly kind: string; readonly how: 'unknown' }

/** A new kind keeps its own text: it must not lose a child's report. */
export function readIncidentKind(written: string): IncidentKindReading {
  const text = written.trim()
  const exact = incidentKinds.get(text)
  if (exact !== undefined) return { kind: exact, how: 'exact' }
  const variant = variants.get(text)
  return variant === undefined ? { kind: text, how: 'unknown' } : { kind: variant, how: 'variant' }
}
