import { order } from './order.ts'
import { text } from './text.ts'

/** `npm run bench -- triage [text|order [seeds] [whole]]`: what the text rules cost, and what the order of work finds. */
const [part = 'both', seeds = '15', more = ''] = process.argv.slice(2)
if (part !== 'order') text()
if (part !== 'text') order(Number(seeds), more === 'whole')
