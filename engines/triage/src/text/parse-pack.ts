import { type FlagName, flagNames } from '../facts.ts'
import { type Fault, JsonReader } from '../json-reader.ts'
import { type RulePack, speakers, type TextRule } from './pack.ts'

const ruleFields = [
  'id',
  'says',
  'stage',
  'signal',
  'spokenBy',
  'source',
  'find',
  'unless',
  'examples',
  'counterExamples',
]

/** The form alone; what the expressions say and whether the examples hold is judged when the rules are compiled. */
export function readPack(json: unknown, path: string, faults: Fault[]): RulePack {
  const at = new JsonReader(json, path, faults)
  at.only(['pack', 'version', 'owner', 'language', 'licence', 'says', 'sources', 'rules'])
  const pack: RulePack = {
    pack: at.text('pack'),
    version: at.whole('version', 1),
    owner: at.text('owner'),
    language: at.text('language'),
    licence: at.text('licence'),
    says: at.text('says'),
    sources: at.list('sources', ['id', 'title', 'address']).map((source) => ({
      id: source.text('id'),
      title: source.text('title'),
      address: source.isNull('address') ? null : source.text('address'),
    })),
    rules: at.list('rules', ruleFields).map((rule) => readRule(rule)),
  }
  if (pack.rules.length === 0) at.fault('rules', 'must hold a rule')
  pack.rules.forEach(({ id, source }, index) => {
    if (!pack.sources.some((one) => one.id === source)) {
      at.fault(`rules[${index}].source`, `"${source}" is not in ${path}.sources`)
    }
    if (pack.rules.findIndex((rule) => rule.id === id) !== index) at.fault(`rules[${index}].id`, `"${id}" stands twice`)
  })
  return pack
}

function readRule(at: JsonReader): TextRule {
  const rule: TextRule = {
    id: at.text('id'),
    says: at.text('says'),
    stage: at.isNull('stage') ? null : at.text('stage'),
    signal: at.oneOf<FlagName>('signal', flagNames),
    spokenBy: at.oneOf('spokenBy', speakers),
    source: at.text('source'),
    find: texts(at, 'find'),
    unless: at.isNull('unless') ? [] : texts(at, 'unless'),
    examples: examples(at, 'examples'),
    counterExamples: examples(at, 'counterExamples'),
  }
  if (rule.find.length === 0) at.fault('find', 'must hold an expression')
  if (rule.examples.length === 0) at.fault('examples', 'a rule needs a text that it finds')
  if (rule.counterExamples.length === 0) at.fault('counterExamples', 'a rule needs a near miss that it does not find')
  return rule
}

function texts(at: JsonReader, name: string): string[] {
  const value = at.raw(name)
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  at.fault(name, 'must be a list of texts')
  return []
}

function examples(at: JsonReader, name: string): string[][] {
  const value = at.raw(name)
  const found: string[][] = []
  if (!Array.isArray(value)) at.fault(name, 'must be a list')
  else {
    value.forEach((each: unknown, index) => {
      if (typeof each === 'string') found.push([each])
      else if (Array.isArray(each) && each.every((part) => typeof part === 'string')) found.push(each)
      else at.fault(`${name}[${index}]`, 'must be a text, or a list of messages in a row')
    })
  }
  return found
}
