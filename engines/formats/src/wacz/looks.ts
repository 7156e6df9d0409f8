const parts =
  /^(?:datapackage(?:-digest)?\.json|pages\/[^/]+\.jsonl|archive\/[^/]+\.warc(?:\.gz)?|indexes\/[^/]+\.(?:cdxj?|idx)(?:\.gz)?)$/

/** The names of the members at the head of a ZIP: one of those that the packaging of web archives prescribes. */
export function looksLikeWacz(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  for (let at = bytes.indexOf('PK\x03\x04', 0, 'latin1'); at >= 0 && at + 30 < bytes.length; ) {
    const name = bytes.toString('latin1', at + 30, at + 30 + bytes.readUInt16LE(at + 26))
    if (parts.test(name)) return true
    at = bytes.indexOf('PK\x03\x04', at + 4, 'latin1')
  }
  return false
}
