import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = new URL('../../../fixtures/crypto-vectors/', import.meta.url)

/** One case: its own fields over those of its group. Fields are read as text, hex in most of them. */
export interface Case {
  readonly id: string
  readonly group: string
  text(field: string): string
  bytes(field: string): Buffer
  isSaid(field: string): boolean
}

type Fields = { readonly [field: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** Every case of a file of Wycheproof's or ACVP's form, in their order. */
export function casesOf(name: string): Case[] {
  const file: unknown = JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, folder))).toString('utf8'))
  if (Array.isArray(file)) return listOf(file).map((fields, number) => caseOf('', { tcId: number, ...fields }))
  if (!isFields(file)) throw new TypeError(`${name} holds no cases`)
  return listOf(file['testGroups']).flatMap((group) => {
    const { tests, publicKey, ...rest } = group
    // Wycheproof writes the key of a group as text in some files and as an object in others.
    const shared = isFields(publicKey)
      ? { ...rest, ...publicKey }
      : publicKey === undefined
        ? rest
        : { ...rest, publicKey }
    const name = String(group['function'] ?? group['type'] ?? '')
    return listOf(tests).map((fields) => caseOf(name, { ...shared, ...fields }))
  })
}

function caseOf(group: string, fields: Fields): Case {
  const text = (field: string): string => (fields[field] === undefined ? '' : String(fields[field]))
  return {
    id: `${group} ${text('tcId')} ${text('comment')}`,
    group,
    text,
    bytes: (field) => Buffer.from(text(field), 'hex'),
    isSaid: (field) => fields[field] !== undefined,
  }
}
