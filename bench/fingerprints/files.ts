// Three hashes in one pass over a large file, against each alone and against what the three together allow.
//   node bench/fingerprints/files.ts [megabytes]
import { spawnSync } from 'node:child_process'
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
    pictures: [],
    limits: { nesting: 1, members: 1, bytes: 1, ratio: 1, freeBytes: 1, heldBytes: 1 },
  }
  const one = await best(async () => {
    for await (const { outcome } of hashFile(Buffer.from(path), settings, { mayBlock: true, onBytes: () => {} })) {
      if (outcome !== 'hashed') throw new Error(outcome)
    }
  })
  console.log(
    `all three in one pass, from a file: ${one.toFixed(0)} MB a second, ${(one * sum * 100).toFixed(1)} % of what they allow together (aim: 95)`,
  )
  const peer = hashdeep(path)
  console.log(
    peer === null
      ? 'hashdeep: not measured; it is not installed (apt-get install hashdeep)'
      : `hashdeep, the same three: ${peer.toFixed(0)} MB a second; ours ${(one / peer).toFixed(1)} times that`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** Processor time of the command and nothing else, as the shell counts it; best of three. */
function hashdeep(path: string): number | null {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const command = 'hashdeep -j0 -c md5,sha1,sha256 "$0" >/dev/null || exit 1; times'
    const run = spawnSync('bash', ['-c', command, path], { encoding: 'utf8' })
    if (run.status !== 0) return null
    const [user = 0, system = 0] = [...(run.stdout.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    )
    least = Math.min(least, user + system)
  }
  return megabytes / least
}
