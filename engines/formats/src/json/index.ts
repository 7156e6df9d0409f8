export {
  defaultJsonLimits,
  type JsonArray,
  type JsonDocument,
  type JsonFault,
  type JsonLimits,
  type JsonNode,
  type JsonNote,
  type JsonObject,
  type Span,
} from './node.ts'
export { type JsonReading, readJson, readJsonNotingRules } from './read.ts'
export { JsonTokens, type TokenType } from './tokens.ts'
