import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '@tandem/core'
import type { ListTold } from '@tandem/formats'
import { listKinds } from '@tandem/identifiers'
import { z } from 'zod'

/** Beside the files: what lists are about that do not say it themselves. */
export const termsName = 'ip-context.json'

const terms = z.strictObject({
  files: z.record(
    z.string(),
    z.strictObject({ kind: z.enum(listKinds), name: z.string().optional(), asOf: z.iso.date().optional() }),
  ),
})

/** No such file is no fault; one that cannot be read is, because a list would lose its meaning unseen. */
export async function readListTerms(folder: string): Promise<Result<ReadonlyMap<string, ListTold>, string>> {
  let text: string
  try {
    text = await readFile(join(folder, termsName), 'utf8')
  } catch {
    return ok(new Map())
  }
  try {
    const { files } = terms.parse(JSON.parse(text))
    return ok(
      new Map(
        Object.entries(files).map(([file, { kind, name, asOf }]) => [
          file,
          { kind, name: name ?? file, asOf: asOf ?? null },
        ]),
      ),
    )
  } catch {
    const example = '{"files":{"vpn.txt":{"kind":"vpn","name":"who publishes it","asOf":"2026-08-22"}}}'
    return err(`${termsName} is not of the form ${example}; kinds: ${listKinds.join(', ')}.`)
  }
}
