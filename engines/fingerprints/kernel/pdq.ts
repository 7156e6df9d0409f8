/**
 * PDQ from decoded pixels, row by row: the whole picture is never in this memory.
 *
 * The reference smooths along rows, along columns, and both once more, then samples 64 x 64. Each smoothing is a running
 * sum in float32, whose rounding depends on the order of its additions; so every sum here adds and subtracts the same
 * numbers in the same order, four of them side by side in the lanes of a vector:
 *   - along rows, the lanes are four rows ("tile": one vector a column, holding that column of four rows);
 *   - along columns, the lanes are four columns.
 * A window that hangs over the border reads zeros there: adding or subtracting zero changes no bit.
 * Rows flow through two rings that hold one window of rows each, so memory grows with width x window.
 *
 *   pixels -> tile -> [along rows] -> ring -> [along columns] -> tile -> [along rows, 64 columns] -> small ring
 *          -> [along columns, 64 rows] -> 64 x 64 -> quality, 16 x 16 DCT
 */

import { brightness, grey, writeConstants } from './pdq/light.ts'
import {
  BATCH,
  block,
  columnAt,
  columnDivisor,
  constants,
  cosines,
  dynamic,
  LANES,
  SIDE,
  SMALL_ROW,
  sampled,
  sampledColumns,
  smallSum,
  smallZero,
} from './pdq/places.ts'
import { storeRows, storeTurned } from './pdq/turn.ts'
import { quality, transform } from './pdq/waves.ts'

let width: i32 = 0
let height: i32 = 0
let channels: i32 = 0
let windowX: i32 = 0
let windowY: i32 = 0
let stripRows: i32 = 0
let stripAt: usize = 0
let tileA: usize = 0
let tileB: usize = 0
let ring: usize = 0
let ringRows: i32 = 0
let rowBytes: usize = 0
let zeroRow: usize = 0
let columnSum: usize = 0
let smallRing: usize = 0
let end: usize = 0

let smoothed: i32 = 0 // rows smoothed along rows once
let narrowed: i32 = 0 // rows that reached the small ring
let finished: i32 = 0 // rows whose last sum is known
let nextSample: i32 = 0

/** Where the host writes the table of cosines; makes room for the fixed places first. */
export function cosinesAt(): usize {
  if (memory.size() === 0) memory.grow(1)
  return cosines
}
export function sampledAt(): usize {
  return sampled
}
export function blockAt(): usize {
  return block
}
export function stripCapacity(): i32 {
  return stripRows
}

function ahead(window: i32): i32 {
  return window >> 1
}
/** How far behind the output the window's last element lies, plus one. */
function behind(window: i32): i32 {
  return window - (window >> 1)
}

/** Elements that the window really covers at a position: fewer at the borders. */
function covered(at: i32, length: i32, window: i32): i32 {
  const last = min(at + ahead(window), length - 1)
  const first = max(at - behind(window) + 1, 0)
  return last - first + 1
}

function sampleAt(index: i32, length: i32): i32 {
  return ((((index as i64) * 2 + 1) * (length as i64)) / 128) as i32
}

/** Prepares for one picture; answers where to put its rows, or 0 when memory cannot grow. */
export function begin(pictureWidth: i32, pictureHeight: i32, pictureChannels: i32, stripBytes: i32): usize {
  width = pictureWidth
  height = pictureHeight
  channels = pictureChannels
  windowX = (width + 127) / 128
  windowY = (height + 127) / 128
  smoothed = narrowed = finished = nextSample = 0

  const line = (width as usize) * (channels as usize)
  stripRows = max(BATCH, ((stripBytes as usize) / line) as i32) & ~(BATCH - 1)
  stripRows = min(stripRows, (height + BATCH - 1) & ~(BATCH - 1))
  const tileBytes = ((((width + 3) & ~3) + behind(windowX) + ahead(windowX) + 8) as usize) * LANES
  // An odd number of cache lines: rows of a power of two would all fall into the same few places of the cache.
  const lines = ((((width + 3) & ~3) as usize) * 4 + 63) >> 6
  rowBytes = (lines | 1) << 6
  ringRows = (windowY + 2 * BATCH + 7) & ~7

  stripAt = dynamic
  tileA = (stripAt + line * (stripRows as usize) + 64 + 63) & ~63
  tileB = tileA + ((tileBytes + 63) & ~63) + 64
  zeroRow = tileB + ((tileBytes + 63) & ~63) + 64
  columnSum = zeroRow + rowBytes
  smallRing = columnSum + rowBytes
  ring = smallRing + (ringRows as usize) * SMALL_ROW
  end = ring + (ringRows as usize) * rowBytes + 64

  const pages = ((end + 0xffff) >> 16) as i32
  if (pages > 65535) return 0
  const missing = pages - memory.size()
  if (missing > 0 && memory.grow(missing) < 0) return 0

  writeConstants()
  memory.fill(smallSum, 0, SMALL_ROW * 2)
  memory.fill(tileA, 0, end - tileA)
  for (let i = 0; i < SIDE; i++) {
    const at = sampleAt(i, width)
    store<i32>(columnAt + ((i as usize) << 2), at)
    store<f32>(columnDivisor + ((i as usize) << 2), covered(at, width, windowX) as f32)
  }
  return stripAt
}

