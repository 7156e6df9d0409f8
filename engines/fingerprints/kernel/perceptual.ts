/**
 * Search among 256-bit hashes in one linear memory. Why it is exact: src/perceptual/README.md.
 *
 * A memory holds one table (`segment`: rows and bands; `tail`: rows and planes) or records that are being sorted.
 * Its description stands at LAYOUT and is written by the host. Each thread has its own instance of this module, hence
 * its own globals, and its own scratch area in the memory: searches of several threads never write to the same place.
 *
 *   row      32 bytes, bits in ring order
 *   band     offsets (2^width + 1 numbers: where each value's entries begin), then, entry by entry and sorted by the
 *            band's value, a column of row numbers (4 bytes; absent for band 0, whose order is the order of rows) and
 *            a column of the first 16 bits of the band that follows in the ring (2 bytes)
 *   planes   16 rows side by side: 12 vectors, the n-th holds the n-th byte of each row
 */

const LAYOUT: usize = 1024
const BANDS: usize = LAYOUT + 32

@inline function rowCount(): u32 { return load<u32>(LAYOUT) }
@inline function rowsAt(): usize { return load<u32>(LAYOUT, 4) }
@inline function bandCount(): u32 { return load<u32>(LAYOUT, 8) }
@inline function planesAt(): usize { return load<u32>(LAYOUT, 12) }

// A band's place: one 8-byte load, a shift and a mask give its value.
@inline function place(band: u32): usize { return BANDS + (<usize>band << 5) }
@inline function valueAt(row: usize, at: usize): u32 {
  return (<u32>(load<u64>(row + load<u32>(at)) >> (<u64>load<u32>(at, 4)))) & load<u32>(at, 8)
}
@inline function nextAt(row: usize, at: usize): u32 {
  return <u32>(load<u64>(row + load<u32>(at, 24)) >> (<u64>load<u32>(at, 28))) & 0xffff
}
@inline function offsetsOf(at: usize): usize { return load<u32>(at, 12) }
@inline function rowColumnOf(at: usize): usize { return load<u32>(at, 16) }
@inline function nextColumnOf(at: usize): usize { return load<u32>(at, 20) }

// Scratch of this thread.
const CANDIDATES: u32 = 2048
const RESULTS: u32 = 4096
const PROBES: u32 = 4096
const GROUPS: u32 = 64
let scratch: usize = 0
@inline function rawQuery(): usize { return scratch }
@inline function oneQuery(): usize { return scratch + 32 }
@inline function budgetAt(band: u32): usize { return scratch + 64 + band }
@inline function candidatesAt(): usize { return scratch + 128 }
@inline function resultArea(): usize { return candidatesAt() + CANDIDATES * 8 }
@inline function groupsAt(): usize { return resultArea() + RESULTS * 12 }
@inline function probesAt(): usize { return groupsAt() + GROUPS * 16 }

export function scratchBytes(): u32 {
  return 128 + CANDIDATES * 8 + RESULTS * 12 + GROUPS * 16 + PROBES * 8
}
export function resultsAt(): usize {
  return resultArea()
}
export function attach(to: usize): void {
  scratch = to
}

let radius: u32 = 0
/** Buckets are full of misses: a candidate is first where its row number stands, or the number itself (band 0). */
let candidates: u32 = 0
let plain: u32 = 0
let results: u32 = 0
let queries: usize = 0
let sink: u32 = 0

export function setRadius(to: u32): void {
  radius = to
}
/** Keeps the touching loads from being optimised away. */
export function touched(): u32 {
  return sink
}

// ---- bits ---------------------------------------------------------------------------------------------------------

/**
 * From the 32 bytes of the text form to ring order: bit `s` of band `b` is the bit of row `s` (of the 16 x 16 DCT
 * block) in column (b + 5 s) mod 16. Each row is turned, then columns are read off.
 */
