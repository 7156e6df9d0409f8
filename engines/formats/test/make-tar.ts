import { pack } from 'tar-stream'

export async function tarOf(
  members: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<Buffer> {
  const packing = pack()
  for (const { name, bytes } of members) packing.entry({ name, mtime: new Date(1_700_000_000_000) }, Buffer.from(bytes))
  packing.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of packing) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}
