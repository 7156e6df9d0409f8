import type { NameForms } from '../text/name-forms.ts'

/** What a field of a person's record holds; it decides how two values are compared and by what records are blocked. */
export const fieldKinds = [
  'name',
  'full name',
  'date',
  'email',
  'phone',
  'postcode',
  'address',
  'postal address',
  'organisation',
  'place',
  'username',
  'identifier',
  'category',
] as const
export type FieldKind = (typeof fieldKinds)[number]

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  /** Of names: which given names are forms of one; the English ones where nothing is said. */
  readonly forms?: NameForms
}

/** Records as they came: for each field any number of values, as written. */
export interface Table {
  readonly fields: readonly Field[]
  readonly records: readonly TableRecord[]
}

export interface TableRecord {
  readonly id: string
  /** One list a field, in their order; empty: not said. */
  readonly values: readonly (readonly string[])[]
}