/** The next rows lie in the strip; a multiple of eight except at the end of the picture. */
export function push(rows: i32): void {
  const line = (width as usize) * (channels as usize)
  for (let row = 0; row < rows; row += BATCH) {
    const from = stripAt + line * (row as usize)
    if (channels === 3) {
      tileFromRgb(from, line, tileA)
      tileFromRgb(from + 4 * line, line, tileB)
    } else {
      tileFromGrey(from, line, tileA)
      tileFromGrey(from + 4 * line, line, tileB)
    }
    smoothAlongRows()
    smoothed = min(smoothed + BATCH, height)
    alongColumns()
  }
}

function alongColumns(): void {
  const reach = ahead(windowY)
  while (narrowed < height && (smoothed === height || narrowed + BATCH - 1 + reach < smoothed)) {
    if (narrowed === 0) for (let row = 0; row < reach; row++) addRow(ring + (row as usize) * rowBytes)
    smoothAlongColumns(narrowed, tileA)
    smoothAlongColumns(narrowed + 4, tileB)
    sampleAlongRows()
    narrowed = min(narrowed + BATCH, height)
    sampleAlongColumns()
  }
}

/** Zeros after the last column: a picture's width need not be a multiple of four. */
function clearAfter(tile: usize): void {
  const from = tile + ((behind(windowX) + width) as usize) * LANES
  memory.fill(from, 0, ((ahead(windowX) + 4) as usize) * LANES)
}

function tileFromRgb(from: usize, line: usize, tile: usize): void {
  const spread = v128.load(constants)
  const red = v128.load(constants, 32)
  const green = v128.load(constants, 48)
  const weights = constants + 64
  let to = tile + (behind(windowX) as usize) * LANES
  let a = from
  let b = from + line
  let c = b + line
  let d = c + line
  for (let x = 0; x < width; x += 4) {
    storeTurned(
      to,
      brightness(a, spread, red, green, weights),
      brightness(b, spread, red, green, weights),
      brightness(c, spread, red, green, weights),
      brightness(d, spread, red, green, weights),
    )
    a += 12
    b += 12
    c += 12
    d += 12
    to += 4 * LANES
  }
  clearAfter(tile)
}

function tileFromGrey(from: usize, line: usize, tile: usize): void {
  const spread = v128.load(constants, 16)
  let to = tile + (behind(windowX) as usize) * LANES
  let a = from
  let b = from + line
  let c = b + line
  let d = c + line
  for (let x = 0; x < width; x += 4) {
    storeTurned(to, grey(a, spread), grey(b, spread), grey(c, spread), grey(d, spread))
    a += 4
    b += 4
    c += 4
    d += 4
    to += 4 * LANES
  }
  clearAfter(tile)
}

