/**
 * Profile `uk-csea-irp/1`: a UK industry report to the National Crime Agency under Online Safety Act 2023 s.66.
 * The fields are law and guidance (S.I. 2026/268 and its schedule); the names and the nesting are ours. Every
 * field may be absent or null: absent means "not said", and "not held" only where `allAvailableGiven` is true.
 * Times are RFC 3339 with a zone, e.g. `2026-05-04T09:12:33Z`. Ids, phones and hashes are strings.
 */
export const profile = 'uk-csea-irp/1'

export interface UkCseaIrpDocument {
  readonly profile: typeof profile
  /** One report, or several: one of the two keys. */
  readonly report?: Report
  readonly reports?: readonly Report[]
  /** How many reports the sender says the file holds; shown beside our count. */
  readonly reportCount?: number
  /** A word such as `synthetic` when the file is made up; never read as a fact. */
  readonly note?: string
}

export interface Report {
  /** The reference given by the NCA. */
  readonly urn?: string | null
  /** Earlier URN that this one supplements: a report cannot be re-opened. */
  readonly relatedUrn?: string | null
  readonly provider?: Provider | null
  readonly priority?: DeclaredPriority | null
  /** P1 and P2 outside 07:00-17:00 UK time also need a call by the sender. */
  readonly telephoned?: boolean | null
  readonly localPolice?: LocalPolice | null
  readonly detectedAt?: string | null
  readonly detectedBy?: DetectedBy | null
  readonly reviewedByPerson?: boolean | null
  readonly originalFormat?: boolean | null
  /** Free text. */
  readonly description?: string | null
  /** The declaration that all reasonably available information has been given. */
  readonly allAvailableGiven?: boolean | null
  /** Marks that change meaning, as the sender writes them: `viral`, `sextortion`, `liveStreaming`. */
  readonly annotations?: readonly string[] | null
  readonly content?: readonly Content[] | null
  /** The one sender of the content. */
  readonly contentSender?: User | null
  readonly recipients?: readonly User[] | null
}

export interface Provider {
  readonly name?: string | null
  /** The user-to-user part of the service. */
  readonly platform?: string | null
  readonly authorisedPerson?: string | null
  readonly contact?: {
    readonly name?: string | null
    /** With calling code: `+44 ...`. */
    readonly phone?: string | null
    readonly email?: string | null
  } | null
}

export const priorityLevels = ['P1', 'P2', 'P3'] as const
export interface DeclaredPriority {
  readonly level?: (typeof priorityLevels)[number] | null
  readonly reason?: string | null
}

export interface LocalPolice {
  readonly reported?: boolean | null
  readonly force?: string | null
  readonly reference?: string | null
}

export const detectedByValues = ['user report', 'third party', 'automated tool', 'moderator'] as const
export type DetectedBy = (typeof detectedByValues)[number]

export const contentTypes = [
  'imagery',
  'video',
  'audio',
  'messaging',
  'viral or meme',
  'url',
  'multiple',
  'other',
] as const
export type ContentType = (typeof contentTypes)[number]

export interface Content {
  readonly type?: ContentType | null
  readonly count?: number | null
  readonly uploadedAt?: string | null
  readonly ip?: IpAddress | null
  /** URL at upload. */
  readonly url?: string | null
  readonly files?: readonly ContentFile[] | null
  readonly exif?: Exif | null
  /** Group or room. */
  readonly group?: { readonly id?: string | null; readonly name?: string | null } | null
  /** The whole conversation where there is chat only. */
  readonly conversation?: readonly Message[] | null
  readonly description?: string | null
}

export const hashAlgorithms = ['md5', 'sha1', 'sha256', 'pdq', 'photodna'] as const
export interface FileHash {
  readonly algorithm: (typeof hashAlgorithms)[number]
  /** Hex; PhotoDNA as 192 base64 or 288 hex characters. */
  readonly value: string
}

/** Never the file itself: a name, its fingerprints, and what was said about it. */
export interface ContentFile {
  readonly name?: string | null
  readonly contentType?: string | null
  readonly hashes?: readonly FileHash[] | null
  readonly viewedByProvider?: boolean | null
  readonly publiclyAvailable?: boolean | null
  readonly category?: { readonly scheme: string; readonly value: string } | null
  readonly labels?: readonly string[] | null
  readonly url?: string | null
}

export interface Exif {
  readonly held?: boolean | null
  readonly capturedAt?: string | null
  readonly capturedPlace?: string | null
  readonly coordinates?: { readonly latitude?: string | null; readonly longitude?: string | null } | null
  readonly deviceIds?: readonly string[] | null
  readonly settings?: string | null
}

export interface Message {
  /** Account id or user name as in `contentSender` or `recipients`. */
  readonly from?: string | null
  readonly at?: string | null
  readonly text?: string | null
}

export interface IpAddress {
  readonly address?: string | null
  readonly port?: number | null
  /** The address's own time. */
  readonly at?: string | null
  /** `login`, `registration`, `upload`, ... as the sender says it. */
  readonly event?: string | null
  readonly possibleProxy?: boolean | null
}

export const accountStates = ['open', 'suspended', 'closed'] as const
export const userRoles = ['reported', 'recipient', 'victim', 'reporter', 'other'] as const

export interface User {
  /** Default: `reported` for the content sender, `recipient` for a recipient. */
  readonly role?: (typeof userRoles)[number] | null
  readonly id?: string | null
  readonly username?: string | null
  readonly previousUsernames?: readonly string[] | null
  readonly displayNames?: readonly string[] | null
  readonly profileUrl?: string | null
  readonly profileText?: string | null
  readonly accountState?: (typeof accountStates)[number] | null
  readonly userWasTold?: boolean | null
  readonly accountCompromised?: boolean | null
  readonly names?: readonly string[] | null
  readonly dateOfBirth?: string | null
  /** As stated: `15`, `13-15`. */
  readonly age?: string | null
  readonly emails?: readonly string[] | null
  readonly phones?: readonly string[] | null
  readonly addresses?: readonly string[] | null
  readonly payments?: readonly TypedValue[] | null
  readonly identityDocuments?: readonly TypedValue[] | null
  readonly devices?: readonly TypedValue[] | null
  /** Login addresses with ports and times of the prior three months. */
  readonly ipHistory?: readonly IpAddress[] | null
  readonly connections?: readonly Connection[] | null
}

/** `{ "kind": "passport GB", "value": "..." }`: typed words, never a picture. */
export interface TypedValue {
  readonly kind?: string | null
  readonly value?: string | null
}

/** Another account this user is connected with. Without a platform it is on the report's own. */
export interface Connection {
  readonly platform?: string | null
  readonly id?: string | null
  readonly username?: string | null
  readonly relation?: string | null
}
