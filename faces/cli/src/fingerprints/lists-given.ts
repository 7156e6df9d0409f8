import { existsSync } from 'node:fs'
import { err, ok, type Result } from '@tandem/core'
import { type Catalogue, openCatalogue, openPerceptualPart } from '@tandem/fingerprints'
import { openSavedFile } from '@tandem/fingerprints/disk'
import { allOf } from '../command.ts'
import type { Output } from '../output.ts'
import { accountWords, count } from '../words.ts'
import { type ListAnswers, type LoadedFile, loadLists } from './load-lists.ts'
import type { ListedVideo } from './videos.ts'

/** Options of every command that needs lists. */
export const listOptions = {
  list: {
    type: 'string' as const,
    valueHint: 'FILE',
    description: 'a list to match against; may be given several times',
  },
  index: { type: 'string' as const, valueHint: 'FILE', description: 'lists saved by `tandem index build`' },
  'sixty-four': { type: 'enum' as const, options: ['sha256', 'pdq'], description: 'what hashes of 64 digits are' },
  scheme: { type: 'string' as const, description: 'whose categories a category column holds' },
}

export interface ListsGiven {
  readonly list?: string | undefined
  readonly index?: string | undefined
  readonly 'sixty-four'?: string | undefined
  readonly scheme?: string | undefined
}

export interface Given {
  readonly catalogue: Catalogue
  /** Lists of frames as they were read; a saved index has their hashes and not their order. */
  readonly videos: readonly ListedVideo[]
}

/** The lists named on the command line, read and told; or why not, in one line. */
export async function listsGiven(
  given: ListsGiven,
  words: readonly string[],
  output: Output,
): Promise<Result<Given, string>> {
  const files = allOf(words, 'list')
  if (given.index !== undefined) {
    if (files.length > 0) return err('Give --list or --index, not both.')
    const opened = openIndex(given.index)
    return opened.ok ? ok({ catalogue: opened.value, videos: [] }) : opened
  }
  if (files.length === 0) return err('Name the lists: --list FILE, or --index FILE.')
  const loaded = await loadLists(files, answersOf(given), (says) => output.progress(says))
  output.progress(null)
  if (!loaded.ok) return loaded
  for (const file of loaded.value.files) tellLoaded(file, output)
  const { catalogue, videos } = loaded.value
  return ok({ catalogue, videos })
}

export function answersOf(given: ListsGiven): ListAnswers {
  const said = given['sixty-four']
  return {
    sixtyFour: said === 'sha256' || said === 'pdq' ? said : null,
    categoryScheme: given.scheme ?? null,
  }
}

/** Beside the results, which go to standard output alone. */
export function tellLoaded(
  { file, format, account, setAside, withoutHash, withdrawn }: LoadedFile,
  output: Output,
): void {
  if (output.json) {
    output.object({ list: file, format, account, withoutHash, withdrawn, setAside })
    return
  }
  const without = withoutHash === 0 ? '' : `, ${count(withoutHash, 'record')} without a hash that can be matched`
  const gone = withdrawn === 0 ? '' : `, ${count(withdrawn, 'record')} withdrawn by the list itself and not matched`
  output.note(`${file} (${format}): ${accountWords(account)}${without}${gone}`)
  for (const says of setAside) output.note(`  set aside: ${says}`)
  if (account.setAside > setAside.length) output.note(`  and ${account.setAside - setAside.length} more`)
}

export const perceptualPart = (index: string): string => `${index}.pdq`

export function openIndex(path: string, check: 'planted' | 'everything' = 'planted'): Result<Catalogue, string> {
  const part = perceptualPart(path)
  const perceptual = existsSync(part) ? reading(part, (source) => openPerceptualPart(source, { check })) : ok(null)
  if (!perceptual.ok) return perceptual
  return reading(path, (source) => openCatalogue(source, perceptual.value))
}

/** Opens a saved file, and closes it when it is read. */
export function reading<T>(
  path: string,
  open: (source: ReturnType<typeof openSavedFile>) => Result<T, { readonly says: string }>,
): Result<T, string> {
  let source: ReturnType<typeof openSavedFile>
  try {
    source = openSavedFile(path)
  } catch {
    return err(`${path} is not there, or not readable for you.`)
  }
  try {
    const opened = open(source)
    return opened.ok ? opened : err(`${path}: ${opened.error.says}`)
  } finally {
    source.close()
  }
}
