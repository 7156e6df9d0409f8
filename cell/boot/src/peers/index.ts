export { cardShape, type PeerCard, printOf, readCard } from './card.ts'
export {
  type Introduced,
  introduced,
  listenForPeers,
  ownCard,
  type PinnedPeer,
  pinPeer,
  renewedCard,
  unpinPeer,
} from './introduce.ts'
export { CellPeers, type PeerReaders } from './of-cell.ts'
export type { PeersSettings } from './settings-shape.ts'
