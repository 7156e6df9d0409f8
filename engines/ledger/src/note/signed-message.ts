import { readCheckpoint } from './checkpoint.ts'

/** C2SP tlog-cosignature: what an Ed25519 cosigner signs. `time` in seconds since 1970. */
export const ed25519CosignedMessage = (text: string, time: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)

/**
 * C2SP tlog-cosignature 1.1: what an ML-DSA-44 cosigner signs, here always the whole tree. Null when the text is no
 * checkpoint or a name is too long to be signed. Extension lines are not part of it.
 */
export function mlDsaCosignedMessage(cosigner: string, text: string, time: number): Buffer | null {
  const checkpoint = readCheckpoint(text)
  const names = checkpoint.ok ? [Buffer.from(cosigner), Buffer.from(checkpoint.value.origin)] : []
  const [name, origin] = names
  if (!checkpoint.ok || name === undefined || origin === undefined) return null
  if (name.length > 255 || origin.length > 255) return null
  const { size, root } = checkpoint.value
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.of(name.length),
    name,
    u64(time),
    Buffer.of(origin.length),
    origin,
    u64(0),
    u64(size),
    root,
  ])
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