export function toRing(from: usize, to: usize, count: u32, toStride: u32): void {
  for (let i: u32 = 0; i < count; i++, from += 32, to += toStride) {
    // Rows 0 to 7 are the last 16 bytes, most significant byte first.
    const first = turn(reversed(v128.load(from, 16)), i16x8(1, 2048, 64, 2, 4096, 128, 4, 8192))
    const second = turn(reversed(v128.load(from)), i16x8(256, 8, 16384, 512, 16, -32768, 1024, 32))
    let low = v128.shuffle<u8>(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
    let high = v128.shuffle<u8>(first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
    for (let column: usize = 8; column > 0; ) {
      column--
      store<u16>(to + column * 2, <u16>i8x16.bitmask(low))
      store<u16>(to + column * 2 + 16, <u16>i8x16.bitmask(high))
      low = i8x16.shl(low, 1)
      high = i8x16.shl(high, 1)
    }
  }
}

@inline function reversed(v: v128): v128 {
  return v128.shuffle<u8>(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
}
/** Turns each 16-bit lane right by t, given 2^(16 - t) (or 1 for t = 0): both halves of the product. */
@inline function turn(rows: v128, by: v128): v128 {
  const a = i32x4.extmul_low_i16x8_u(rows, by)
  const b = i32x4.extmul_high_i16x8_u(rows, by)
  const over = v128.shuffle<u16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
  return v128.or(i16x8.mul(rows, by), over)
}

@inline function distance(a: usize, b: usize): u32 {
  return <u32>(
    popcnt<u64>(load<u64>(a) ^ load<u64>(b)) +
    popcnt<u64>(load<u64>(a, 8) ^ load<u64>(b, 8)) +
    popcnt<u64>(load<u64>(a, 16) ^ load<u64>(b, 16)) +
    popcnt<u64>(load<u64>(a, 24) ^ load<u64>(b, 24))
  )
}

// ---- scanning buckets ---------------------------------------------------------------------------------------------

/** Clears the lowest set bit of each lane: after k times, zero is left where at most k bits were set. */
@inline function clear(x: v128): v128 {
  return v128.and(x, i16x8.add(x, i16x8.splat(-1)))
}

@inline function within(at: usize, wanted: v128, most: u32): v128 {
  let x = v128.xor(v128.load(at), wanted)
  if (most > 0) x = clear(x)
  if (most > 1) x = clear(x)
  if (most > 2) x = clear(x)
  if (most > 3) x = clear(x)
  if (most > 4) x = clear(x)
  if (most > 5) x = clear(x)
  if (most > 6) x = clear(x)
  return x
}

@inline function sweep(rowColumn: usize, column: usize, from: u32, to: u32, wanted: v128, tag: u32, out: usize, most: u32): usize {
  let at = column + (<usize>from << 1)
  for (; from < to; from += 16, at += 32) {
    // Saturation keeps what is not zero.
    const left = i8x16.narrow_i16x8_s(within(at, wanted, most), within(at + 16, wanted, most))
    let mask = i8x16.bitmask(i8x16.eq(left, i8x16.splat(0)))
    if (mask == 0) continue
    // Past the end lie the next bucket or 32 bytes of padding.
    if (to - from < 16) mask &= (1 << (to - from)) - 1
    while (mask != 0) {
      const entry = from + ctz(mask)
      store<u32>(out, rowColumn == 0 ? entry : rowColumn + (<usize>entry << 2))
      store<u32>(out, tag, 4)
      out += 8
      mask &= mask - 1
    }
  }
  return out
}

/**
 * Scans probes `probe` to `end`, each its entries `from` to `to`: keeps those whose next band differs in at most `most`
 * bits. Stops before a probe for which there is no room.
 */
@inline function sweepProbes(end: u32, rowColumn: usize, column: usize, wanted: v128, tag: u32, most: u32): void {
  const start = candidatesAt()
  let out = start + (<usize>candidates << 3)
  let at = probesAt() + (<usize>probe << 3)
  const stop = probesAt() + (<usize>end << 3)
  const full = start + (CANDIDATES << 3)
  for (; at < stop; at += 8) {
    const from = load<u32>(at)
    const to = load<u32>(at, 4)
    if (<usize>(to - from) << 3 > full - out) break
    out = sweep(rowColumn, column, from, to, wanted, tag, out, most)
  }
  probe = <u32>(at - probesAt()) >> 3
  candidates = <u32>(out - start) >> 3
  if (rowColumn == 0) plain = candidates
}

/** Appends entries `from` to `to` whose next band differs in at most `most` bits. The caller made room. */
function scan(rowColumn: usize, column: usize, from: u32, to: u32, next: u32, tag: u32, most: u32): void {
  const start = candidatesAt() + (<usize>candidates << 3)
  const wanted = i16x8.splat(<i16>next)
  let out = start
  switch (most) {
    case 0: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 0); break }
    case 1: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 1); break }
    case 2: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 2); break }
    case 3: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 3); break }
    case 4: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 4); break }
    case 5: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 5); break }
    case 6: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 6); break }
    default: { out = sweep(rowColumn, column, from, to, wanted, tag, start, 7); break }
  }
  candidates += <u32>(out - start) >> 3
  if (rowColumn == 0) plain = candidates
}

