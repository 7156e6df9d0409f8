import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** The payload of an age file, C2SP age "Payload": STREAM over 64 KiB chunks, ChaCha20-Poly1305 (RFC 8439). */
const chunkLength = 64 * 1024
const tagLength = 16
const sealedLength = chunkLength + tagLength
const nonceLength = 16

/** The rest of a file is not what was written. Chunks handed out before this were authentic, the whole is not. */
export class AgePayloadDamaged extends Error {
  override readonly name = 'AgePayloadDamaged'
}

export async function* sealPayload(fileKey: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const nonce = randomBytes(nonceLength)
  yield nonce
  const key = payloadKey(fileKey, nonce)
  let number = 0
  // The last chunk is marked, so one is always held back.
  for await (const { chunk, isLast } of cut(plain, chunkLength)) yield* sealChunk(key, number++, isLast, chunk)
}

/** Null: the file ends before its payload begins. */
export async function openPayload(
  fileKey: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
): Promise<AsyncGenerator<Buffer> | null> {
  const source = new Pulled(sealed)
  const nonce = await source.take(nonceLength)
  return nonce.length === nonceLength ? opened(payloadKey(fileKey, nonce), source.rest()) : null
}

async function* opened(key: Buffer, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let number = 0
  for await (const { chunk, isLast } of cut(sealed, sealedLength)) {
    const asMeant = openChunk(key, number, isLast, chunk)
    // Only a full chunk can stand where the writer meant another one to follow, or none.
    const plain = asMeant ?? (chunk.length === sealedLength ? openChunk(key, number, !isLast, chunk) : null)
    number++
    if (plain === null) throw new AgePayloadDamaged(`chunk ${number} was altered, moved or cut`)
    if (plain.length === 0 && number > 1) throw new AgePayloadDamaged('the last chunk is empty')
    // Authentic, so it is handed out; but the writer meant the file to end elsewhere.
    if (plain.length > 0) yield plain
    if (asMeant === null) {
      throw new AgePayloadDamaged(
        isLast ? 'the file was cut at the end of a chunk' : 'something follows the last chunk',
      )
    }
  }
}

const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))

/** Eleven bytes of counter, one that marks the last chunk. */
function chunkNonce(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function sealChunk(key: Buffer, number: number, isLast: boolean, plain: Buffer): readonly Buffer[] {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(number, isLast), { authTagLength: tagLength })
  const sealed = cipher.update(plain)
  cipher.final()
  return [sealed, cipher.getAuthTag()]
}

/** Null: this is not what was sealed at this place. */
function openChunk(key: Buffer, number: number, isLast: boolean, sealed: Buffer): Buffer | null {
  if (sealed.length < tagLength) return null
  const nonce = chunkNonce(number, isLast)
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagLength))
  try {
    decipher.final()
    return plain
  } catch {
    return null
  }
}

/** Pieces of one length, the last one of what is left and marked; an empty source gives one empty piece. */
async function* cut(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ readonly chunk: Buffer; readonly isLast: boolean }> {
  const pulled = new Pulled(source)
  let chunk = await pulled.take(length)
  for (;;) {
    const next = chunk.length < length ? Buffer.alloc(0) : await pulled.take(length)
    const isLast = next.length === 0
    yield { chunk, isLast }
    if (isLast) return
    chunk = next
  }
}

/** Bytes of a source in the lengths that are asked for, copied only where a piece ends between them. */
class Pulled {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Fewer bytes only at the end. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    let missing = length
    while (this.#held.length < missing) {
      parts.push(this.#held)
      missing -= this.#held.length
      const next = await this.#source.next()
      this.#held = next.done === true ? Buffer.alloc(0) : viewOf(next.value)
      if (next.done === true) return Buffer.concat(parts)
    }
    const last = this.#held.subarray(0, missing)
    this.#held = this.#held.subarray(missing)
    return parts.length === 0 ? last : Buffer.concat([...parts, last], length)
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    const held = this.#held
    this.#held = Buffer.alloc(0)
    if (held.length > 0) yield held
    for (;;) {
      const next = await this.#source.next()
      if (next.done === true) return
      yield next.value
    }
  }
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
