export { bitsSet, distanceOf, type HashInput, type HashProblem, hashBytes, hexOf, readHash, writeHash } from './hash.ts'
