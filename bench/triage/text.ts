import { findSignals, housePacks, loadPacks, parseExpression, type RuleSet } from '@tandem/triage'
import { rounded, table } from '../figures.ts'
import { moreRules, talks } from './chat.ts'

/** What the parser of the engine gives, in the one form this page needs. */
type Form = Extract<ReturnType<typeof parseExpression>, { ok: true }>['value']

const megabytes = 8
const runs = 10

/** A hundred rules over chat: this engine beside the same rules as one JavaScript regular expression each, by processor time. */
export function text(): void {
  const loaded = loadPacks([...housePacks, moreRules(74)])
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
  const rules = loaded.value
  const peers = rules.rules.map(({ rule }) => rule.find.map((find) => new RegExp(regexOf(find), 'gi')))
  const chat = talks(megabytes * 1_000_000)
  const joined = chat.talks.map(({ turns }) => turns.map((turn) => turn.text).join('\n'))
  const { literals } = rules.automaton
  console.log(
    `${rules.rules.length} rules, ${literals.length} words; ${rounded(chat.bytes / 1e6)} MB of made chat, ${chat.talks.length} talks`,
  )
  let found = 0
  const ours = best(() => {
    found = 0
    for (const { turns } of chat.talks) found += findSignals(rules, turns).signals.length
  })
  let matched = 0
  const sample = joined.slice(0, Math.ceil(joined.length / 8))
  const theirs = best(() => {
    matched = 0
    for (const one of sample) for (const each of peers.flat()) matched += one.match(each)?.length ?? 0
  }, 2)
  const sampled = sample.reduce((sum, one) => sum + one.length, 0)
  const mine = chat.bytes / 1e6 / ours
  const peer = sampled / 1e6 / theirs
  console.log(
    table([
      ['', 'MB/s', 'found'],
      ['this engine (aim 60)', rounded(mine), String(found)],
      ['V8 RegExp, one a rule (an eighth of the text, roles not told apart)', rounded(peer), String(matched)],
      ['ratio', rounded(mine / peer), ''],
    ]),
  )
  console.log('\nHostile text, 64 kB each: MB/s, and steps a character')
  console.log(table([['', 'this engine', 'steps', 'V8 RegExp'], ...hostile(rules, peers.flat())]))
}

function hostile(rules: RuleSet, peers: readonly RegExp[]): string[][] {
  const size = 64_000
  const words = [...new Set(rules.automaton.literals.map(({ letters }) => letters))]
  const texts: Readonly<Record<string, string>> = {
    'one letter': 'a'.repeat(size),
    'letters set apart': 'k i l l m y s e l '.repeat(size / 18),
    'every word of the rules': words.join(' ').repeat(20).slice(0, size),
    'words that begin a rule': 'send it to pay money share '.repeat(size / 27),
    'digits for letters': 'p4y 1l1 '.repeat(size / 8),
    'not one plain letter': '\u0430\u0301'.repeat(size / 2),
  }
  return Object.entries(texts).map(([name, made]) => {
    let steps = 0
    const ours = best(() => {
      steps = findSignals(rules, [{ role: 'not said', text: made }]).steps
    }, 3)
    const theirs = best(() => {
      for (const each of peers) made.match(each)
    }, 1)
    const speed = (seconds: number): string => rounded(made.length / 1e6 / Math.max(seconds, 1e-6), 2)
    return [name, speed(ours), rounded(steps / made.length), speed(theirs)]
  })
}

/** The least processor time of a few runs, in seconds. */
function best(run: () => void, times = runs): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < times; at++) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1e6)
  }
  return least
}

/** The same rule as people write it for a backtracking engine. */
function regexOf(find: string): string {
  const parsed = parseExpression(find)
  if (!parsed.ok) throw new Error(parsed.error.says)
  return `\\b${formOf(parsed.value)}\\b`
}

function formOf(form: Form): string {
  switch (form.is) {
    case 'word':
      return `${form.open ? '\\w*' : ''}${form.letters}${form.goesOn ? '\\w*' : ''}`
    case 'number':
      return '\\d+'
    case 'gap':
      return `(?:\\W+\\w+){0,${form.most}}`
    case 'either':
      return `(?:${form.options.map(formOf).join('|')})${form.mayLack ? '?' : ''}`
    case 'sequence':
      return form.items.reduce((all, item, at) => {
        const between = at === 0 || item.is === 'gap' || mayLack(item) ? '' : '\\W+'
        return `${all}${between}${mayLack(item) ? `(?:\\W+${formOf(item)})?` : formOf(item)}`
      }, '')
  }
}

const mayLack = (form: Form): boolean => form.is === 'either' && form.mayLack