/** First smoothing along rows: eight rows from the two tiles into the ring. */
function smoothAlongRows(): void {
  const reach = ahead(windowX)
  const start = (behind(windowX) as usize) * LANES
  const between = tileB - tileA
  let sumA = f32x4.splat(0)
  let sumB = f32x4.splat(0)
  let add = tileA + start
  let sub = tileA
  for (let i = 0; i < reach; i++) {
    sumA = f32x4.add(sumA, v128.load(add))
    sumB = f32x4.add(sumB, v128.load(add + between))
    add += LANES
  }
  let row = ring + ((smoothed % ringRows) as usize) * rowBytes
  const row3: usize = 3 * rowBytes
  const row4: usize = 4 * rowBytes
  // Columns 0, 4, 8 ... whose four windows all lie inside the picture share one divisor.
  const innerFrom = behind(windowX) - 1
  const innerTo = width - reach
  const inner = f32x4.splat(windowX as f32)
  for (let x = 0; x < width; x += 4) {
    let d0 = inner
    let d1 = inner
    let d2 = inner
    let d3 = inner
    if (x < innerFrom || x + 4 > innerTo) {
      d0 = f32x4.splat(covered(x, width, windowX) as f32)
      d1 = f32x4.splat(covered(x + 1, width, windowX) as f32)
      d2 = f32x4.splat(covered(x + 2, width, windowX) as f32)
      d3 = f32x4.splat(covered(x + 3, width, windowX) as f32)
    }
    sumA = f32x4.sub(f32x4.add(sumA, v128.load(add)), v128.load(sub))
    const a0 = f32x4.div(sumA, d0)
    sumA = f32x4.sub(f32x4.add(sumA, v128.load(add, 16)), v128.load(sub, 16))
    const a1 = f32x4.div(sumA, d1)
    sumA = f32x4.sub(f32x4.add(sumA, v128.load(add, 32)), v128.load(sub, 32))
    const a2 = f32x4.div(sumA, d2)
    sumA = f32x4.sub(f32x4.add(sumA, v128.load(add, 48)), v128.load(sub, 48))
    const a3 = f32x4.div(sumA, d3)
    storeRows(row, row + rowBytes, row + 2 * rowBytes, row + row3, a0, a1, a2, a3)

    const addB = add + between
    const subB = sub + between
    const rowB = row + row4
    sumB = f32x4.sub(f32x4.add(sumB, v128.load(addB)), v128.load(subB))
    const b0 = f32x4.div(sumB, d0)
    sumB = f32x4.sub(f32x4.add(sumB, v128.load(addB, 16)), v128.load(subB, 16))
    const b1 = f32x4.div(sumB, d1)
    sumB = f32x4.sub(f32x4.add(sumB, v128.load(addB, 32)), v128.load(subB, 32))
    const b2 = f32x4.div(sumB, d2)
    sumB = f32x4.sub(f32x4.add(sumB, v128.load(addB, 48)), v128.load(subB, 48))
    const b3 = f32x4.div(sumB, d3)
    storeRows(rowB, rowB + rowBytes, rowB + 2 * rowBytes, rowB + row3, b0, b1, b2, b3)
    add += 4 * LANES
    sub += 4 * LANES
    row += 16
  }
}

function addRow(from: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16)
    v128.store(columnSum + at, f32x4.add(v128.load(columnSum + at), v128.load(from + at)))
}

function ringRow(row: i32): usize {
  return row < 0 || row >= height ? zeroRow : ring + ((row % ringRows) as usize) * rowBytes
}

function rowDivisor(row: i32): v128 {
  return f32x4.splat(max(covered(row, height, windowY), 1) as f32)
}

/** First smoothing along columns: four rows from the ring into a tile. */
function smoothAlongColumns(row: i32, tile: usize): void {
  const reach = ahead(windowY)
  const back = behind(windowY)
  let sums = columnSum
  const add0 = ringRow(row + reach) - sums
  const add1 = ringRow(row + 1 + reach) - sums
  const add2 = ringRow(row + 2 + reach) - sums
  const add3 = ringRow(row + 3 + reach) - sums
  const sub0 = ringRow(row - back) - sums
  const sub1 = ringRow(row + 1 - back) - sums
  const sub2 = ringRow(row + 2 - back) - sums
  const sub3 = ringRow(row + 3 - back) - sums
  const d0 = rowDivisor(row)
  const d1 = rowDivisor(row + 1)
  const d2 = rowDivisor(row + 2)
  const d3 = rowDivisor(row + 3)
  let to = tile + (behind(windowX) as usize) * LANES
  const last = sums + ((width as usize) << 2)
  while (sums < last) {
    let sum = v128.load(sums)
    sum = f32x4.sub(f32x4.add(sum, v128.load(sums + add0)), v128.load(sums + sub0))
    const a = f32x4.div(sum, d0)
    sum = f32x4.sub(f32x4.add(sum, v128.load(sums + add1)), v128.load(sums + sub1))
    const b = f32x4.div(sum, d1)
    sum = f32x4.sub(f32x4.add(sum, v128.load(sums + add2)), v128.load(sums + sub2))
    const c = f32x4.div(sum, d2)
    sum = f32x4.sub(f32x4.add(sum, v128.load(sums + add3)), v128.load(sums + sub3))
    const d = f32x4.div(sum, d3)
    v128.store(sums, sum)
    storeTurned(to, a, b, c, d)
    sums += 16
    to += 4 * LANES
  }
  clearAfter(tile)
}

