import { examine } from '@tandem/boot'
import { command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { dataOption } from '../place.ts'
import { databaseOption, portOf, portOption } from '../start-options.ts'
import { count } from '../words.ts'

export default command({
  summary: 'Says in words what is wrong on this machine and with this cell, and what to do about it.',
  args: {
    ...dataOption,
    ...portOption,
    ...databaseOption,
    open: { type: 'boolean', description: 'start the database of a stopped cell to compare it with settings and keys' },
  },
  more: 'Exit code 1 when something is bad; warnings alone are 0.',
  async run(args, output) {
    const port = portOf(args.port)
    if (!port.ok) return output.fail(port.error)
    output.progress('looking')
    const checks = await examine({
      ...(args.data === undefined ? {} : { data: args.data }),
      ...(port.value === undefined ? {} : { port: port.value }),
      ...(args.database === undefined ? {} : { databaseUrl: args.database }),
      open: args.open === true,
    })
    const bad = checks.filter(({ state }) => state === 'bad').length
    const warnings = checks.filter(({ state }) => state === 'warning').length
    if (output.json) for (const check of checks) output.object(check)
    else {
      output.table(checks, [
        {
          title: 'STATE',
          value: ({ state }) => state,
          paint: ({ state }) => (state === 'bad' ? 'red' : state === 'warning' ? 'yellow' : 'green'),
        },
        { title: 'CHECK', value: ({ name }) => name },
        { title: 'SAYS', value: ({ says, remedy }) => (remedy === undefined ? says : `${says} Remedy: ${remedy}`) },
      ])
      output.line('')
      output.line(bad + warnings === 0 ? 'All is well.' : `${count(bad, 'fault')}, ${count(warnings, 'warning')}.`)
    }
    return bad > 0 ? exitCodes.refused : exitCodes.done
  },
})
