export { newTrainingKeys, type TrainingKeys } from './keys.ts'
export { type TrainingClient, type TrainingLogin, type TrainingPerson, trainingLogin } from './training-login.ts'