/** Second smoothing along rows: all columns are summed, 64 are divided and kept, for eight rows. */
function sampleAlongRows(): void {
  const between = tileB - tileA
  let sumA = f32x4.splat(0)
  let sumB = f32x4.splat(0)
  let add = tileA + (behind(windowX) as usize) * LANES
  let sub = tileA
  for (let i = 0; i < ahead(windowX); i++) {
    sumA = f32x4.add(sumA, v128.load(add))
    sumB = f32x4.add(sumB, v128.load(add + between))
    add += LANES
  }
  for (let i: usize = 0; i < 64; i++) {
    const upTo = tileA + ((load<i32>(columnAt + (i << 2)) + 1) as usize) * LANES
    while (sub < upTo) {
      sumA = f32x4.sub(f32x4.add(sumA, v128.load(add)), v128.load(sub))
      sumB = f32x4.sub(f32x4.add(sumB, v128.load(add + between)), v128.load(sub + between))
      add += LANES
      sub += LANES
    }
    const divisor = v128.load32_splat(columnDivisor + (i << 2))
    v128.store(sampledColumns + i * LANES, f32x4.div(sumA, divisor))
    v128.store(sampledColumns + i * LANES, f32x4.div(sumB, divisor), 1024)
  }
  let row = smallRing + ((narrowed % ringRows) as usize) * SMALL_ROW
  for (let half: usize = 0; half < 2048; half += 1024) {
    for (let i: usize = 0; i < 1024; i += 64) {
      const from = sampledColumns + half + i
      const to = row + (i >> 2)
      storeRows(
        to,
        to + SMALL_ROW,
        to + 2 * SMALL_ROW,
        to + 3 * SMALL_ROW,
        v128.load(from),
        v128.load(from, 16),
        v128.load(from, 32),
        v128.load(from, 48),
      )
    }
    row += 4 * SMALL_ROW
  }
}

function smallRow(row: i32): usize {
  return row < 0 || row >= height ? smallZero : smallRing + ((row % ringRows) as usize) * SMALL_ROW
}

/** Second smoothing along columns: all rows are summed, 64 are divided and kept. */
function sampleAlongColumns(): void {
  const reach = ahead(windowY)
  const back = behind(windowY)
  while (finished < height && (narrowed === height || finished + reach < narrowed)) {
    if (finished === 0)
      for (let row = 0; row < reach; row++)
        for (let at: usize = 0; at < SMALL_ROW; at += 16)
          v128.store(smallSum + at, f32x4.add(v128.load(smallSum + at), v128.load(smallRow(row) + at)))
    const add = smallRow(finished + reach)
    const sub = smallRow(finished - back)
    for (let at: usize = 0; at < SMALL_ROW; at += 16) {
      const sum = f32x4.add(v128.load(smallSum + at), v128.load(add + at))
      v128.store(smallSum + at, f32x4.sub(sum, v128.load(sub + at)))
    }
    while (nextSample < SIDE && sampleAt(nextSample, height) === finished) {
      const divisor = rowDivisor(finished)
      const to = sampled + (nextSample as usize) * SMALL_ROW
      for (let at: usize = 0; at < SMALL_ROW; at += 16)
        v128.store(to + at, f32x4.div(v128.load(smallSum + at), divisor))
      nextSample++
    }
    finished++
  }
}

/** After the last row (or once the host has filled the 64 x 64 picture): the DCT block, and the quality as answer. */
export function finish(): i32 {
  transform()
  return quality()
}

/** Forgets the picture: no pixel, no sum stays behind. */
export function wipe(): void {
  memory.fill(sampled, 0, constants - sampled)
  if (end > dynamic) memory.fill(dynamic, 0, end - dynamic)
}
