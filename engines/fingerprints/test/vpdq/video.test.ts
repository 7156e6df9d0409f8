import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gatherFrameList, type HashedVideo, hashVideo, scanIndex, type VideoOptions } from '../../src/vpdq/index.ts'
import { fixtures } from '../pdq/vectors.ts'

const video = (name: string): string => join(fixtures, 'video', `${name}.mp4`)
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0

const skip = hasFfmpeg ? false : 'ffmpeg and ffprobe are not installed'

async function hashed(name: string, options: Partial<VideoOptions> = {}): Promise<HashedVideo> {
  const got = await hashVideo(video(name), { start: spawn, ...options })
  assert.ok(got.ok, got.ok ? '' : JSON.stringify(got.error))
  return got.value
}

/** Bits by which each frame differs from the published list. */
async function differences({ frames }: HashedVideo, name: string): Promise<number[]> {
  const published = (await gatherFrameList([readFileSync(join(fixtures, 'vpdq', `${name}.txt`))])).frames
  return frames.map(({ hash, frame, timestamp }) => {
    const expected = published.find((each) => each.frame === frame)
    assert.ok(expected !== undefined, `frame ${frame}`)
    assert.equal(timestamp.toFixed(3), expected.timestamp.toFixed(3))
    return scanIndex([expected.hash]).nearWithin([hash], 256)[0]?.[0]?.distance ?? 256
  })
}

describe('hashing the frames of a video', () => {
  const samples = { 'test-padded-dimensions': 150, 'pattern-sd-grey-bar': 206, 'doorknob-hd-no-bar': 120 } as const
  /** Most bits by which a frame may differ from Meta's list, in the way of computing colours. */
  const most = {
    plain: { 'test-padded-dimensions': 4, 'pattern-sd-grey-bar': 0, 'doorknob-hd-no-bar': 0 },
    rounded: { 'test-padded-dimensions': 4, 'pattern-sd-grey-bar': 2, 'doorknob-hd-no-bar': 4 },
    vector: { 'test-padded-dimensions': 0, 'pattern-sd-grey-bar': 6, 'doorknob-hd-no-bar': 256 },
  } as const
  for (const colours of ['plain', 'rounded', 'vector'] as const)
    for (const name of ['test-padded-dimensions', 'pattern-sd-grey-bar', 'doorknob-hd-no-bar'] as const)
      test(`${name}, colours ${colours}: at most ${most[colours][name]} bits from Meta's list`, {
        skip,
      }, async (context) => {
        const got = await hashed(name, { secondsPerFrame: 0, colours })
        assert.equal(got.frames.length, samples[name])
        assert.deepEqual([got.complete, got.frameStep, got.remarks], [true, 1, []])
        const bits = Math.max(...(await differences(got, name)))
        context.diagnostic(`at most ${bits} bits`)
        assert.ok(bits <= most[colours][name], `${bits} bits`)
      })

  test('one frame a second is the default', { skip }, async () => {
    const got = await hashed('test-padded-dimensions')
    assert.deepEqual(
      got.frames.map(({ frame }) => frame),
      [0, 30, 60, 90, 120],
    )
    assert.deepEqual(
      got.frames.map(({ timestamp }) => timestamp),
      [0, 1, 2, 3, 4],
    )
    assert.ok((await differences(got, 'test-padded-dimensions')).every((bits) => bits <= 4))
  })

  test('a limit of frames ends the hashing, and the result says so', { skip }, async () => {
    const got = await hashed('test-padded-dimensions', { secondsPerFrame: 0, maxFrames: 3 })
    assert.deepEqual([got.frames.length, got.complete], [3, false])
    assert.match(got.remarks.join(), /limit of 3 frames/)
  })

  test('what is no video, or too large, is refused in words', { skip }, async () => {
    const text = await hashVideo(join(fixtures, 'README.md'), { start: spawn })
    assert.ok(!text.ok && text.error.kind === 'not-a-video')
    const picture = await hashVideo(join(fixtures, 'images/cc0/rocket.jpg'), { start: spawn })
    assert.ok(!picture.ok && picture.error.kind === 'not-a-video')
    const absent = await hashVideo('/no/such/file.mp4', { start: spawn })
    assert.ok(!absent.ok && absent.error.kind === 'not-a-video')
  })

  test('a stopped hashing ends at once', { skip }, async () => {
    const stop = new AbortController()
    stop.abort()
    const got = await hashVideo(video('test-padded-dimensions'), { start: spawn, signal: stop.signal })
    assert.ok(!got.ok && got.error.kind === 'cancelled')
    const large = await hashVideo(video('test-padded-dimensions'), { start: spawn, maxPixels: 1000 })
    assert.ok(!large.ok && ['too-large', 'not-a-video'].includes(large.error.kind))
  })

  test('one that takes longer than allowed is told as such', { skip }, async () => {
    const signal = AbortSignal.timeout(1)
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    const got = await hashVideo(video('test-padded-dimensions'), { start: spawn, signal })
    assert.ok(!got.ok && got.error.kind === 'timed-out')
  })

  test('without ffmpeg there is a refusal that says so', async () => {
    const got = await hashVideo(join(fixtures, 'README.md'), { start: spawn, ffprobe: 'no-such-program' })
    assert.ok(!got.ok && got.error.kind === 'no-ffmpeg')
    assert.match(got.error.reason, /no-such-program/)
  })
})
