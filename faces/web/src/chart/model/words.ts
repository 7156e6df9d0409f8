import { spaced } from '../../text/words.ts'

const names: Readonly<Record<string, string>> = {
  ip: 'IP address',
  hash: 'file hash',
  email: 'e-mail address',
  'same-person': 'same person',
  'same-account': 'same account',
  'same-device': 'same device',
  'shared-file': 'shared file',
  'shared-payment': 'payment in common',
  'must-link': 'a person decided: they belong together',
  'cannot-link': 'a person decided: they do not belong together',
}

export const kindName = (kind: string): string => names[kind] ?? spaced(kind)
