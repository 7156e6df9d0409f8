import { absent, detail, each, given, part, type Question, reported, when } from './question.ts'

/** What the schedule of S.I. 2026/268 lists besides: seldom decisive, and asked for only once. */
export const furtherQuestions: readonly Question[] = [
  {
    id: 'where',
    asks: 'where each file stood, or in which group it was shared',
    isEssential: false,
    of: ['abuse material'],
    request: 'for each file the URL at the time of the upload, or the id and name of the group or room',
    look: ({ files, details = [] }) => {
      const inGroup = new Set(details.flatMap(({ kind, file }) => (kind.startsWith('group') ? [file] : [])))
      return each(
        files.map((file, index) => ({ url: file.url, index })),
        ({ url, index }) => url !== null || inGroup.has(index),
        (missing) => `it for ${missing} files`,
      )
    },
  },
  {
    id: 'capture',
    asks: 'what the files hold of their making (EXIF)',
    isEssential: false,
    of: ['abuse material'],
    request: 'whether the files hold time, place, device and settings of their making (EXIF), and these values',
    look: (record) => when(detail(record, /exif|capture/i)),
  },
  {
    id: 'original-format',
    asks: 'whether the content is held as it was uploaded',
    isEssential: false,
    of: ['abuse material', 'contact with a child online'],
    request: 'whether the content is held in its original format',
    look: ({ originalFormat }) => when(originalFormat !== 'not said'),
  },
  {
    id: 'compromised',
    asks: 'whether the account may have been taken over',
    isEssential: false,
    of: null,
    request: 'whether you suspect that the account was compromised',
    look: (record) => when(reported(record).some(({ accountCompromised }) => accountCompromised !== 'not said')),
  },
  {
    id: 'former-names',
    asks: 'earlier names of the account',
    isEssential: false,
    of: null,
    request: 'former user names and display names of the account',
    look: (record) => when(detail(record, /former user name|display name|previous/i)),
  },
  {
    id: 'payment',
    asks: 'payment details and identity documents given for the account',
    isEssential: false,
    of: null,
    request: 'payment details and identity documents as typed values; never pictures of them',
    look: (record) => when(detail(record, /payment|identity document|bank|wallet/i)),
  },
  {
    id: 'connections',
    asks: 'other accounts that belong together with this one',
    isEssential: false,
    of: null,
    request: 'accounts that you hold to be connected with the reported one, and why',
    look: (record) => when(detail(record, /connection/i)),
  },
  {
    id: 'police',
    asks: 'whether the local police know, and under which reference',
    isEssential: false,
    of: null,
    request: 'whether it was reported to a local police force, to which one and under which reference',
    look: ({ reportedToLocalPolice, localPoliceReference }) => {
      if (reportedToLocalPolice === 'not said') return absent
      return reportedToLocalPolice === 'yes' && localPoliceReference === null ? part('the reference') : given
    },
  },
]
