/** Which file said it: what another person needs to check it. */
export interface SourceFile {
  readonly name: string
  /** Of the bytes as received, compressed or not; lower-case hexadecimal. */
  readonly sha256: string
}