/** One `sweepProbes` for each allowance, so that the innermost loop is straight. */
function scanProbes(end: u32, rowColumn: usize, column: usize, next: u32, tag: u32, most: u32): void {
  const wanted = i16x8.splat(<i16>next)
  switch (most) {
    case 0: return sweepProbes(end, rowColumn, column, wanted, tag, 0)
    case 1: return sweepProbes(end, rowColumn, column, wanted, tag, 1)
    case 2: return sweepProbes(end, rowColumn, column, wanted, tag, 2)
    case 3: return sweepProbes(end, rowColumn, column, wanted, tag, 3)
    case 4: return sweepProbes(end, rowColumn, column, wanted, tag, 4)
    case 5: return sweepProbes(end, rowColumn, column, wanted, tag, 5)
    case 6: return sweepProbes(end, rowColumn, column, wanted, tag, 6)
    default: return sweepProbes(end, rowColumn, column, wanted, tag, 7)
  }
}

/** Whether no band before `band` would have found this row: each match is reported once. */
function isFirst(query: usize, row: usize, band: u32): bool {
  for (let b: u32 = 0; b < band; b++) {
    const budget = <u32>load<u8>(budgetAt(b))
    if (budget == 0) continue
    const at = place(b)
    const own = popcnt<u32>(valueAt(query, at) ^ valueAt(row, at))
    if (own >= budget) continue
    const after = b + 1 == bandCount() ? 0 : b + 1
    const next = popcnt<u32>(nextAt(query, at) ^ nextAt(row, at))
    if (own + next < budget + load<u8>(budgetAt(after))) return false
  }
  return true
}

function report(query: u32, row: u32, bits: u32, band: u32): void {
  const out = resultArea() + <usize>results * 12
  store<u32>(out, query)
  store<u32>(out, row, 4)
  store<u32>(out, bits | (band << 16), 8)
  results++
}

/** Full distances of the candidates; a tag is the query's number and, in its top byte, the band. */
function verify(): void {
  const from = candidatesAt()
  const to = from + (<usize>candidates << 3)
  const rows = rowsAt()
  // Short loops without dependencies between turns: many cache misses are under way at once.
  for (let at = from + (<usize>plain << 3); at < to; at += 8) store<u32>(at, load<u32>(load<u32>(at)))
  let sum: u32 = 0
  for (let at = from; at < to; at += 8) sum += load<u8>(rows + (<usize>load<u32>(at) << 5))
  sink += sum
  for (let at = from; at < to; at += 8) {
    const row = load<u32>(at)
    const tag = load<u32>(at, 4)
    const query = queries + (<usize>(tag & 0xffffff) << 5)
    const place = rows + (<usize>row << 5)
    const bits = distance(place, query)
    if (bits <= radius && isFirst(query, place, tag >> 24)) report(tag & 0xffffff, row, bits, tag >> 24)
  }
  candidates = 0
  plain = 0
}

// ---- one query ----------------------------------------------------------------------------------------------------

let band: u32 = 0
let probe: u32 = 0
let probes: u32 = 0
let group: u32 = 0
let groups: u32 = 0

@inline function addProbe(offsets: usize, value: u32): void {
  const from = load<u32>(offsets + (<usize>value << 2))
  const to = load<u32>(offsets + (<usize>value << 2), 4)
  const at = probesAt() + (<usize>probes << 3)
  store<u32>(at, from)
  store<u32>(at, to, 4)
  probes += <u32>(from != to)
}

/** Probes of one band with the same number of flips: where they end, the band, the bits that the next may differ in. */
@inline function endGroup(which: u32, most: u32): void {
  const at = groupsAt() + (<usize>groups << 4)
  store<u32>(at, probes)
  store<u32>(at, which, 4)
  store<u32>(at, most, 8)
  groups++
}

