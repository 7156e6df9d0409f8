export { type Chased, chaserOf } from './chaser.ts'
export { type Answered, type AnswerState, type Completeness, completenessOf } from './completeness.ts'
export type { Offence } from './offence.ts'
