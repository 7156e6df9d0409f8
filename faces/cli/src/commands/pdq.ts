import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import {
  type Dialect,
  dialects,
  frameLine,
  hashPicture,
  type PictureHash,
  type PictureRefusal,
  RELIABLE_QUALITY,
  sniff,
  type VideoRefusal,
} from '@tandem/fingerprints'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { failure, usageFailure } from '../failure.ts'
import { headOf } from '../fingerprints/load-lists.ts'
import { framesOfVideo } from '../fingerprints/videos.ts'
import type { Output } from '../output.ts'

export default command({
  summary:
    'Prints the perceptual hash (PDQ) of pictures: hash, quality, dialect; of a video, its frames. The bytes are hashed and dropped.',
  args: {
    dialect: {
      type: 'enum',
      options: [...dialects],
      description: 'full (default, as the Python tools) or cli512 (as the C++ tool)',
    },
    variants: { type: 'boolean', description: 'also the seven turned and mirrored hashes' },
  },
  rest: 'FILE',
  more: `FILE may be - for standard input. Of a video one frame a second is hashed where ffmpeg is installed: a line each, frame,
quality, hash, seconds, which is a list that \`match\` and \`sift\` read. A hash of quality under ${RELIABLE_QUALITY} is marked "not reliable".
With --json each file is a line: file, hash, quality, dialect, reliable, width, height, format, remarks.`,
  async run(args, output) {
    const files = args._
    if (files.length === 0) return output.fail(usageFailure('Name a picture, or - for standard input.'))
    const dialect = dialects.find((each) => each === args.dialect) ?? 'full'
    let refused = 0
    const videos = output.json ? [] : await videosAmong(files)
    if (videos.length > 1 || (videos.length === 1 && files.length > 1)) {
      const says = `${videos[0]} is a video, and a frame list is of one video alone: name it by itself, or take --json.`
      return output.fail(usageFailure(says))
    }
    for (const file of files) {
      output.progress(`hashing ${file}`)
      if (!(await hashOne(file, dialect, args.variants === true, output))) refused++
    }
    output.progress(null)
    if (refused === 0) return exitCodes.done
    return refused === files.length ? exitCodes.refused : exitCodes.partly
  },
})

async function hashOne(file: string, dialect: Dialect, withVariants: boolean, output: Output): Promise<boolean> {
  if (file !== '-' && !(await isFile(file))) {
    tellRefusal(file, { kind: 'unreadable', reason: 'It is no file, or not readable for you.' }, output)
    return false
  }
  if (file !== '-' && (await isVideo(file))) return hashVideoFile(file, output)
  const hashed = await hashPicture(file === '-' ? process.stdin : createReadStream(file), { dialect })
  if (!hashed.ok) tellRefusal(file, hashed.error, output)
  else tell(file, hashed.value, withVariants, output)
  return hashed.ok
}

async function videosAmong(files: readonly string[]): Promise<string[]> {
  const videos: string[] = []
  for (const file of files) if (file !== '-' && (await isFile(file)) && (await isVideo(file))) videos.push(file)
  return videos
}

async function isVideo(file: string): Promise<boolean> {
  const sniffed = sniff((await headOf(file)) ?? new Uint8Array())
  return sniffed.kind === 'other' && sniffed.what === 'video'
}

async function hashVideoFile(file: string, output: Output): Promise<boolean> {
  const hashed = await framesOfVideo(file)
  if (!hashed.ok) {
    tellRefusal(file, hashed.error, output)
    return false
  }
  const { frames, dialect, complete, remarks } = hashed.value
  if (output.json) output.object({ file, frames, dialect, complete, remarks })
  else {
    for (const frame of frames) output.line(frameLine(frame))
    for (const text of remarks) output.note(`${file}: ${text}`)
  }
  return complete
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

function tell(file: string, picture: PictureHash, withVariants: boolean, output: Output): void {
  const { hash, quality, dialect, reliable, variants, width, height, format, remarks } = picture
  if (output.json) {
    const turned = withVariants ? { variants } : {}
    output.object({ file, hash, quality, dialect, reliable, width, height, format, remarks, ...turned })
    return
  }
  output.line(`${hash} ${String(quality).padStart(3)} ${dialect} ${file}${reliable ? '' : ' (not reliable)'}`)
  if (withVariants) for (const [name, turned] of Object.entries(variants)) output.line(`  ${turned} ${name}`, 'dim')
  for (const { text } of remarks) output.line(`  ${text}`, 'yellow')
}

function tellRefusal(file: string, { kind, reason }: PictureRefusal | VideoRefusal, output: Output): void {
  if (output.json) output.object({ file, refused: { code: kind, says: reason } })
  else output.fail(failure(exitCodes.refused, `${file}: ${reason} [${kind}]`))
}
