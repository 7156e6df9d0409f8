export { identifiersIn, withIdentifiersInWords } from './in-words.ts'
