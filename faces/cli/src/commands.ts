import type { Entry, Group } from './command.ts'

import { deconflict } from './commands-deconflict.ts'
import { attribute, authority, decide, subject, weights } from './work-groups.ts'

export interface CommandGroup {
  readonly title: string
  readonly commands: Readonly<Record<string, Entry>>
}

const lists: Group = {
  summary: 'hash lists',
  children: {
    load: {
      summary: 'load a list file, all or nothing',
      load: async () => (await import('./commands/lists-load.ts')).default,
    },
    withdraw: {
      summary: 'withdraw a list or one entry; its hits are marked',
      load: async () => (await import('./commands/lists-withdraw.ts')).default,
    },
    profile: {
      summary: 'saved profiles of hash CSV',
      children: {
        draft: {
          summary: 'look at a CSV and print what is known of it',
          load: async () => (await import('./commands/lists-profile.ts')).draft,
        },
        save: {
          summary: 'save one in the cell',
          load: async () => (await import('./commands/lists-profile.ts')).save,
        },
        show: {
          summary: 'those that are saved',
          load: async () => (await import('./commands/lists-profile.ts')).show,
        },
      },
    },
    show: {
      summary: 'lists with versions, accounts and hits',
      load: async () => (await import('./commands/lists-show.ts')).default,
    },
  },
}

const fingerprintIndex: Group = {
  summary: 'saved indexes of lists',
  children: {
    build: {
      summary: 'read lists and save their index',
      load: async () => (await import('./commands/fingerprint-index.ts')).build,
    },
    info: { summary: 'what it holds', load: async () => (await import('./commands/fingerprint-index.ts')).info },
    check: {
      summary: 'verify it wholly',
      load: async () => (await import('./commands/fingerprint-index.ts')).check,
    },
  },
}

const keys: Group = {
  summary: 'keys of the agencies',
  children: {
    show: {
      summary: 'open or sealed, who opens them, where copies lie',
      load: async () => (await import('./commands/keys.ts')).show,
    },
    rotate: {
      summary: 'wrap every key anew; no sealed byte is changed',
      load: async () => (await import('./commands/keys.ts')).rotate,
    },
    shares: {
      summary: 'new shares of the root for named officers, printed once',
      load: async () => (await import('./commands/keys.ts')).shares,
    },
    seal: {
      summary: 'close an agency’s keys at once',
      load: async () => (await import('./commands/keys.ts')).seal,
    },
  },
}

const senders: Group = {
  summary: 'who delivers over HTTP, and their keys',
  children: {
    show: {
      summary: 'senders of an agency, and who has a key',
      load: async () => (await import('./commands/senders.ts')).show,
    },
    key: {
      summary: 'add a sender, or give one a new key; printed once',
      load: async () => (await import('./commands/senders.ts')).key,
    },
    revoke: {
      summary: 'take a sender’s key back at once',
      load: async () => (await import('./commands/senders.ts')).revoke,
    },
  },
}

const peer: Group = {
  summary: 'cells of other agencies, and the line to them',
  children: {
    card: {
      summary: 'the card of an agency of this cell, with its fingerprint',
      load: async () => (await import('./commands/peer.ts')).card,
    },
    add: {
      summary: 'pin another agency’s card, after comparing it by telephone',
      load: async () => (await import('./commands/peer.ts')).add,
    },
    remove: { summary: 'take a peer out', load: async () => (await import('./commands/peer.ts')).remove },
    listen: { summary: 'the port at which peers knock', load: async () => (await import('./commands/peer.ts')).listen },
    renew: {
      summary: 'a new certificate authority for an agency’s line',
      load: async () => (await import('./commands/peer.ts')).renew,
    },
    show: {
      summary: 'what is shown to peers, and who is pinned',
      load: async () => (await import('./commands/peer.ts')).show,
    },
  },
}

const ledger: Group = {
  summary: 'entries, each checked against its leaf; proofs, bundles, audit',
  alone: {
    summary: 'entries that you may open, each checked against its leaf',
    load: async () => (await import('./commands/ledger.ts')).default,
  },
  children: {
    entries: {
      summary: 'the same as "tandem ledger" alone',
      load: async () => (await import('./commands/ledger.ts')).default,
    },
    checkpoint: {
      summary: 'the newest checkpoint of each log; with a name, the signed note',
      load: async () => (await import('./commands/ledger-log.ts')).checkpoint,
    },
    witnesses: {
      summary: 'who cosigns, and who is silent',
      load: async () => (await import('./commands/ledger-log.ts')).witnesses,
    },
    proof: {
      summary: 'where one entry stands in its log, proved',
      load: async () => (await import('./commands/ledger-proof.ts')).proof,
    },
    bundle: {
      summary: 'a sealed file with entries and proofs for a stranger',
      load: async () => (await import('./commands/ledger-proof.ts')).bundle,
    },
    keys: {
      summary: 'keys and policies, for "tandem verify --trust"',
      load: async () => (await import('./commands/ledger-log.ts')).keys,
    },
    verify: {
      summary: 'compare everything with what was signed; changes are named',
      load: async () => (await import('./commands/ledger-log.ts')).verify,
    },
  },
}

