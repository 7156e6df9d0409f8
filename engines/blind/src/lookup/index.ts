export { beginEpoch, controlOf, type Epoch, type EpochList, isEpochList, lookupSuite } from './list.ts'
export {
  answerOne,
  askOne,
  type LookupOutcome,
  type LookupTools,
  type Question,
  readAnswer,
  readOutputs,
} from './lookup.ts'
export {
  grantFor,
  isLookupOffer,
  isLookupRequest,
  type LookupOffer,
  type LookupRequest,
  lookupRequestProblem,
  mostLookups,
  type Offered,
  offerBytes,
  offerProblem,
  readOffer,
  tokenOf,
} from './offer.ts'
export { type Grant, isGrant, issueTokens, type Token } from './token.ts'
