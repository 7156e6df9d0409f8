export { describe as describeApi } from './openapi.ts'
export type { FaceOptions, IdentityProvider, Mount } from './options.ts'
export type { Rates } from './rates.ts'
export { type RunningServer, type ServerOptions, startServer } from './start.ts'