function addProbes(which: u32): void {
  const budget = <u32>load<u8>(budgetAt(which))
  if (budget == 0) return
  const after = which + 1 == bandCount() ? 0 : which + 1
  const most = budget + load<u8>(budgetAt(after)) - 1
  const at = place(which)
  const value = valueAt(oneQuery(), at)
  const offsets = offsetsOf(at)
  const mask = load<u32>(at, 8)
  addProbe(offsets, value)
  endGroup(which, most)
  if (budget < 2) return
  for (let i: u32 = 1; i < mask; i <<= 1) addProbe(offsets, value ^ i)
  endGroup(which, most - 1)
  if (budget < 3) return
  for (let i: u32 = 1; i < mask; i <<= 1) {
    for (let j: u32 = i << 1; j < mask; j <<= 1) addProbe(offsets, value ^ i ^ j)
  }
  endGroup(which, most - 2)
  if (budget < 4) return
  for (let i: u32 = 1; i < mask; i <<= 1) {
    for (let j: u32 = i << 1; j < mask; j <<= 1) {
      for (let k: u32 = j << 1; k < mask; k <<= 1) addProbe(offsets, value ^ i ^ j ^ k)
    }
  }
  endGroup(which, most - 3)
}

/** Loads one byte of each cache line of every bucket: the misses overlap here instead of stopping the scan one by one. */
function touch(): void {
  let sum: u32 = 0
  let at = probesAt()
  const groupEnd = groupsAt() + (<usize>groups << 4)
  for (let g = groupsAt(); g < groupEnd; g += 16) {
    const column = nextColumnOf(place(load<u32>(g, 4)))
    for (const end = probesAt() + (<usize>load<u32>(g) << 3); at < end; at += 8) {
      const last = column + (<usize>load<u32>(at, 4) << 1) - 1
      for (let line = column + (<usize>load<u32>(at) << 1); line < last; line += 64) sum += load<u8>(line)
      sum += load<u8>(last)
    }
  }
  sink += sum
}

/** Takes the raw query from the scratch area. */
export function takeQuery(): void {
  toRing(rawQuery(), oneQuery(), 1, 32)
  queries = oneQuery()
  start()
}

function start(): void {
  band = 0
  probe = 0
  probes = 0
  group = 0
  groups = 0
  candidates = 0
  plain = 0
  cursor = 0
}

/** Fills the result area; call again while it answers MORE. */
const MORE: u32 = 0x80000000

export function find(): u32 {
  results = 0
  for (;;) {
    if (group == groups) {
      if (band == bandCount()) break
      group = 0
      groups = 0
      probe = 0
      probes = 0
      // A band has at most 1,794 probes (22 bits, budget 4).
      while (band < bandCount() && probes + 1794 <= PROBES) addProbes(band++)
      touch()
    }
    while (group < groups) {
      const at = groupsAt() + (<usize>group << 4)
      const end = load<u32>(at)
      const which = load<u32>(at, 4)
      const here = place(which)
      scanProbes(end, rowColumnOf(here), nextColumnOf(here), nextAt(oneQuery(), here), which << 24, load<u32>(at, 8))
      if (probe == end) {
        group++
        continue
      }
      if (candidates > 0) {
        verify()
        if (results > RESULTS - CANDIDATES) return results | MORE
      }
      scanPart(here, which, load<u32>(at, 8))
    }
  }
  verify()
  return results
}

/** The first part of a bucket that is longer than there is room for, unless it fits by now. */
function scanPart(here: usize, which: u32, most: u32): void {
  const at = probesAt() + (<usize>probe << 3)
  const from = load<u32>(at)
  if (load<u32>(at, 4) - from <= CANDIDATES) return
  scan(rowColumnOf(here), nextColumnOf(here), from, from + CANDIDATES, nextAt(oneQuery(), here), which << 24, most)
  store<u32>(at, from + CANDIDATES)
}

// ---- many queries -------------------------------------------------------------------------------------------------

let bulkCount: u32 = 0
let bulkCounts: usize = 0
let bulkProbes: usize = 0
let bulkFrom: u32 = 0

/** `at`: the queries as text-form bytes, put into ring order here; then room for 65,537 counts and the probes. */
export function takeQueries(at: usize, count: u32, counts: usize, room: usize): void {
  toRing(at, at, count, 32)
  queries = at
  bulkCount = count
  bulkCounts = counts
  bulkProbes = room
  start()
}

