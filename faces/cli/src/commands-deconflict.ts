import type { Group } from './command.ts'

const lookup: Group = {
  summary: 'single lookups: one value, before acting',
  alone: {
    summary: 'grants and what was looked up last',
    load: async () => (await import('./commands/deconflict-lookup.ts')).list,
  },
  children: {
    ask: {
      summary: 'ask about one value',
      load: async () => (await import('./commands/deconflict-lookup.ts')).ask,
    },
    request: {
      summary: 'propose to ask another agency for lookups',
      load: async () => (await import('./commands/deconflict-grant.ts')).request,
    },
    approve: {
      summary: 'as second person: approve and send',
      load: async () => (await import('./commands/deconflict-grant.ts')).approve,
    },
    accept: {
      summary: 'let another agency look up single values here',
      load: async () => (await import('./commands/deconflict-grant.ts')).accept,
    },
    refuse: {
      summary: 'refuse a received request, or a colleague’s proposal',
      load: async () => (await import('./commands/deconflict-grant.ts')).refuse,
    },
    take: {
      summary: 'look whether they decided, and take up what they gave',
      load: async () => (await import('./commands/deconflict-grant.ts')).take,
    },
    end: {
      summary: 'end a grant; its key is destroyed',
      load: async () => (await import('./commands/deconflict-grant.ts')).end,
    },
    audit: {
      summary: 'oversight: draw some lookups, and open them',
      load: async () => (await import('./commands/deconflict-grant.ts')).audit,
    },
    inspect: {
      summary: 'oversight: how much was looked up',
      load: async () => (await import('./commands/deconflict-grant.ts')).inspect,
    },
  },
}

/** Runs over lists, and lookups of single values. */
export const deconflict: Group = {
  summary: 'ask another agency whether it holds an interest, blind',
  alone: {
    summary: 'runs: what this side asked, and what it was asked',
    load: async () => (await import('./commands/deconflict.ts')).list,
  },
  children: {
    request: {
      summary: 'propose to ask another agency',
      load: async () => (await import('./commands/deconflict.ts')).request,
    },
    approve: {
      summary: 'as second person: approve and send',
      load: async () => (await import('./commands/deconflict.ts')).approve,
    },
    requests: {
      summary: 'runs asked and received, and where they stand',
      load: async () => (await import('./commands/deconflict.ts')).list,
    },
    accept: {
      summary: 'let a received request meet what the operation holds',
      load: async () => (await import('./commands/deconflict.ts')).accept,
    },
    refuse: {
      summary: 'refuse a received request, or a colleague’s proposal',
      load: async () => (await import('./commands/deconflict.ts')).refuse,
    },
    stop: { summary: 'end a run; it has no answer', load: async () => (await import('./commands/deconflict.ts')).stop },
    show: {
      summary: 'one run with its result and pointers',
      load: async () => (await import('./commands/deconflict-show.ts')).show,
    },
    release: {
      summary: 'show hits to the other agency; takes two people',
      load: async () => (await import('./commands/deconflict-after.ts')).release,
    },
    lookup,
    audit: {
      summary: 'oversight: draw and open a sample of a committed list',
      load: async () => (await import('./commands/deconflict-after.ts')).audit,
    },
  },
}
