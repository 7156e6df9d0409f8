export {
  type Kind,
  type Person,
  referralStream,
  type Scale,
  type Stream,
  type StreamReferral,
  scale,
} from './generate.ts'
export { type Cluster, clustersOn } from './link.ts'
export {
  capacity,
  mostFindable,
  type Outcome,
  type Policy,
  type Prepared,
  policies,
  prepare,
  simulate,
} from './simulate.ts'