/** Sorts the probes of one band by bucket (by its top 16 bits; that is enough to stream the band). */
export function bulkBand(which: u32): void {
  band = which
  probe = 0
  probes = 0
  bulkFrom = 0
  const budget = <u32>load<u8>(budgetAt(which))
  if (budget == 0) return
  const at = place(which)
  const mask = load<u32>(at, 8)
  const width = popcnt<u32>(mask)
  const coarse = width > 16 ? width - 16 : 0
  memory.fill(bulkCounts, 0, 65537 * 4)
  for (let q: u32 = 0; q < bulkCount; q++) {
    const value = valueAt(queries + (<usize>q << 5), at)
    countProbe(value, coarse)
    if (budget < 2) continue
    for (let i: u32 = 1; i < mask; i <<= 1) {
      countProbe(value ^ i, coarse)
      if (budget < 3) continue
      for (let j: u32 = i << 1; j < mask; j <<= 1) {
        countProbe(value ^ i ^ j, coarse)
        if (budget < 4) continue
        for (let k: u32 = j << 1; k < mask; k <<= 1) countProbe(value ^ i ^ j ^ k, coarse)
      }
    }
  }
  let sum: u32 = 0
  for (let c = bulkCounts; c < bulkCounts + 65536 * 4; c += 4) {
    const n = load<u32>(c)
    store<u32>(c, sum)
    sum += n
  }
  for (let q: u32 = 0; q < bulkCount; q++) {
    const value = valueAt(queries + (<usize>q << 5), at)
    placeProbe(value, coarse, q)
    if (budget < 2) continue
    for (let i: u32 = 1; i < mask; i <<= 1) {
      placeProbe(value ^ i, coarse, q | (1 << 24))
      if (budget < 3) continue
      for (let j: u32 = i << 1; j < mask; j <<= 1) {
        placeProbe(value ^ i ^ j, coarse, q | (2 << 24))
        if (budget < 4) continue
        for (let k: u32 = j << 1; k < mask; k <<= 1) placeProbe(value ^ i ^ j ^ k, coarse, q | (3 << 24))
      }
    }
  }
  probes = sum
}

@inline function countProbe(value: u32, coarse: u32): void {
  const at = bulkCounts + (<usize>(value >> coarse) << 2)
  store<u32>(at, load<u32>(at) + 1)
}
@inline function placeProbe(value: u32, coarse: u32, tag: u32): void {
  const count = bulkCounts + (<usize>(value >> coarse) << 2)
  const to = load<u32>(count)
  store<u32>(count, to + 1)
  store<u32>(bulkProbes + (<usize>to << 3), value)
  store<u32>(bulkProbes + (<usize>to << 3), tag, 4)
}

/** Runs the sorted probes of the band; call again while it answers MORE. */
export function bulkFind(): u32 {
  results = 0
  const here = place(band)
  const offsets = offsetsOf(here)
  const column = nextColumnOf(here)
  const rowColumn = rowColumnOf(here)
  const after = band + 1 == bandCount() ? 0 : band + 1
  const most = <u32>load<u8>(budgetAt(band)) + load<u8>(budgetAt(after)) - 1
  while (probe < probes) {
    const at = bulkProbes + (<usize>probe << 3)
    const bucket = offsets + (<usize>load<u32>(at) << 2)
    const from = max(load<u32>(bucket), bulkFrom)
    const end = load<u32>(bucket, 4)
    let to = end
    if (to > from) {
      const tag = load<u32>(at, 4)
      if (to - from > CANDIDATES - candidates) {
        if (candidates > 0) {
          verify()
          if (results > RESULTS - CANDIDATES) return results | MORE
        }
        to = min(to, from + CANDIDATES)
      }
      const query = tag & 0xffffff
      scan(rowColumn, column, from, to, nextAt(queries + (<usize>query << 5), here), query | (band << 24), most - (tag >> 24))
    }
    if (to == end) {
      probe++
      bulkFrom = 0
    } else {
      bulkFrom = to
    }
  }
  verify()
  return results
}

// ---- scanning everything ------------------------------------------------------------------------------------------

let cursor: u32 = 0

/** The first `to` rows against the query of this number, for any radius. Call again while it answers MORE. */
export function scanRows(query: u32, to: u32): u32 {
  results = 0
  const wanted = queries + (<usize>query << 5)
  const a = load<u64>(wanted)
  const b = load<u64>(wanted, 8)
  const c = load<u64>(wanted, 16)
  const d = load<u64>(wanted, 24)
  let row = rowsAt() + (<usize>cursor << 5)
  while (cursor < to) {
    const half = <u32>(popcnt<u64>(load<u64>(row) ^ a) + popcnt<u64>(load<u64>(row, 8) ^ b))
    if (half <= radius) {
      const bits = half + <u32>(popcnt<u64>(load<u64>(row, 16) ^ c) + popcnt<u64>(load<u64>(row, 24) ^ d))
      if (bits <= radius) {
        if (results == RESULTS) return results | MORE
        report(query, cursor, bits, 0xff)
      }
    }
    cursor++
    row += 32
  }
  cursor = 0
  return results
}

