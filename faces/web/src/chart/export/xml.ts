import { revealed } from '../../text/safe.ts'

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for an element or an attribute in double quotes; what XML 1.0 cannot hold is written as its code. */
export const xml = (text: string): string =>
  revealed(text)
    .replace(/[\ufffe\uffff]/g, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
