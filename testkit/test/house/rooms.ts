/** The law of imports, one row a room. A room may import what its row says and nothing else of the house. */
export const rooms = {
  core: { folder: 'core', imports: [] },
  identifiers: { folder: 'engines/identifiers', imports: ['core'] },
  fingerprints: { folder: 'engines/fingerprints', imports: ['core'] },
  triage: { folder: 'engines/triage', imports: ['core'] },
  ledger: { folder: 'engines/ledger', imports: ['core'] },
  vault: { folder: 'engines/vault', imports: ['core'] },
  formats: { folder: 'engines/formats', imports: ['core', 'identifiers'] },
  linkage: { folder: 'engines/linkage', imports: ['core', 'identifiers'] },
  blind: { folder: 'engines/blind', imports: ['core', 'identifiers'] },
  contract: { folder: 'cell/contract', imports: ['core'] },
  store: { folder: 'cell/store', imports: ['core', 'vault'] },
  jobs: { folder: 'cell/jobs', imports: ['core', 'store'] },
  work: {
    folder: 'cell/work',
    imports: [
      'core',
      'identifiers',
      'fingerprints',
      'triage',
      'ledger',
      'vault',
      'formats',
      'linkage',
      'blind',
      'contract',
      'store',
      'jobs',
    ],
  },
  release: { folder: 'cell/release', imports: ['core', 'contract', 'ledger', 'vault'] },
  // `core` for the server: it answers with the codes of the error catalogue, which live there.
  server: { folder: 'faces/server', imports: ['core', 'contract', 'work', 'release'] },
  // `core` for the training login: a typed refusal when a live cell asks for it.
  'training-login': { folder: 'faces/training-login', imports: ['core', 'contract'] },
  boot: {
    folder: 'cell/boot',
    imports: [
      'core',
      'identifiers',
      'fingerprints',
      'triage',
      'ledger',
      'vault',
      'formats',
      'linkage',
      'blind',
      'contract',
      'store',
      'jobs',
      'work',
      'release',
      'server',
      'training-login',
    ],
  },
  // The engines are for commands that work offline, such as `read`.
  cli: {
    folder: 'faces/cli',
    imports: [
      'core',
      'identifiers',
      'fingerprints',
      'triage',
      'ledger',
      'vault',
      'formats',
      'linkage',
      'blind',
      'contract',
      'boot',
    ],
  },
  web: { folder: 'faces/web', imports: ['contract'] },
  testkit: { folder: 'testkit', imports: 'anything' },
} as const satisfies Record<string, { folder: string; imports: readonly string[] | 'anything' }>

export type RoomName = keyof typeof rooms

export const roomNames: readonly RoomName[] = Object.keys(rooms).filter((name): name is RoomName => name in rooms)

export const roomOf = (path: string): RoomName | null =>
  roomNames.find((name) => path.startsWith(`${rooms[name].folder}/`)) ?? null

/** Pure: no clock, no disk, no network, no randomness unless it is passed in. */
export const isPure = (room: RoomName): boolean => room === 'core' || rooms[room].folder.startsWith('engines/')

/** Folders of an engine that read a disk, for its users' convenience; the engine's core never imports them. */
export const edges: readonly string[] = ['engines/fingerprints/src/files/disk', 'engines/fingerprints/tools']
export const isEdge = (path: string): boolean => edges.some((edge) => path.startsWith(`${edge}/`))

/** What Node brings that touches nothing outside the process. */
export const pureBuiltins: readonly string[] = [
  'node:assert',
  'node:buffer',
  'node:crypto',
  'node:stream',
  'node:string_decoder',
  'node:url',
  'node:util',
  'node:worker_threads',
  'node:zlib',
]

/** Rooms that the tests of a room need beside the test kit: the server signs in at the training login to prove it can. */
export const forTestsOf = (room: RoomName): readonly RoomName[] => (room === 'server' ? ['training-login'] : [])

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/test\//.test(path)

/** Code of the product: what runs in a cell. Tests, benches and the tools of the workshop are not. */
export const isProduct = (path: string): boolean =>
  /\.tsx?$/.test(path) &&
  !path.endsWith('.d.ts') &&
  !isTest(path) &&
  !/^(testkit|bench|scripts)\//.test(path) &&
  !isKernel(path) &&
  !/^engines\/[a-z]+\/tools\//.test(path)

/** Kernels are AssemblyScript, which only looks like TypeScript: their own compiler judges them. */
export const isKernel = (path: string): boolean => /^engines\/[a-z]+\/kernel\//.test(path)
