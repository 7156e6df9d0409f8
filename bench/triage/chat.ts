import type { RulePack, Turn } from '@tandem/triage'

/** Plain words of chat, roughly as often as people use them: the n-th is written about 1/n as often as the first. */
const words = (
  'the i to and a you it of in is that for on my me was so but have just with be not do this what at like are its dont im if ' +
  'all get no we know they can up go there or out one now your about from how when good he think time as want see lol had an ' +
  'really yeah will got she then would some been oh too people ok say back did right need more them going well work who day ' +
  'make here still her thats his should why because today much could way than off over him very home thing something even ' +
  'other let hope never take last feel love come again gonna only better always thanks night am sure our nice happy down new ' +
  'great game first play long maybe before tomorrow school bit yes hey week sorry tell next into car food looking bad best ' +
  'friends watch anything wait after things eat watching little thought done class everyone haha guys house morning cool ' +
  'sleep look phone world life money dinner bus train music song band movie show team match ball rain sun cold hot dog cat ' +
  'brother sister mum dad teacher test exam paper book page room door window kitchen table chair water coffee tea pizza ' +
  'lunch cake bread milk apple orange green blue red yellow city park street shop store market price cheap walk run swim ' +
  'bike ride drive road trip plane holiday beach summer winter spring monday tuesday friday saturday sunday month year ' +
  'birthday party present card letter email message call text video picture photo story news weather update server level ' +
  'boss quest guild queue lobby round score goal kick pass season ticket seat screen sound guitar piano drum lesson practice ' +
  'project deadline meeting office laptop charger battery cable wifi router password account profile post comment follow'
).split(' ')

export interface Talk {
  readonly turns: readonly Turn[]
}

/** Talks of two, a thousand turns each; the same every time. */
export function talks(bytes: number): { readonly talks: readonly Talk[]; readonly bytes: number } {
  const next = stream()
  const sums: number[] = []
  for (const at of words.keys()) sums.push((sums.at(-1) ?? 0) + 1 / (at + 3))
  const word = (): string => {
    const drawn = next() * (sums.at(-1) ?? 1)
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < drawn) low = middle + 1
      else high = middle
    }
    return words[low] ?? ''
  }
  const made: Talk[] = []
  let written = 0
  while (written < bytes) {
    const turns: Turn[] = []
    for (let at = 0; at < 1000; at++) {
      const said = Array.from({ length: 2 + Math.floor(next() * 12) }, word)
      if (next() < 0.1) said.push(String(Math.floor(next() * 60)))
      const end = ['', '.', '!', '?', '...'][Math.floor(next() * 5)] ?? ''
      const text = `${said.join(' ')}${end}`
      written += text.length
      turns.push({ role: next() < 0.5 ? 'reported' : 'victim', text })
    }
    made.push({ turns })
  }
  return { talks: made, bytes: written }
}

/** Rules beside those of the house, to make a hundred: words of chat with words that are rare, over gaps. */
export function moreRules(count: number): RulePack {
  const next = stream()
  const common = (): string => words[40 + Math.floor(next() * (words.length - 40))] ?? 'well'
  const rare = (): string => Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join('')
  const rules = Array.from({ length: count }, (_, at) => {
    const [a, b, c, d, e, f] = [common(), common(), rare(), rare(), common(), rare()]
    return {
      id: `made-${at}`,
      says: 'Made for a measurement.',
      stage: null,
      signal: 'groomingOfChild' as const,
      spokenBy: 'anyone' as const,
      source: 'own',
      find: [`(${a} | ${b}) ..3 (${c} | ${d}) ..6 (${e} | ${f}*)`],
      unless: [],
      examples: [[`${a} ${c} ${e}`]],
      counterExamples: [['nothing']],
    }
  })
  return {
    pack: 'made',
    version: 1,
    owner: 'Tandem',
    language: 'en',
    licence: 'Apache-2.0',
    says: 'Made for a measurement.',
    sources: [{ id: 'own', title: 'Made for a measurement', address: null }],
    rules,
  }
}

function stream(): () => number {
  let state = 12_345
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
