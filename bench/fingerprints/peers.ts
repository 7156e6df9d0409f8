import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface Peer {
  /** Processor time a query. */
  readonly microseconds: number
  /** Matches told, of all queries asked: has to be what we tell. */
  readonly hits: number
  readonly says: string
}

export interface Asked {
  readonly folder: string
  readonly listedFile: string
  readonly queryFile: string
  readonly radius: number
  readonly queries: number
}

const sources = join(import.meta.dirname, 'peers')
/** Debian's, or one of an environment with another FAISS. */
const python = process.env['FAISS_PYTHON'] ?? '/usr/bin/python3'

/** The peer's figures, or why there are none. */
export function faiss(kind: 'flat' | 'multihash', asked: Asked): Peer | string {
  const { listedFile, queryFile, radius, queries } = asked
  const script = join(sources, 'faiss_binary.py')
  const run = spawnSync(python, [script, listedFile, queryFile, String(radius), kind, String(queries)], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  })
  if (run.status !== 0) {
    const why = (run.stderr ?? '').trim().split('\n').at(-1) ?? ''
    return /No module named|^$/.test(why) ? 'FAISS for Python is not installed (apt-get install python3-faiss)' : why
  }
  return peerFrom(run.stdout, ({ version }) => String(version))
}

export function metaFlat(asked: Asked): Peer | string {
  const { folder, listedFile, queryFile, radius, queries } = asked
  const source = process.env['THREATEXCHANGE']
  if (source === undefined || !existsSync(join(source, 'pdq/cpp/index/flat.h'))) {
    return 'THREATEXCHANGE names no checkout of facebook/ThreatExchange'
  }
  const program = join(folder, 'meta_flat')
  const parts = ['pdqhashtypes.cpp', 'pdqhamming.cpp'].map((name) => join(source, 'pdq/cpp/common', name))
  const flags = ['-O3', '-march=native', '-std=c++20', `-I${source}`, '-o', program]
  const built = spawnSync('g++', [...flags, join(sources, 'meta_flat.cpp'), ...parts], { encoding: 'utf8' })
  if (built.status !== 0) return `g++ is missing or failed: ${(built.stderr ?? '').split('\n')[0]}`
  const run = spawnSync(program, [listedFile, queryFile, String(radius), String(queries)], { encoding: 'utf8' })
  return run.status === 0 ? peerFrom(run.stdout, ({ simd }) => (simd === true ? 'AVX-512' : 'scalar')) : 'it failed'
}

function peerFrom(text: string, says: (told: { [name: string]: unknown }) => string): Peer {
  const told: { [name: string]: unknown } = JSON.parse(text)
  return { microseconds: Number(told['microseconds']), hits: Number(told['hits']), says: says(told) }
}
