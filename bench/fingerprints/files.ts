// Three hashes in one pass over a large file, against each alone and against what the three together allow.
//   node bench/fingerprints/files.ts [megabytes]
import { createHash, randomFillSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashFile } from '@tandem/fingerprints/disk'

const megabytes = Number(process.argv[2] ?? 512)
const kinds = ['md5', 'sha1', 'sha256'] as const
const chunk = randomFillSync(Buffer.alloc(1024 * 1024))
const seconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
async function best(work: () => Promise<void> | void): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3; run++) {
    const begun = seconds()
    await work()
    least = Math.min(least, seconds() - begun)
  }
  return megabytes / least
}

const folder = mkdtempSync(join(tmpdir(), 'bench-files-'))
try {
  const path = join(folder, 'large')
  const descriptor = openSync(path, 'w')
  for (let written = 0; written < megabytes; written++) writeSync(descriptor, chunk)
  closeSync(descriptor)

  let sum = 0
  for (const kind of kinds) {
    const speed = await best(() => {
      const hash = createHash(kind)
      for (let done = 0; done < megabytes; done++) hash.update(chunk)
      hash.digest()
    })
    sum += 1 / speed
    console.log(`${kind.padEnd(7)} alone, from memory: ${speed.toFixed(0)} MB a second of processor time`)
  }
  const settings = {
    kinds,
    archives: false,
    limits: { nesting: 1, members: 1, bytes: 1, ratio: 1, freeBytes: 1, heldBytes: 1 },
  }
  const one = await best(async () => {
    for await (const { outcome } of hashFile(Buffer.from(path), settings, { mayBlock: true, onBytes: () => {} })) {
      if (outcome !== 'hashed') throw new Error(outcome)
    }
  })
  console.log(
    `all three in one pass, from a file: ${one.toFixed(0)} MB a second, ${(one * sum * 100).toFixed(1)} % of what they allow together`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
