import type { Group } from './command.ts'

export const authority: Group = {
  summary: 'the register of authorities',
  children: {
    list: {
      summary: 'what may be done, under which law, until when',
      load: async () => (await import('./commands/authority-list.ts')).default,
    },
    create: {
      summary: 'enter an authority',
      load: async () => (await import('./commands/authority-create.ts')).default,
    },
    cancel: {
      summary: 'cancel one: work under it stops at once',
      load: async () => (await import('./commands/authority-cancel.ts')).default,
    },
  },
}

export const decide: Group = {
  summary: 'take, hold, merge, close, ... a referral; undo',
  children: {
    take: { summary: 'take a referral', load: async () => (await import('./commands/decide.ts')).take },
    release: {
      summary: 'put it back into the queue',
      load: async () => (await import('./commands/decide.ts')).release,
    },
    hold: { summary: 'hold it until an instant', load: async () => (await import('./commands/decide.ts')).hold },
    merge: {
      summary: 'merge it into another as a duplicate',
      load: async () => (await import('./commands/decide.ts')).merge,
    },
    decline: { summary: 'decline it with a reason', load: async () => (await import('./commands/decide.ts')).decline },
    close: { summary: 'close it with an outcome', load: async () => (await import('./commands/decide.ts')).close },
    priority: {
      summary: 'confirm a priority; P1 down waits for a second person',
      load: async () => (await import('./commands/decide.ts')).priority,
    },
    safeguard: { summary: 'refer to safeguarding', load: async () => (await import('./commands/decide.ts')).safeguard },
    note: { summary: 'add a note', load: async () => (await import('./commands/decide.ts')).note },
    undo: {
      summary: 'undo the last decision, or a named one',
      load: async () => (await import('./commands/decide-undo.ts')).default,
    },
    approve: {
      summary: 'approve, as the second person, what another proposed',
      load: async () => (await import('./commands/decide-settle.ts')).approve,
    },
    refuse: {
      summary: 'refuse what another proposed',
      load: async () => (await import('./commands/decide-settle.ts')).refuse,
    },
  },
}

export const subject: Group = {
  summary: 'who is who: show a subject, overrule a link, take it back',
  alone: {
    summary: 'one subject: who tells of it, what holds it together, decisions',
    load: async () => (await import('./commands/subject.ts')).show,
  },
  things: /^(S-|R-|#)?\d/i,
  children: {
    show: {
      summary: 'one subject: who tells of it, what holds it together, decisions',
      load: async () => (await import('./commands/subject.ts')).show,
    },
    merge: {
      summary: 'decide that two subjects are one person',
      load: async () => (await import('./commands/subject.ts')).merge,
    },
    split: {
      summary: 'decide that some referrals tell of another person',
      load: async () => (await import('./commands/subject.ts')).split,
    },
    undo: {
      summary: 'take a decision about links back',
      load: async () => (await import('./commands/subject.ts')).undo,
    },
  },
}

export const weights: Group = {
  summary: 'weight sets that were proposed, and what each would change; none is in force',
  alone: {
    summary: 'the set in force, and what was proposed',
    load: async () => (await import('./commands/weights.ts')).list,
  },
  children: {
    list: {
      summary: 'the same as "tandem weights" alone',
      load: async () => (await import('./commands/weights.ts')).list,
    },
    propose: {
      summary: 'propose a set from a file, or learned from choices',
      load: async () => (await import('./commands/weights.ts')).propose,
    },
    replay: {
      summary: 'what a proposed set would change in the open queue',
      load: async () => (await import('./commands/weights.ts')).replay,
    },
    show: {
      summary: 'a proposed set as the file it would be',
      load: async () => (await import('./commands/weights.ts')).show,
    },
    slice: {
      summary: 'what the low ranks hold, as far as what was drawn by lot can say',
      load: async () => (await import('./commands/weights-slice.ts')).slice,
    },
    inspect: {
      summary: 'for the inspector: audit slice and disagreements of every agency',
      load: async () => (await import('./commands/weights-slice.ts')).inspect,
    },
  },
}

export const attribute: Group = {
  summary: 'whose line it was: from records, by two people, with its doubts by name',
  children: {
    propose: {
      summary: 'propose an attribution, or look at its doubts',
      load: async () => (await import('./commands/attribute.ts')).propose,
    },
    show: {
      summary: 'attributions of a referral, or all that wait',
      load: async () => (await import('./commands/attribute.ts')).show,
    },
    settle: {
      summary: 'clear or refuse one as the second person',
      load: async () => (await import('./commands/attribute.ts')).settle,
    },
    correct: {
      summary: 'open an error record against one',
      load: async () => (await import('./commands/attribute.ts')).correct,
    },
  },
}
