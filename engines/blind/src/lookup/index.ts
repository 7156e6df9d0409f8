export { beginEpoch, controlOf, type Epoch, type EpochList, isEpochList } from './list.ts'
export {
  answerOne,
  askOne,
  type LookupOutcome,
  type LookupTools,
  type Question,
  readAnswer,
  readOutputs,
} from './lookup.ts'
export { type Grant, isGrant, issueTokens, type Token } from './token.ts'
