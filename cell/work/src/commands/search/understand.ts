import {
  extractText,
  readAccount,
  readDomain,
  readEmail,
  readHandle,
  readIban,
  readIccid,
  readImei,
  readImsi,
  readIp,
  readLightning,
  readMac,
  readOnion,
  readPhone,
  readUrl,
  readUuid,
  readWallet,
} from '@tandem/identifiers'

export interface Understood {
  readonly number: number | null
  readonly hash: { readonly kind: string; readonly value: Buffer } | null
  readonly identifiers: readonly { readonly kind: string; readonly normal: string }[]
}

const hashKinds = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
])

/** Everything that one line of search text may mean; the answer says which reading found what. */
export function readPossibleIdentifiers(text: string): Understood {
  const number = /^(?:R-?)?(\d{1,15})$/i.exec(text)?.[1]
  const hex = /^[0-9a-f]+$/i.test(text) ? hashKinds.get(text.length) : undefined
  const identifiers: { kind: string; normal: string }[] = []
  for (const read of readAlone) {
    const reading = read(text)
    if (reading.ok) identifiers.push(pick(reading.value.identifier))
  }
  // As it stands in free text: defanged, with its platform before it, masked.
  for (const { identifier, start, end } of extractText(text))
    if (start === 0 && end === text.length && identifier.kind !== 'date') identifiers.push(pick(identifier))
  // `platform:name` or `platform/name`; without a platform a user name alone identifies nobody.
  const account = /^([^:/]{2,60})[:/](.+)$/.exec(text)
  if (account !== null) {
    for (const by of ['id', 'username'] as const) {
      const reading = readAccount(account[1] ?? '', by, account[2] ?? '')
      if (reading.ok) identifiers.push(pick(reading.value.identifier))
    }
  }
  return {
    number: number === undefined ? null : Number(number),
    hash: hex === undefined ? null : { kind: hex, value: Buffer.from(text, 'hex') },
    identifiers: [...new Map(identifiers.map((each) => [`${each.kind} ${each.normal}`, each])).values()],
  }
}

const readAlone = [
  readEmail,
  (text: string) => readPhone(text),
  readUrl,
  readIp,
  readOnion,
  readWallet,
  readLightning,
  readIban,
  readImei,
  readImsi,
  readIccid,
  readMac,
  readUuid,
  readDomain,
  readHandle,
]

const pick = ({ kind, normal }: { kind: string; normal: string }) => ({ kind, normal })