@inline function planeBits(at: usize, plane: usize, wanted: v128): v128 {
  return i8x16.popcnt(v128.xor(v128.load(at + plane * 16), wanted))
}

/** The first `rows` rows by their first 96 bits, 16 rows at a time. Call again while it answers MORE. */
export function scanPlanes(query: u32, rows: u32): u32 {
  results = 0
  const wanted = queries + (<usize>query << 5)
  const q0 = v128.load8_splat(wanted, 0)
  const q1 = v128.load8_splat(wanted, 1)
  const q2 = v128.load8_splat(wanted, 2)
  const q3 = v128.load8_splat(wanted, 3)
  const q4 = v128.load8_splat(wanted, 4)
  const q5 = v128.load8_splat(wanted, 5)
  const q6 = v128.load8_splat(wanted, 6)
  const q7 = v128.load8_splat(wanted, 7)
  const q8 = v128.load8_splat(wanted, 8)
  const q9 = v128.load8_splat(wanted, 9)
  const q10 = v128.load8_splat(wanted, 10)
  const q11 = v128.load8_splat(wanted, 11)
  const most = i8x16.splat(<i8>min<u32>(radius, 96))
  while (cursor < rows) {
    const at = planesAt() + <usize>(cursor >> 4) * 192
    const sum = i8x16.add(
      i8x16.add(
        i8x16.add(i8x16.add(planeBits(at, 0, q0), planeBits(at, 1, q1)), i8x16.add(planeBits(at, 2, q2), planeBits(at, 3, q3))),
        i8x16.add(i8x16.add(planeBits(at, 4, q4), planeBits(at, 5, q5)), i8x16.add(planeBits(at, 6, q6), planeBits(at, 7, q7))),
      ),
      i8x16.add(i8x16.add(planeBits(at, 8, q8), planeBits(at, 9, q9)), i8x16.add(planeBits(at, 10, q10), planeBits(at, 11, q11))),
    )
    let mask = i8x16.bitmask(i8x16.le_s(sum, most))
    if (mask != 0) {
      if (results + 16 > RESULTS) return results | MORE
      if (rows - cursor < 16) mask &= (1 << (rows - cursor)) - 1
      while (mask != 0) {
        const row = cursor + ctz(mask)
        const bits = distance(rowsAt() + (<usize>row << 5), wanted)
        if (bits <= radius) report(query, row, bits, 0xff)
        mask &= mask - 1
      }
    }
    cursor += 16
  }
  cursor = 0
  return results
}

// ---- building a segment -------------------------------------------------------------------------------------------

/** Sorts the rows into one band's table; rows must already be in the order of band 0. */
export function fillBand(which: u32): void {
  const at = place(which)
  const offsets = offsetsOf(at)
  const values = <usize>load<u32>(at, 8) + 1
  const rows = rowsAt()
  const end = rows + (<usize>rowCount() << 5)
  memory.fill(offsets, 0, (values + 1) << 2)
  for (let row = rows; row < end; row += 32) {
    const count = offsets + (<usize>valueAt(row, at) << 2)
    store<u32>(count, load<u32>(count) + 1)
  }
  let sum: u32 = 0
  for (let c = offsets; c < offsets + (values << 2); c += 4) {
    const n = load<u32>(c)
    store<u32>(c, sum)
    sum += n
  }
  if (which + 2 < bandCount()) placeInTwoSteps(which, rows, end)
  else placeEntries(at, rows, end)
  // Each head now stands at its bucket's end, which is the next one's start.
  memory.copy(offsets + 4, offsets, values << 2)
  store<u32>(offsets, 0)
}

@inline function placeEntry(offsets: usize, value: u32, rowColumn: usize, row: u32, nextColumn: usize, next: u32): void {
  const head = offsets + (<usize>value << 2)
  const to = load<u32>(head)
  store<u32>(head, to + 1)
  if (rowColumn != 0) store<u32>(rowColumn + (<usize>to << 2), row)
  store<u16>(nextColumn + (<usize>to << 1), <u16>next)
}

function placeEntries(at: usize, rows: usize, end: usize): void {
  let number: u32 = 0
  for (let row = rows; row < end; row += 32) {
    placeEntry(offsetsOf(at), valueAt(row, at), rowColumnOf(at), number++, nextColumnOf(at), nextAt(row, at))
  }
}

/**
 * By the top 8 bits first, into the room of the next two bands, which are not filled yet; then each of the 256 parts,
 * small enough for the cache, to its buckets. Writing to all buckets at once would miss at every step.
 */
