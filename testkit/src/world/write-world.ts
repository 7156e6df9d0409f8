import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { exampleLists, renderList } from './lists.ts'
import { playOperation } from './operation.ts'
import { worldReferrals } from './stream.ts'

/**
 * Writes a world of any size: one file a referral in folders of a thousand, the lists, and `truth.jsonl` with one line
 * a referral (`file` and its truth). Memory does not grow with the number of referrals but for one id a person.
 */
export async function writeWorld(options: {
  readonly seed: string
  readonly referrals: number
  readonly folder: string
}): Promise<{ readonly files: number; readonly bytes: number }> {
  const { seed, referrals, folder } = options
  await mkdir(join(folder, 'lists'), { recursive: true })
  for (const [index, list] of exampleLists.entries()) {
    const ending = list.format === 'hash-csv' ? 'csv' : 'json'
    await writeFile(join(folder, 'lists', `synthetic-list-${index + 1}.${ending}`), renderList(list))
  }
  const truths = createWriteStream(join(folder, 'truth.jsonl'))
  let files = 0
  let bytes = 0
  for (const referral of worldReferrals({ seed, count: referrals })) {
    const part = String(Math.floor(files / 1000)).padStart(4, '0')
    if (files % 1000 === 0) await mkdir(join(folder, part), { recursive: true })
    const ending = referral.format === 'uk-csea-irp/1' ? 'json' : 'xml'
    const file = `${part}/synthetic-${String(files).padStart(8, '0')}.${ending}`
    await writeFile(join(folder, file), referral.bytes)
    if (!truths.write(`${JSON.stringify({ file, ...referral.truth })}\n`)) {
      await new Promise<void>((resolve) => truths.once('drain', () => resolve()))
    }
    files += 1
    bytes += referral.bytes.length
  }
  truths.end()
  await finished(truths)
  return { files, bytes }
}

/** Every file of an operation folder, manifest and truth included. */
export function operationFolder(name: string, seed: string): ReadonlyMap<string, Uint8Array> {
  const { files, manifest, truth } = playOperation(name, seed)
  const json = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`)
  return new Map([...files, ['manifest.json', json(manifest)], ['truth.json', json(truth)]])
}
