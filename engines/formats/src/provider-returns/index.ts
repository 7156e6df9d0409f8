export {
  type AnswerCheck,
  type AnsweredCustomer,
  type AnswerFinding,
  type AskedAddress,
  checkAnswer,
  customersOf,
} from './check-answer.ts'
export type { Meaning, ReturnColumn, ReturnProfile } from './profile.ts'
export { profileNamed, returnProfiles } from './profiles.ts'
export { providerReturnReader, type ReturnOptions, readReturn } from './reader.ts'
export { type ReturnSniffing, type SniffedReturn, sniffReturn } from './sniff.ts'
