// Sizes, and the fixed places at the start of the kernel's memory.

export const LANES: usize = 16
export const SIDE: i32 = 64
export const BATCH: i32 = 8
export const SMALL_ROW: usize = 256

export const cosines: usize = (__heap_base + 63) & ~63 // 16 x 64, written by the host
export const cosinesTurned: usize = cosines + 4096 // 64 x 16
export const sampled: usize = cosinesTurned + 4096 // 64 x 64 picture
export const halfway: usize = sampled + 16384 // 16 x 64, DCT along columns
export const block: usize = halfway + 4096 // 16 x 16, the DCT block
export const columnAt: usize = block + 1024 // 64 sampled columns
export const columnDivisor: usize = columnAt + 256 // their window widths
export const sampledColumns: usize = columnDivisor + 256 // 64 vectors for four rows, twice
export const smallSum: usize = sampledColumns + 2048
export const smallZero: usize = smallSum + SMALL_ROW
export const constants: usize = smallZero + SMALL_ROW
export const dynamic: usize = constants + 128