function placeInTwoSteps(which: u32, rows: usize, end: usize): void {
  const at = place(which)
  const offsets = offsetsOf(at)
  const low = popcnt<u32>(load<u32>(at, 8)) - 8
  const room = offsetsOf(place(which + 1))
  const heads = room + (<usize>rowCount() << 3)
  for (let part: u32 = 0; part < 256; part++) {
    store<u32>(heads + (<usize>part << 2), load<u32>(offsets + (<usize>(part << low) << 2)))
  }
  let number: u32 = 0
  for (let row = rows; row < end; row += 32) {
    const value = valueAt(row, at)
    const head = heads + (<usize>(value >> low) << 2)
    const to = load<u32>(head)
    store<u32>(head, to + 1)
    const entry = room + (<usize>to << 3)
    store<u32>(entry, number++)
    store<u32>(entry, (value & ((1 << low) - 1)) | (nextAt(row, at) << 16), 4)
  }
  let entry = room
  for (let part: u32 = 0; part < 256; part++) {
    const stop = room + (<usize>load<u32>(heads + (<usize>part << 2)) << 3)
    for (; entry < stop; entry += 8) {
      const bits = load<u32>(entry, 4)
      const value = (part << low) | (bits & 0xffff)
      placeEntry(offsets, value, rowColumnOf(at), load<u32>(entry), nextColumnOf(at), bits >> 16)
    }
  }
}

/**
 * Whether a band's table holds each row exactly once, where it belongs: row numbers rise inside a bucket and have its
 * value, so none is twice there nor in two buckets, and together they are as many as the rows.
 */
export function isSound(which: u32): bool {
  const at = place(which)
  const offsets = offsetsOf(at)
  const mask = load<u32>(at, 8)
  const count = rowCount()
  if (load<u32>(offsets) != 0 || load<u32>(offsets + (<usize>mask << 2), 4) != count) return false
  for (let value: u32 = 0; ; value++) {
    const from = load<u32>(offsets + (<usize>value << 2))
    const to = load<u32>(offsets + (<usize>value << 2), 4)
    if (from > to || to > count) return false
    let last: i64 = -1
    for (let entry = from; entry < to; entry++) {
      const row = rowColumnOf(at) != 0 ? load<u32>(rowColumnOf(at) + (<usize>entry << 2)) : entry
      if (<i64>row <= last || row >= count) return false
      last = row
      const bits = rowsAt() + (<usize>row << 5)
      if (valueAt(bits, at) != value) return false
      if (<u32>load<u16>(nextColumnOf(at) + (<usize>entry << 1)) != nextAt(bits, at)) return false
    }
    if (value == mask) break
  }
  return true
}

// ---- sorting records ----------------------------------------------------------------------------------------------

/** A record: the row (32 bytes), list, entry. */
const RECORD: usize = 40
const LAST_DIGIT: u32 = 40
const FEW: u32 = 24
let firstWidth: u32 = 0
let digits: usize = 0

/**
 * Sorts records by the value of band 0 (`width` bits), then by their other bytes: equal hashes become neighbours.
 * In place, most significant digit first (McIlroy, Bostic, McIlroy 1993). `room`: 41 x 2,048 bytes.
 */
export function sortRecords(at: usize, count: u32, width: u32, room: usize): void {
  firstWidth = width
  digits = room
  sortFrom(at, count, 0)
}

@inline function digit(record: usize, level: u32): u32 {
  return level < 4
    ? (rotr<u32>(load<u32>(record), firstWidth) >> (24 - (level << 3))) & 0xff
    : <u32>load<u8>(record + level)
}

function sortFrom(at: usize, count: u32, level: u32): void {
  for (;;) {
    if (count < FEW) return insertionSort(at, count)
    if (level == LAST_DIGIT) return
    const end = at + <usize>count * RECORD
    const heads = digits + (<usize>level << 11)
    const ends = heads + 1024
    memory.fill(heads, 0, 1024)
    for (let record = at; record < end; record += RECORD) {
      const c = heads + (digit(record, level) << 2)
      store<u32>(c, load<u32>(c) + 1)
    }
    if (load<u32>(heads + (digit(at, level) << 2)) == count) {
      level++
      continue
    }
    let sum: u32 = <u32>at
    for (let d: usize = 0; d < 1024; d += 4) {
      const n = load<u32>(heads + d) * <u32>RECORD
      store<u32>(heads + d, sum)
      sum += n
      store<u32>(ends + d, sum)
    }
    for (let d: usize = 0; d < 1024; d += 4) {
      const stop = load<u32>(ends + d)
      for (;;) {
        const record = load<u32>(heads + d)
        if (record == stop) break
        const own = <usize>digit(record, level) << 2
        const to = load<u32>(heads + own)
        store<u32>(heads + own, to + <u32>RECORD)
        if (own != d) swap(record, to)
      }
    }
    let from: u32 = <u32>at
    for (let d: usize = 0; d < 1024; d += 4) {
      const stop = load<u32>(ends + d)
      const n = (stop - from) / <u32>RECORD
      if (n > 1) sortFrom(from, n, level + 1)
      from = stop
    }
    return
  }
}