/** Every command there is, by task. */
export const groups: readonly CommandGroup[] = [
  {
    title: 'Run a cell',
    commands: {
      start: {
        summary: 'start the cell; an empty data folder becomes a training cell',
        load: async () => (await import('./commands/start.ts')).default,
      },
      joint: {
        summary: 'start two training cells that talk to each other',
        load: async () => (await import('./commands/joint.ts')).default,
      },
      init: { summary: 'make a live cell from a plan', load: async () => (await import('./commands/init.ts')).default },
      status: {
        summary: 'what runs here and how it is',
        load: async () => (await import('./commands/status.ts')).default,
      },
      unseal: {
        summary: 'bring the officers’ shares that open an agency’s keys',
        load: async () => (await import('./commands/unseal.ts')).default,
      },
      keys,
      'break-glass': {
        summary: 'open named referrals of a sealed agency, by officers of two agencies',
        load: async () => (await import('./commands/break-glass.ts')).default,
      },
      senders,
      peer,
      doctor: {
        summary: 'what is wrong on this machine, in words',
        load: async () => (await import('./commands/doctor.ts')).default,
      },
      backup: {
        summary: 'signed copy of a cell, keys apart; verify one and restore it into an empty folder',
        load: async () => (await import('./commands/backup.ts')).default,
      },
      restore: {
        summary: 'verify a backup and restore it into an empty folder',
        toldWith: 'backup',
        load: async () => (await import('./commands/restore.ts')).default,
      },
      version: {
        summary: 'version of Tandem and of Node',
        toldWith: 'status',
        load: async () => (await import('./commands/version.ts')).default,
      },
    },
  },
  {
    title: 'Bring something in',
    commands: {
      intake: {
        summary: 'deliver files to an agency of the running cell; what came, with its account',
        load: async () => (await import('./commands/intake.ts')).default,
      },
      deliveries: {
        summary: 'recent deliveries with their account',
        toldWith: 'intake',
        load: async () => (await import('./commands/deliveries.ts')).default,
      },
      read: {
        summary: 'read files offline: records and account; nothing is stored',
        load: async () => (await import('./commands/read.ts')).default,
      },
      extract: {
        summary: 'identifiers in text, with their places: JSON lines',
        load: async () => (await import('./commands/extract.ts')).default,
      },
      link: {
        summary: 'who is who in a table: one person’s records together, each link with its reason',
        load: async () => (await import('./commands/link.ts')).default,
      },
      ip: {
        summary: 'Tor, VPN, shared or private at a time; is a subscriber request meaningful?',
        load: async () => (await import('./commands/ip.ts')).default,
      },
      formats: {
        summary: 'formats that are read, and how each is recognised',
        load: async () => (await import('./commands/formats.ts')).default,
      },
      lists,
    },
  },
  {
    title: 'Fingerprints',
    commands: {
      pdq: {
        summary: 'perceptual hash of pictures: hash, quality, dialect',
        load: async () => (await import('./commands/pdq.ts')).default,
      },
      match: {
        summary: 'look hashes up on lists: JSON lines',
        load: async () => (await import('./commands/match.ts')).default,
      },
      sift: {
        summary: 'walk, hash and look up folders and archives; nothing is stored',
        load: async () => (await import('./commands/sift.ts')).default,
      },
      index: fingerprintIndex,
    },
  },
  {
    title: 'Work',
    commands: {
      'sign-in': {
        summary: 'sign in to the running cell',
        load: async () => (await import('./commands/sign-in.ts')).default,
      },
      'sign-out': {
        summary: 'end the session',
        toldWith: 'sign-in',
        load: async () => (await import('./commands/sign-out.ts')).default,
      },
      queue: {
        summary: 'the triage queue in its order; say where you disagree with it',
        load: async () => (await import('./commands/queue.ts')).default,
      },
      show: {
        summary: 'one referral: facts, hits, why it stands there; find one by number, identifier or hash',
        load: async () => (await import('./commands/show.ts')).default,
      },
      search: {
        summary: 'find referrals by number, identifier or hash',
        toldWith: 'show',
        load: async () => (await import('./commands/search.ts')).default,
      },
      decide,
      rank: {
        summary: 'people who were reported, the most pressing first, with reasons',
        load: async () => (await import('./commands/rank.ts')).default,
      },
      disagree: {
        summary: 'say that a referral should stand higher or lower; no rank moves',
        toldWith: 'queue',
        load: async () => (await import('./commands/disagree.ts')).default,
      },
      choose: {
        summary: 'of two referrals, say which one goes first; no rank moves',
        toldWith: 'queue',
        load: async () => (await import('./commands/choose.ts')).default,
      },
      subject,
      explain: {
        summary: 'why people of referrals are, or are not, one: to be read out',
        toldWith: 'subject',
        load: async () => (await import('./commands/explain.ts')).default,
      },
      attribute,
      weights,
    },
  },
  {
    title: 'Account for it',
    commands: {
      authority,
      ledger,
      deconflict,
      verify: {
        summary: 'check a bundle offline: what it proves and what not',
        load: async () => (await import('./commands/verify.ts')).default,
      },
    },
  },
]