@inline function swap(a: usize, b: usize): void {
  const a0 = v128.load(a)
  const a1 = v128.load(a, 16)
  const a2 = load<u64>(a, 32)
  v128.store(a, v128.load(b))
  v128.store(a, v128.load(b, 16), 16)
  store<u64>(a, load<u64>(b, 32), 32)
  v128.store(b, a0)
  v128.store(b, a1, 16)
  store<u64>(b, a2, 32)
}

function insertionSort(at: usize, count: u32): void {
  const end = at + <usize>count * RECORD
  for (let next = at + RECORD; next < end; next += RECORD) {
    for (let record = next; record > at && isBefore(record, record - RECORD); record -= RECORD) {
      swap(record, record - RECORD)
    }
  }
}

function isBefore(a: usize, b: usize): bool {
  const firstA = rotr<u32>(load<u32>(a), firstWidth)
  const firstB = rotr<u32>(load<u32>(b), firstWidth)
  if (firstA != firstB) return firstA < firstB
  for (let word: usize = 4; word < RECORD; word += 4) {
    const wordA = load<u32>(a + word)
    const wordB = load<u32>(b + word)
    if (wordA != wordB) return bswap<u32>(wordA) < bswap<u32>(wordB)
  }
  return false
}

// ---- folding sorted records ---------------------------------------------------------------------------------------

@inline function sameHash(a: usize, b: usize): bool {
  const low = v128.xor(v128.load(a), v128.load(b))
  const high = v128.xor(v128.load(a, 16), v128.load(b, 16))
  return !v128.any_true(v128.or(low, high))
}
@inline function samePair(a: usize, b: usize): bool {
  return load<u64>(a, 32) == load<u64>(b, 32)
}

/** Distinct hashes among sorted records. */
export function countRows(at: usize, count: u32): u32 {
  let rows: u32 = count == 0 ? 0 : 1
  const end = at + <usize>count * RECORD
  for (let record = at + RECORD; record < end; record += RECORD) rows += u32(!sameHash(record, record - RECORD))
  return rows
}

/** Distinct pairs of hash and owner among sorted records. */
export function countPairs(at: usize, count: u32): u32 {
  let pairs: u32 = count == 0 ? 0 : 1
  const end = at + <usize>count * RECORD
  for (let record = at + RECORD; record < end; record += RECORD) {
    pairs += u32(!(sameHash(record, record - RECORD) && samePair(record, record - RECORD)))
  }
  return pairs
}

/** Where the next distinct row goes, and the owner told last. */
let foldTo: usize = 0
let foldOwner: u64 = 0

export function beginFold(at: usize): void {
  foldTo = at
  foldOwner = 0
}

/**
 * Moves the distinct hashes of `count` sorted records together, from the first record's place on, and tells row, list and
 * entry of each distinct pair at `pairs`. A row never reaches a record that was not read: it is the shorter one.
 */
export function fold(at: usize, first: u32, count: u32, pairs: usize): u32 {
  const begun = pairs
  let record = at + <usize>first * RECORD
  for (const end = record + <usize>count * RECORD; record < end; record += RECORD) {
    const low = v128.load(record)
    const high = v128.load(record, 16)
    const owner = load<u64>(record, 32)
    const isNew =
      foldTo == at || v128.any_true(v128.or(v128.xor(low, v128.load(foldTo - 32)), v128.xor(high, v128.load(foldTo - 16))))
    if (isNew) {
      v128.store(foldTo, low)
      v128.store(foldTo, high, 16)
      foldTo += 32
    } else if (owner == foldOwner) continue
    foldOwner = owner
    store<u32>(pairs, (<u32>(foldTo - at) >> 5) - 1)
    store<u64>(pairs, owner, 4)
    pairs += 12
  }
  return <u32>(pairs - begun) / 12
}
