#!/usr/bin/env node
// Verifier of Tandem bundles. It needs Node and nothing else: no package, no network, no cell.
//
//     node verify.mjs BUNDLE [--trust FILE] [--json]
//
// Exit code 0: proved with the keys given by --trust. 5: whole in itself, but not everything could be checked (no keys
// of your own, or a Node before 24, which cannot check ML-DSA-44). 1: refused. 2: wrong use.
//
// Put together by testkit/pack/verifier.ts from the sources named below. Licence: Apache-2.0.

import { readFileSync } from 'node:fs'
import { X509Certificate, createHash, createHmac, createPublicKey, hash, verify } from 'node:crypto'

// core/src/canonical-json.ts
/**
 * JSON Canonicalization Scheme, RFC 8785: keys sorted by UTF-16 code units, no white space.
 * Throws on what RFC 8785 refuses: NaN, infinities and lone surrogates.
 */
function canonicalJson(value) {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('RFC 8785 section 3.2.2.3: a number must be finite')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('RFC 8785 section 3.2.2.2: lone surrogate in a string')
    return JSON.stringify(value)
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(',')}}`
}

const isArray = (value) => Array.isArray(value)

// core/src/result.ts
const ok = (value) => ({ ok: true, value })
const err = (error) => ({ ok: false, error })

// core/src/ledger-entry.ts
const committedFields = ['who', 'verb', 'object', 'at', 'authority', 'purpose']

/** HMAC-SHA-256 keyed by the entry's 32-byte salt: hiding while the salt is unknown, binding by collision resistance. */
function commit(salt, field, value) {
  if (salt.length !== 32) throw new TypeError('a ledger salt has 32 bytes')
  return createHmac('sha256', salt)
    .update(`tandem/ledger/v1/${field}\0${canonicalJson(value)}`)
    .digest('hex')
}

function leafOf(cell, agency, entry, opening) {
  const of = (field) => commit(opening.salt, field, opening[field])
  return {
    v: 1,
    cell,
    agency,
    entry,
    commitments: {
      who: of('who'),
      verb: of('verb'),
      object: of('object'),
      at: of('at'),
      authority: of('authority'),
      purpose: of('purpose'),
    },
  }
}

/** The bytes that the transparency log will hash. */
const leafBytes = (leaf) =>
  Buffer.from(
    canonicalJson({
      v: leaf.v,
      cell: leaf.cell,
      agency: leaf.agency,
      entry: leaf.entry,
      commitments: { ...leaf.commitments },
    }),
  )

/** RFC 6962 section 2.1: leaf hash. */
const leafHash = (bytes) => createHash('sha256').update(Buffer.of(0)).update(bytes).digest()

/** The fields of an opening that do not fit its leaf; empty when all six do. */
function brokenFields(leaf, opening) {
  return committedFields.filter((field) => commit(opening.salt, field, opening[field]) !== leaf.commitments[field])
}

// engines/ledger/src/refusal.ts
const refusal = (code, says) => ({
  ok: false,
  error: { code, says },
})

// engines/ledger/src/bundle/shape.ts
function membersOf(value, keys) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const members = Object.fromEntries(Object.entries(value))
  const names = Object.keys(members)
  return names.length === keys.length && keys.every((key) => names.includes(key)) ? members : null
}

const isText = (value) => typeof value === 'string'
const isTextOrNull = (value) => value === null || isText(value)
const areTexts = (value) => Array.isArray(value) && value.every(isText)
const isHex = (value, bytes) => isText(value) && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value)

/** What JSON.parse gives is JSON. */
const isJson = (value) => value !== undefined

// engines/ledger/src/bundle/form.ts
const bundleFormat = 'tandem/bundle/v1'
const longestBundle = 256 * 1024 * 1024

/** The bytes under the seal. */
const sealedBytes = (bundle) => {
  const { seal: _, ...rest } = inFile(bundle)
  return Buffer.from(canonicalJson(JSON.parse(JSON.stringify(rest))))
}
const writeBundle = (bundle) => `${canonicalJson(JSON.parse(JSON.stringify(inFile(bundle))))}\n`

/** A salt is bytes here and hexadecimal in the file. */
const inFile = (bundle) => ({
  ...bundle,
  logs: bundle.logs.map((log) => ({
    ...log,
    records: log.records.map(({ leaf, opening, proof }) => ({
      leaf,
      opening: opening === null ? null : { ...opening, salt: Buffer.from(opening.salt).toString('hex') },
      proof,
    })),
  })),
})

function readBundle(file) {
  const bad = (says) => refusal('form', says)
  if (file.length > longestBundle) return bad('The file is larger than a bundle may be.')
  let parsed
  try {
    parsed = JSON.parse(file)
    if (!isJson(parsed) || `${canonicalJson(parsed)}\n` !== file)
      return bad('The file is not in canonical form: it was changed, or written by something else.')
  } catch {
    return bad('The file is no JSON in canonical form.')
  }
  const bundle = bundleOf(parsed)
  return bundle === null ? bad('The file is no bundle of this version: something is missing or too much.') : ok(bundle)
}

function bundleOf(value) {
  const members = membersOf(value, ['format', 'made', 'logs', 'trust', 'seal'])
  const made = membersOf(members?.['made'], ['at', 'by', 'about'])
  const trust = trustIn(members?.['trust'])
  if (members === null || made === null || trust === null || members['format'] !== bundleFormat) return null
  const { at, by, about } = made
  const { logs, seal } = members
  if (!isText(at) || !isText(by) || !isText(about) || !isText(seal) || !Array.isArray(logs)) return null
  const read = logs.map(logIn)
  return read.every((log) => log !== null)
    ? { format: bundleFormat, made: { at, by, about }, logs: read, trust, seal }
    : null
}

function trustIn(value) {
  const members = membersOf(value, ['policies', 'seals', 'timestampRoots'])
  if (members === null) return null
  const { policies, seals, timestampRoots } = members
  return areTexts(policies) && areTexts(seals) && areTexts(timestampRoots) ? { policies, seals, timestampRoots } : null
}

function logIn(value) {
  const members = membersOf(value, ['checkpoint', 'timestamps', 'records'])
  if (members === null) return null
  const { checkpoint, timestamps, records } = members
  if (!isText(checkpoint) || !areTexts(timestamps) || !Array.isArray(records)) return null
  const read = records.map(recordIn)
  return read.every((record) => record !== null) ? { checkpoint, timestamps, records: read } : null
}

function recordIn(value) {
  const members = membersOf(value, ['leaf', 'opening', 'proof'])
  const leaf = leafIn(members?.['leaf'])
  if (members === null || leaf === null || !isText(members['proof'])) return null
  const opening = members['opening'] === null ? null : openingIn(members['opening'])
  if (opening === null && members['opening'] !== null) return null
  return { leaf, opening, proof: members['proof'] }
}

function leafIn(value) {
  const members = membersOf(value, ['v', 'cell', 'agency', 'entry', 'commitments'])
  const commitments = membersOf(members?.['commitments'], committedFields)
  if (members === null || commitments === null || members['v'] !== 1) return null
  const { cell, agency, entry } = members
  const { who, verb, object, at, authority, purpose } = commitments
  if (!isText(cell) || !isText(agency) || !isText(entry)) return null
  if (!isHex(who, 32) || !isHex(verb, 32) || !isHex(object, 32)) return null
  if (!isHex(at, 32) || !isHex(authority, 32) || !isHex(purpose, 32)) return null
  return { v: 1, cell, agency, entry, commitments: { who, verb, object, at, authority, purpose } }
}

function openingIn(value) {
  const members = membersOf(value, ['salt', ...committedFields])
  if (members === null) return null
  const { salt, who, verb, object, at, authority, purpose } = members
  if (!isHex(salt, 32) || !isText(who) || !isText(verb) || !isJson(object) || !isText(at)) return null
  if (!isTextOrNull(authority) || !isTextOrNull(purpose)) return null
  return { salt: Buffer.from(salt, 'hex'), who, verb, object, at, authority, purpose }
}

// engines/ledger/src/note/base64.ts
/**
 * RFC 4648 section 4, strict: padding in its place, no white space, no spare bits. Two texts for the same bytes would
 * let somebody change a signed file without being noticed.
 */
function readBase64(text) {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

const writeBase64 = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** A SHA-256 hash in base64, or null. */
function readHash(text) {
  const bytes = readBase64(text)
  return bytes?.length === 32 ? bytes : null
}

/** An ASCII decimal without leading zeroes, or null when it is none or too great to be counted exactly. */
function readCount(text) {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : -1
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

// engines/ledger/src/tree/hash.ts
/** SHA-256, the only hash of RFC 6962 and of C2SP tlog-tiles. */
const sha256 = (bytes) => hash('sha256', bytes, 'buffer')

/** RFC 6962 section 2.1: the root of a tree without leaves is the hash of nothing. */
const emptyRoot = sha256(Buffer.alloc(0))

let leafScratch = Buffer.alloc(4096)

/** RFC 6962 section 2.1: a leaf is hashed behind a zero byte, so that no leaf can pass for an inner node. */
function entryHash(entry) {
  if (entry.length + 1 > leafScratch.length) leafScratch = Buffer.alloc(2 * entry.length)
  leafScratch[0] = 0
  leafScratch.set(entry, 1)
  return sha256(leafScratch.subarray(0, entry.length + 1))
}

const nodeScratch = Buffer.alloc(65, 1)

/** RFC 6962 section 2.1: an inner node is hashed behind a one. */
function nodeHash(left, right) {
  nodeScratch.set(left, 1)
  nodeScratch.set(right, 33)
  return sha256(nodeScratch)
}

// engines/ledger/src/note/note.ts
const mostSignatures = 64
const mark = '\u2014 '

/** C2SP signed-note 1.0, by the letter. Nothing is verified yet. */
function readNote(note) {
  const bad = (says) => refusal('note', says)
  if (!note.isWellFormed() || hasControls(note)) return bad('The note is no plain text.')
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) return bad('The note has no text above its signatures.')
  const lines = note
    .slice(cut + 2)
    .split('\n')
    .slice(0, -1)
  if (lines.length === 0) return bad('The note has no signature.')
  if (lines.length > mostSignatures) return bad(`The note has more than ${mostSignatures} signatures.`)
  const signatures = lines.map(readSignatureLine)
  if (!signatures.every((each) => each !== null)) return bad('A signature line of the note cannot be read.')
  return ok({ text: note.slice(0, cut + 1), signatures })
}

function readSignatureLine(line) {
  const [name = '', base64 = '', ...more] = line.startsWith(mark) ? line.slice(mark.length).split(' ') : []
  const bytes = readBase64(base64)
  if (!isKeyName(name) || more.length > 0 || bytes === null || bytes.length < 5) return null
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) }
}

const writeSignatureLine = ({ name, id, bytes }) =>
  `${mark}${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`

const writeNote = ({ text, signatures }) => `${text}\n${signatures.map(writeSignatureLine).join('')}`

/** Not empty, no Unicode space, no plus. */
const isKeyName = (name) => name !== '' && !/[\s\u0085+]/u.test(name)

/** ASCII controls other than newline. */
const hasControls = (text) => [...text].some((letter) => letter < ' ' && letter !== '\n')

// engines/ledger/src/note/raw-signature.ts
/** SubjectPublicKeyInfo up to the key: RFC 8410 for Ed25519, RFC 9881 for ML-DSA-44. */
const prefixes = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  ecdsa: Buffer.alloc(0),
  'ml-dsa-44': Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
}
const signatureLengths = {
  ed25519: 64,
  ecdsa: null,
  'ml-dsa-44': 2420,
}
const keyLengths = {
  ed25519: 32,
  ecdsa: null,
  'ml-dsa-44': 1312,
}

function verifyRaw(algorithm, publicKey, message, signature) {
  const length = keyLengths[algorithm]
  const signatureLength = signatureLengths[algorithm]
  if (length !== null && publicKey.length !== length) return 'bad'
  if (signatureLength !== null && signature.length !== signatureLength) return 'bad'
  const opened = keyObject(algorithm, publicKey)
  if (opened === null) return algorithm === 'ml-dsa-44' ? 'unsupported' : 'bad'
  return verify(algorithm === 'ecdsa' ? 'sha256' : null, message, opened, signature) ? 'good' : 'bad'
}

const opened = new WeakMap()

/** Opening a key costs as much as a signature; a key is opened once. */
function keyObject(algorithm, publicKey) {
  const found = opened.get(publicKey)
  if (found !== undefined) return found
  const fresh = open(algorithm, publicKey)
  opened.set(publicKey, fresh)
  return fresh
}

function open(algorithm, publicKey) {
  try {
    return createPublicKey({ key: Buffer.concat([prefixes[algorithm], publicKey]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

// engines/ledger/src/note/checkpoint.ts
/** Reads the text of a note, without its signatures. */
function readCheckpoint(text) {
  const bad = (says) => refusal('checkpoint', says)
  if (!text.endsWith('\n')) return bad('The checkpoint does not end with a newline.')
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n')
  const size = readCount(sizeLine)
  const root = readHash(rootLine)
  if (origin === '') return bad('The checkpoint names no log.')
  if (size === null) return bad('The checkpoint has no tree size.')
  if (root === null) return bad('The checkpoint has no root hash.')
  if (extensions.includes('')) return bad('The checkpoint has an empty line.')
  return ok({ origin, size, root, extensions })
}

const writeCheckpoint = (checkpoint) => `${checkpoint.origin}\n${checkpoint.size}\n${writeBase64(checkpoint.root)}\n`

// engines/ledger/src/note/signed-message.ts
/** C2SP tlog-cosignature: what an Ed25519 cosigner signs. `time` in seconds since 1970. */
const ed25519CosignedMessage = (text, time) => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)

/**
 * C2SP tlog-cosignature 1.1: what an ML-DSA-44 cosigner signs, here always the whole tree. Null when the text is no
 * checkpoint or a name is too long to be signed. Extension lines are not part of it.
 */
function mlDsaCosignedMessage(cosigner, text, time) {
  const checkpoint = readCheckpoint(text)
  const names = checkpoint.ok ? [Buffer.from(cosigner), Buffer.from(checkpoint.value.origin)] : []
  const [name, origin] = names
  if (!checkpoint.ok || name === undefined || origin === undefined) return null
  if (name.length > 255 || origin.length > 255) return null
  const { size, root } = checkpoint.value
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.of(name.length),
    name,
    u64(time),
    Buffer.of(origin.length),
    origin,
    u64(0),
    u64(size),
    root,
  ])
}

function u64(value) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

// engines/ledger/src/note/key.ts
/** Kinds of note signature, by the byte that C2SP assigned. */
const signatureKinds = {
  ed25519: 0x01,
  ecdsa: 0x02,
  'ed25519-cosignature': 0x04,
  'ml-dsa-44-cosignature': 0x06,
}

const kindNames = ['ed25519', 'ecdsa', 'ed25519-cosignature', 'ml-dsa-44-cosignature']

/** Throws when name or key cannot be those of a note's key. */
function verifierKey(name, kind, publicKey) {
  const length = keyLengths[algorithms[kind]]
  if (!isKeyName(name)) throw new TypeError('a key name has no space and no plus')
  if (length !== null && publicKey.length !== length) throw new TypeError(`a key for ${kind} has ${length} bytes`)
  const material = Buffer.from(publicKey)
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(signatureKinds[kind]), material])
  const id = sha256(kind === 'ecdsa' ? material : named).toString('hex', 0, 4)
  return { name, id, kind, publicKey: material }
}

/** C2SP signed-note, "Verifier keys": the line in which a public key is handed on. */
function readVerifierKey(line) {
  const [name = '', id = ''] = line.split('+', 2)
  const bytes = readBase64(line.slice(name.length + id.length + 2))
  const kind = kindNames.find((each) => signatureKinds[each] === bytes?.[0])
  if (bytes === null || kind === undefined || !isKeyName(name))
    return refusal('key', `This is no verifier key: ${line.slice(0, 40)}`)
  const length = keyLengths[algorithms[kind]]
  if (length !== null && bytes.length - 1 !== length)
    return refusal('key', `The key of ${name} has the wrong length for its kind.`)
  const key = verifierKey(name, kind, bytes.subarray(1))
  return key.id === id ? ok(key) : refusal('key', `The id in the key of ${name} does not fit the key.`)
}

const writeVerifierKey = ({ name, id, kind, publicKey }) =>
  `${name}+${id}+${Buffer.concat([Buffer.of(signatureKinds[kind]), publicKey]).toString('base64')}`

/** SHA-256 of the verifier key's line, in hexadecimal: what two people compare by telephone. */
const fingerprintOf = (key) => sha256(Buffer.from(writeVerifierKey(key))).toString('hex')

const algorithms = {
  ed25519: 'ed25519',
  ecdsa: 'ecdsa',
  'ed25519-cosignature': 'ed25519',
  'ml-dsa-44-cosignature': 'ml-dsa-44',
}

/** Whether the bytes of a signature line are this key's signature over the text of the note. */
function verifySignature(key, text, signature) {
  const isPlain = key.kind === 'ed25519' || key.kind === 'ecdsa'
  const time = isPlain ? null : signature.length > 8 ? Number(signature.readBigUInt64BE()) : Number.NaN
  if (time !== null && !Number.isSafeInteger(time)) return { is: 'bad' }
  const message = messageOf(key, text, time)
  if (message === null) return { is: 'bad' }
  const is = verifyRaw(algorithms[key.kind], key.publicKey, message, isPlain ? signature : signature.subarray(8))
  return is === 'good' ? { is, time } : { is }
}

function messageOf({ kind, name }, text, time) {
  if (time === null) return Buffer.from(text)
  return kind === 'ed25519-cosignature' ? ed25519CosignedMessage(text, time) : mlDsaCosignedMessage(name, text, time)
}

// engines/ledger/src/policy.ts
const forLogs = ['ed25519', 'ecdsa', 'ml-dsa-44-cosignature']
const forWitnesses = ['ed25519-cosignature', 'ml-dsa-44-cosignature']

function readPolicy(text) {
  const logs = []
  const witnesses = new Map()
  const groups = new Map()
  const members = new Set()
  let quorum
  const isNamed = (name) => witnesses.has(name) || groups.has(name)
  const isKnown = ({ publicKey }, among) => [...among].some(({ key }) => key.publicKey.equals(publicKey))

  if (/[^\t\n -~\u0080-\uffff]/.test(text)) return refusal('policy', 'The policy holds a control character.')
  for (const [at, line] of text.split('\n').entries()) {
    const bad = (says) => refusal('policy', `Line ${at + 1}: ${says}`)
    const [verb = '', ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
    if (verb === '' || verb.startsWith('#')) continue
    if (verb === 'log') {
      const [vkey = '', url = null, ...more] = words
      const key = readVerifierKey(vkey)
      if (!key.ok) return bad(key.error.says)
      if (more.length > 0 || !forLogs.includes(key.value.kind)) return bad('this key is not for a log.')
      if (isKnown(key.value, logs)) return bad('the same log twice.')
      logs.push({ key: key.value, url })
    } else if (verb === 'witness') {
      const [name = '', vkey = '', url = null, ...more] = words
      const key = readVerifierKey(vkey)
      if (!key.ok) return bad(key.error.says)
      if (more.length > 0 || !forWitnesses.includes(key.value.kind)) return bad('this key is not for a witness.')
      if (name === 'none' || isNamed(name)) return bad(`the name ${name} is taken.`)
      if (isKnown(key.value, witnesses.values())) return bad('the same witness twice.')
      witnesses.set(name, { key: key.value, url })
    } else if (verb === 'group') {
      const [name = '', threshold = '', ...names] = words
      if (name === '' || name === 'none' || isNamed(name)) return bad(`the name ${name} is taken.`)
      const needed = threshold === 'all' ? names.length : threshold === 'any' ? 1 : numberOf(threshold)
      if (needed < 1 || needed > names.length) return bad('a group needs one to all of its members.')
      for (const member of names) {
        if (!isNamed(member)) return bad(`${member} is not defined above.`)
        if (members.has(member)) return bad(`${member} is already a member.`)
        members.add(member)
      }
      groups.set(name, { needed, members: names })
    } else if (verb === 'quorum') {
      const [name = '', ...more] = words
      if (quorum !== undefined || more.length > 0) return bad('there is exactly one quorum.')
      if (name !== 'none' && !isNamed(name)) return bad(`${name} is not defined above.`)
      quorum = name === 'none' ? null : name
    } else return bad(`"${verb}" is no part of a policy.`)
  }
  return quorum === undefined ? refusal('policy', 'The policy has no quorum.') : ok({ logs, witnesses, groups, quorum })
}

const numberOf = (text) => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 0)

/** Whether these witnesses, by their names in the policy, are enough. */
function isQuorum({ quorum, groups }, signed) {
  const holds = (name) => {
    const group = groups.get(name)
    return group === undefined ? signed.has(name) : group.members.filter(holds).length >= group.needed
  }
  return quorum === null || holds(quorum)
}

/** The quorum in words: "all of (agency-b, 1 of (oversight, third))". */
function quorumWords({ quorum, groups }) {
  const words = (name) => {
    const group = groups.get(name)
    if (group === undefined) return name
    const count = group.needed === group.members.length ? 'all' : String(group.needed)
    return `${count} of (${group.members.map(words).join(', ')})`
  }
  return quorum === null ? 'none' : words(quorum)
}

// engines/ledger/src/timestamp/der.ts
const derTags = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
}

/** Thrown by the readers below and caught at the border of the module. */
class DerError extends Error {}

/** The elements that these bytes are, one behind the other, to the last byte. */
function readDer(bytes) {
  const elements = []
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes, at)
    elements.push(element)
    at += element.whole.length
  }
  return elements
}

function readElement(bytes, at) {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('no element of DER')
  const more = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || more > 4) throw new DerError('a length that DER does not allow')
  const length = more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
  if (more > 0 && (length < 0x80 || length < 256 ** (more - 1))) throw new DerError('a length that is not the shortest')
  const start = at + 2 + more
  if (start + length > bytes.length) throw new DerError('cut short')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) }
}

/** The only element of these bytes, with this tag. */
function onlyDer(bytes, tag) {
  const [only, ...more] = readDer(bytes)
  if (only?.tag !== tag || more.length > 0) throw new DerError('not the one element that belongs here')
  return only
}

function childOf(parent, at, tag) {
  const child = readDer(parent.content)[at]
  if (child?.tag !== tag) throw new DerError('an element is missing')
  return child
}

/** `1.2.840.113549.1.7.2`. */
function oidOf(element) {
  if (element.tag !== derTags.oid || element.content.length === 0) throw new DerError('no object identifier')
  const arcs = []
  let value = 0
  for (const byte of element.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - 40 * top, ...rest].join('.')
}

/** GeneralizedTime as RFC 3161 allows it, UTC, as RFC 3339 text with the fraction as it was. */
function timeOf({ tag, content }) {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/.exec(content.toString('latin1'))
  if (tag !== derTags.generalizedTime || match === null) throw new DerError('no time in UTC')
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`
  if (Number.isNaN(Date.parse(text))) throw new DerError('no time that exists')
  return text
}

// engines/ledger/src/timestamp/certificate.ts
const subjectKeyIdentifier = '2.5.29.14'
const extendedKeyUsage = '2.5.29.37'
const extensionsTag = 0xa3
const versionTag = 0xa0
const booleanTag = 0x01

/** Throws when these bytes are no certificate. */
function readCertificate(raw) {
  const tbs = childOf(onlyDer(raw, derTags.sequence), 0, derTags.sequence)
  const fields = readDer(tbs.content).filter(({ tag }) => tag !== versionTag)
  const [serial, , issuer] = fields
  if (serial?.tag !== derTags.integer || issuer?.tag !== derTags.sequence) throw new DerError('no certificate')
  const extensions = extensionsOf(fields.find(({ tag }) => tag === extensionsTag))
  const usage = extensions.get(extendedKeyUsage)
  const keyId = extensions.get(subjectKeyIdentifier)
  return {
    x509: new X509Certificate(raw),
    raw,
    serial: serial.content,
    issuer: issuer.whole,
    subjectKeyId: keyId === undefined ? null : onlyDer(keyId.value, derTags.octets).content,
    extendedKeyUsage:
      usage === undefined
        ? null
        : {
            isCritical: usage.isCritical,
            oids: readDer(onlyDer(usage.value, derTags.sequence).content).map(oidOf),
          },
  }
}

function extensionsOf(element) {
  if (element === undefined) return new Map()
  return new Map(
    readDer(onlyDer(element.content, derTags.sequence).content).map((extension) => {
      const [oid, ...rest] = readDer(extension.content)
      const value = rest.at(-1)
      if (oid === undefined || value?.tag !== derTags.octets) throw new DerError('an extension cannot be read')
      const isCritical = rest.length === 2 && rest[0]?.tag === booleanTag && rest[0].content[0] === 0xff
      return [oidOf(oid), { isCritical, value: value.content }]
    }),
  )
}

const longestChain = 5

/**
 * Whether a chain leads from the certificate to one of the anchors, all of them valid at `at` (milliseconds since 1970).
 * Anchors are trusted as they are, by their bytes. No revocation is looked up: there is no network here.
 */
function leadsToAnchor(from, others, anchors, at) {
  let current = from
  for (let step = 0; step < longestChain; step++) {
    if (!isValidAt(current, at)) return false
    if (anchors.some(({ raw }) => raw.equals(current.raw))) return true
    const issuer = [...anchors, ...others].find(
      ({ x509, raw }) =>
        !raw.equals(current.raw) && x509.ca && current.x509.checkIssued(x509) && current.x509.verify(x509.publicKey),
    )
    if (issuer === undefined) return false
    current = issuer
  }
  return false
}

const isValidAt = ({ x509 }, at) => Date.parse(x509.validFrom) <= at && at <= Date.parse(x509.validTo)

// engines/ledger/src/bundle/trust.ts
function readTrust(form) {
  const policies = []
  const seals = []
  for (const text of form.policies) {
    const policy = readPolicy(text)
    if (!policy.ok) return policy
    policies.push(policy.value)
  }
  for (const line of form.seals) {
    const key = readVerifierKey(line)
    if (!key.ok) return key
    seals.push(key.value)
  }
  const timestampRoots = form.timestampRoots.map(certificateOf)
  if (!timestampRoots.every((root) => root !== null))
    return refusal('trust', 'A certificate of a timestamp authority cannot be read.')
  return ok({ policies, seals, timestampRoots })
}

function certificateOf(base64) {
  try {
    return readCertificate(readBase64(base64) ?? Buffer.alloc(0))
  } catch {
    return null
  }
}

// engines/ledger/src/note/open-note.ts
/**
 * C2SP signed-note, "Signatures": lines by unknown keys are ignored, a bad line by a known key spoils the whole note.
 * Whether those who signed are enough is for a policy to say.
 */
function openNote(note, keys) {
  const read = readNote(note)
  if (!read.ok) return read
  const { text, signatures } = read.value
  const signedBy = new Map()
  const unsupported = []
  const unknown = []
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (key === undefined) {
      unknown.push(signature)
      continue
    }
    const verdict = verifySignature(key, text, signature.bytes)
    if (verdict.is === 'bad') return refusal('signature', `A signature of ${key.name} (${key.kind}) does not hold.`)
    if (verdict.is === 'unsupported') unsupported.push(key)
    else signedBy.set(key, verdict.time)
  }
  return ok({
    text,
    signedBy: [...signedBy].map(([key, time]) => ({ key, time })),
    unsupported,
    unknown,
    lines: signatures.length,
  })
}

// engines/ledger/src/judge-checkpoint.ts
/**
 * Whether a checkpoint is one of this log, seen by enough witnesses. The log must have signed with every key that the
 * policy names for its origin: with an Ed25519 and an ML-DSA-44 key listed, neither can be left out unseen.
 * A signature that this Node cannot check counts for nothing, unless the caller will report it (`unsupported`).
 */
function judgeCheckpoint(note, policy, unchecked = 'refuse') {
  const witnessKeys = [...policy.witnesses.values()].map(({ key }) => key)
  const opened = openNote(note, [...policy.logs.map(({ key }) => key), ...witnessKeys])
  if (!opened.ok) return opened
  const { text, signedBy } = opened.value
  const unsupported = unchecked === 'report' ? opened.value.unsupported : []
  const checkpoint = readCheckpoint(text)
  if (!checkpoint.ok) return checkpoint
  const { origin } = checkpoint.value
  const ofLog = policy.logs.filter(({ key }) => key.name === origin).map(({ key }) => key)
  if (ofLog.length === 0) return refusal('log', `The policy names no log ${origin}.`)
  const isSigned = (key) => signedBy.some((each) => each.key === key)
  const unsigned = ofLog.filter((key) => !isSigned(key) && !unsupported.includes(key))
  if (unsigned.length > 0)
    return refusal('log', `The log ${origin} has not signed with ${unsigned.map(({ kind }) => kind).join(' and ')}.`)
  if (!ofLog.some(isSigned)) return refusal('log', `No signature of the log ${origin} can be checked here.`)
  const witnesses = [...policy.witnesses].flatMap(([name, { key }]) => {
    const time = signedBy.find((each) => each.key === key)?.time
    return time === undefined || time === null ? [] : [{ name, kind: key.kind, time }]
  })
  const untold = [...policy.witnesses].filter(([, { key }]) => unsupported.includes(key)).map(([name]) => name)
  if (!isQuorum(policy, new Set([...witnesses.map(({ name }) => name), ...untold])))
    return refusal('quorum', `Too few witnesses have cosigned. Asked for: ${quorumWords(policy)}.`)
  const logKeys = ofLog.filter(isSigned)
  return ok({ checkpoint: checkpoint.value, text, logKeys, witnesses, unsupported })
}

// engines/ledger/src/timestamp/signed-data.ts
const signedDataType = '1.2.840.113549.1.7.2'
const tags = { context0: 0xa0, context1: 0xa1, keyId: 0x80 }

/** The SignedData in a ContentInfo, or in a TimeStampResp that grants one. Throws DerError. */
function readSignedData(token) {
  const outer = onlyDer(token, derTags.sequence)
  const [first, second] = readDer(outer.content)
  if (first?.tag === derTags.sequence) {
    const status = readDer(first.content)[0]
    const isGranted = status?.tag === derTags.integer && status.content.length === 1 && (status.content[0] ?? 9) <= 1
    if (!isGranted || second === undefined) throw new DerError('the authority has refused the timestamp')
    return readContentInfo(second)
  }
  return readContentInfo(outer)
}

function readContentInfo(element) {
  const [type, explicit, ...more] = readDer(element.content)
  if (type === undefined || oidOf(type) !== signedDataType || explicit?.tag !== tags.context0 || more.length > 0)
    throw new DerError('no signed data')
  const [, , encapsulated, ...rest] = readDer(onlyDer(explicit.content, derTags.sequence).content)
  const signers = rest.at(-1)
  if (encapsulated?.tag !== derTags.sequence || signers?.tag !== derTags.set) throw new DerError('no signed data')
  const [contentType, content, ...tail] = readDer(encapsulated.content)
  if (contentType === undefined || content?.tag !== tags.context0 || tail.length > 0) throw new DerError('no content')
  const certificates = rest.find(({ tag }) => tag === tags.context0)
  return {
    contentType: oidOf(contentType),
    content: onlyDer(content.content, derTags.octets).content,
    certificates: certificates === undefined ? [] : readDer(certificates.content).map(({ whole }) => whole),
    signer: readSigner(onlyDer(signers.content, derTags.sequence)),
  }
}

function readSigner(element) {
  const [, id, digest, attributes, algorithm, signature] = readDer(element.content)
  if (id === undefined || digest === undefined || algorithm === undefined) throw new DerError('no signer')
  if (attributes?.tag !== tags.context0 || signature?.tag !== derTags.octets)
    throw new DerError('the signer has signed no attributes')
  const [issuer, serial] = id.tag === derTags.sequence ? readDer(id.content) : []
  return {
    issuerAndSerial:
      issuer === undefined || serial === undefined ? null : { issuer: issuer.whole, serial: serial.content },
    keyId: id.tag === tags.keyId ? id.content : null,
    digestAlgorithm: algorithmOf(digest),
    // RFC 5652 section 5.4: signed as a SET, not with the tag that stands in the message.
    signedBytes: Buffer.concat([Buffer.of(derTags.set), attributes.whole.subarray(1)]),
    attributes: attributesOf(attributes),
    signatureAlgorithm: algorithmOf(algorithm),
    signature: signature.content,
  }
}

function attributesOf(element) {
  const found = new Map()
  for (const attribute of readDer(element.content)) {
    const [type, values] = readDer(attribute.content)
    const [value, ...more] = values?.tag === derTags.set ? readDer(values.content) : []
    if (type === undefined || value === undefined || more.length > 0 || found.has(oidOf(type)))
      throw new DerError('an attribute cannot be read')
    found.set(oidOf(type), value)
  }
  return found
}

function algorithmOf(element) {
  const [oid] = readDer(element.content)
  if (element.tag !== derTags.sequence || oid === undefined) throw new DerError('no algorithm')
  return oidOf(oid)
}

// engines/ledger/src/timestamp/token.ts
const oids = {
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStamping: '1.3.6.1.5.5.7.3.8',
}

const digests = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Hash that the signature algorithm names; null where it is that of the signer. */
const signatures = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.1': null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}

/**
 * RFC 3161 section 2.2 with RFC 5816: the token is for these bytes, signed by an authority that is made for timestamps
 * alone, under a certificate that leads to a pinned anchor and was valid at the time stated.
 * Refused: SHA-1, RSA-PSS, signers without signingCertificateV2, more than one signer.
 */
function verifyTimestamp(token, data, trust) {
  try {
    return verifyToken(Buffer.from(token), data, trust)
  } catch (error) {
    if (error instanceof DerError || isCryptoError(error))
      return refusal('timestamp', `The timestamp cannot be read: ${error.message}.`)
    throw error
  }
}

function verifyToken(token, data, trust) {
  const bad = (says) => refusal('timestamp', says)
  const signed = readSignedData(token)
  const { signer, content } = signed
  if (signed.contentType !== oids.timestampInfo) return bad('The signed data is no timestamp.')
  const info = readInfo(content)
  const imprintHash = digests[info.imprintAlgorithm]
  if (imprintHash === undefined) return bad('The timestamp uses a hash that is not accepted.')
  if (!info.imprint.equals(hash(imprintHash, data, 'buffer'))) return bad('The timestamp is for something else.')

  const certificates = [...signed.certificates.map(readCertificate), ...trust.others, ...trust.anchors]
  const certificate = certificates.find((each) => isOf(each, signed))
  if (certificate === undefined) return bad("The authority's certificate is missing.")
  const digest = digests[signer.digestAlgorithm]
  const own = signatures[signer.signatureAlgorithm]
  if (digest === undefined || own === undefined) return bad('The timestamp is signed in a way that is not accepted.')
  const type = signer.attributes.get(oids.contentType)
  const message = signer.attributes.get(oids.messageDigest)
  if (type === undefined || oidOf(type) !== oids.timestampInfo || message?.tag !== derTags.octets)
    return bad('The signed attributes are not those of a timestamp.')
  if (!message.content.equals(hash(digest, content, 'buffer'))) return bad('The timestamp was changed.')
  if (!namesCertificate(signed, certificate)) return bad('The timestamp does not name the certificate that signed it.')
  if (!verify(own ?? digest, signer.signedBytes, certificate.x509.publicKey, signer.signature))
    return bad("The authority's signature does not hold.")

  const usage = certificate.extendedKeyUsage
  if (usage?.isCritical !== true || usage.oids.length !== 1 || usage.oids[0] !== oids.timeStamping)
    return bad('The certificate is not made for timestamps alone.')
  if (!leadsToAnchor(certificate, certificates, trust.anchors, Date.parse(info.at)))
    return bad('No certificates valid at that time lead to a trusted authority.')
  const authority = certificate.x509.subject.replaceAll('\n', ', ')
  return ok({ at: info.at, authority, serial: info.serial })
}

function readInfo(content) {
  const [version, , imprint, serial, time] = readDer(onlyDer(content, derTags.sequence).content)
  const [algorithm, hashed] = imprint?.tag === derTags.sequence ? readDer(imprint.content) : []
  if (version?.content[0] !== 1 || algorithm === undefined || hashed?.tag !== derTags.octets)
    throw new DerError('no content of a timestamp')
  if (serial?.tag !== derTags.integer || time === undefined) throw new DerError('no serial number or time')
  return {
    imprintAlgorithm: algorithmOf(algorithm),
    imprint: hashed.content,
    at: timeOf(time),
    serial: serial.content.toString('hex'),
  }
}

function isOf({ issuer, serial, subjectKeyId }, { signer }) {
  const by = signer.issuerAndSerial
  if (by !== null) return by.issuer.equals(issuer) && by.serial.equals(serial)
  return signer.keyId !== null && subjectKeyId !== null && signer.keyId.equals(subjectKeyId)
}

/** RFC 5035 section 4: the first ESSCertIDv2 is that of the signer; without an algorithm it is SHA-256. */
function namesCertificate({ signer }, { raw }) {
  const attribute = signer.attributes.get(oids.signingCertificateV2)
  const [list] = attribute?.tag === derTags.sequence ? readDer(attribute.content) : []
  const [id] = list?.tag === derTags.sequence ? readDer(list.content) : []
  const [first, second] = id?.tag === derTags.sequence ? readDer(id.content) : []
  const [algorithm, named] = first?.tag === derTags.sequence ? [digests[algorithmOf(first)], second] : ['sha256', first]
  return (
    algorithm !== undefined && named?.tag === derTags.octets && named.content.equals(hash(algorithm, raw, 'buffer'))
  )
}

/** OpenSSL's word on bytes that are no key or no certificate. */
const isCryptoError = (error) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_OSSL')

// engines/ledger/src/tlog-proof.ts
const header = 'c2sp.org/tlog-proof@v1'

function writeTlogProof({ extra, index, hashes, checkpoint }) {
  const extraLine = extra === null ? [] : [`extra ${writeBase64(extra)}`]
  return [header, ...extraLine, `index ${index}`, ...hashes.map(writeBase64), '', checkpoint].join('\n')
}

function readTlogProof(text) {
  const bad = (says) => refusal('proof', says)
  const cut = text.indexOf('\n\n')
  if (cut < 0) return bad('The proof has no checkpoint.')
  const [first, ...lines] = text.slice(0, cut).split('\n')
  if (first !== header) return bad('This is no proof of the form c2sp.org/tlog-proof@v1.')
  const hasExtra = lines[0]?.startsWith('extra ') === true
  const extra = hasExtra ? readBase64(lines[0]?.slice(6) ?? '') : null
  if (hasExtra && extra === null) return bad('The extra line of the proof cannot be read.')
  const [indexLine = '', ...hashLines] = hasExtra ? lines.slice(1) : lines
  const index = indexLine.startsWith('index ') ? readCount(indexLine.slice(6)) : null
  if (index === null) return bad('The proof names no place in the log.')
  const hashes = hashLines.map(readHash)
  if (hashes.length > 63 || !hashes.every((hash) => hash !== null)) return bad('A hash of the proof cannot be read.')
  return ok({ extra, index, hashes, checkpoint: text.slice(cut + 2) })
}

// engines/ledger/src/tree/proof.ts
const half = (value) => Math.floor(value / 2)
const isOdd = (value) => value % 2 === 1
const isCount = (value) => Number.isSafeInteger(value) && value >= 0

/**
 * draft-ietf-plants-merkle-tree-certs section 4.1: a span is a subtree when its start is a multiple of the least power
 * of two that holds it.
 */
function isSubtree({ start, end }) {
  if (!isCount(start) || !isCount(end) || start >= end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

/**
 * Whether the tree of `size` leaves with `root` holds the subtree with `hash` at exactly this span.
 * Algorithm of draft-ietf-plants-merkle-tree-certs section 4.4.3, of which RFC 9162 sections 2.1.3.2 (inclusion: a span
 * of one leaf) and 2.1.4.2 (consistency: a span from zero) are special cases. A proof with one hash too many or too few
 * is refused, and so is a span outside of the tree. An empty span says nothing of the tree; its hash must be that of
 * nothing.
 */
function holdsSubtree(span, hash, size, root, proof) {
  if (!isCount(size) || span.end > size) return false
  if (isCount(span.start) && span.start === span.end) return proof.length === 0 && isEmptyRoot(hash)
  if (!isSubtree(span)) return false
  if (proof.length > 0 && [hash, root, ...proof].some(({ length }) => length !== 32)) return false
  let first = span.start
  let last = span.end - 1
  let treeLast = size - 1
  const up = () => {
    first = half(first)
    last = half(last)
    treeLast = half(treeLast)
  }
  if (last === treeLast) while (first !== last) up()
  else while (first !== last && isOdd(last)) up()

  let used = 0
  const seed = first === last ? hash : proof[used++]
  if (seed === undefined) return false
  let ofSpan = seed
  let ofTree = seed
  for (; used < proof.length; used++) {
    const sibling = proof[used]
    if (sibling === undefined || treeLast === 0) return false
    if (isOdd(last) || last === treeLast) {
      if (first < last) ofSpan = nodeHash(sibling, ofSpan)
      ofTree = nodeHash(sibling, ofTree)
      while (!isOdd(last)) up()
    } else {
      ofTree = nodeHash(ofTree, sibling)
    }
    up()
  }
  return treeLast === 0 && Buffer.compare(ofSpan, hash) === 0 && Buffer.compare(ofTree, root) === 0
}

/** RFC 9162 section 2.1.3.2: the leaf with this hash stands at `index` in the tree of `size` leaves with `root`. */
const isIncluded = (index, leafHash, size, root, proof) =>
  leafHash.length === 32 && holdsSubtree({ start: index, end: index + 1 }, leafHash, size, root, proof)

/** Inclusion in a subtree instead of a whole tree: the leaf's place is counted from the subtree's start. */
const isIncludedInSubtree = (index, leafHash, span, hash, proof) =>
  isSubtree(span) && isIncluded(index - span.start, leafHash, span.end - span.start, hash, proof)

/**
 * RFC 9162 section 2.1.4.2: the newer tree begins with all leaves of the older one. An empty older tree proves nothing
 * and is refused here: whoever starts from nothing says so (see the witness).
 */
function isConsistent(oldSize, oldRoot, newSize, newRoot, proof) {
  return oldSize > 0 && holdsSubtree({ start: 0, end: oldSize }, oldRoot, newSize, newRoot, proof)
}

/** The root of nothing is known without a proof. */
const isEmptyRoot = (root) => Buffer.compare(root, emptyRoot) === 0

// engines/ledger/src/bundle/verify.ts
function checkBundle(bundle, trust) {
  const failures = []
  const unsupported = new Set()
  const sealedBy = checkSeal(bundle, trust, failures, unsupported)
  if (bundle.logs.length === 0) failures.push({ code: 'form', says: 'The bundle holds no log.' })
  const logs = bundle.logs.map((log) => checkLog(log, trust, failures, unsupported)).filter((log) => log !== null)
  if (new Set(logs.map(({ origin }) => origin)).size < logs.length)
    failures.push({ code: 'form', says: 'The same log stands in the bundle twice.' })
  return { failures, sealedBy, logs, keys: keysOf(trust), unsupported: [...unsupported] }
}

function keysOf({ policies, seals }) {
  const all = [
    ...policies.flatMap(({ logs, witnesses }) => [...logs, ...witnesses.values()].map(({ key }) => key)),
    ...seals,
  ]
  const named = all.map((key) => ({ name: key.name, kind: key.kind, fingerprint: fingerprintOf(key) }))
  return named.filter(({ fingerprint }, at) => named.findIndex((each) => each.fingerprint === fingerprint) === at)
}

/** All keys that bear the seal's name must have signed, and nobody else: lines by others could be changed unseen. */
function checkSeal(bundle, trust, failures, unsupported) {
  const fail = (says) => {
    failures.push({ code: 'seal', says })
    return []
  }
  const opened = openNote(bundle.seal, trust.seals)
  if (!opened.ok) return fail(`The seal: ${opened.error.says}`)
  const { text, signedBy, unknown, lines } = opened.value
  const checkpoint = readCheckpoint(text)
  if (!checkpoint.ok || checkpoint.value.size !== 1 || checkpoint.value.extensions.length > 0)
    return fail('The seal is no checkpoint of a tree with one leaf.')
  const named = trust.seals.filter(({ name }) => name === checkpoint.value.origin)
  const missing = named.filter(
    (key) => !signedBy.some((each) => each.key === key) && !opened.value.unsupported.includes(key),
  )
  if (signedBy.length === 0 || missing.length > 0 || unknown.length > 0 || lines !== named.length)
    return fail(`The bundle is not sealed with the keys of ${checkpoint.value.origin} and no others.`)
  if (!checkpoint.value.root.equals(entryHash(sealedBytes(bundle))))
    return fail('The bundle was changed after it had been sealed.')
  for (const { name } of opened.value.unsupported) unsupported.add(name)
  return signedBy.map(({ key }) => ({ name: key.name, kind: key.kind }))
}

function checkLog({ checkpoint: note, timestamps, records }, trust, failures, unsupported) {
  const origin = note.split('\n', 1)[0] ?? ''
  const policy = trust.policies.find(({ logs }) => logs.some(({ key }) => key.name === origin))
  if (policy === undefined) {
    failures.push({ code: 'log', says: `No trusted policy names a log ${origin}.` })
    return null
  }
  const judged = judgeCheckpoint(note, policy, 'report')
  if (!judged.ok) {
    failures.push(judged.error)
    return null
  }
  const { checkpoint, text, logKeys, witnesses } = judged.value
  for (const { name } of judged.value.unsupported) unsupported.add(name)
  const times = timestamps.flatMap((token) => {
    const timestamp = verifyTimestamp(readBase64(token) ?? Buffer.alloc(0), Buffer.from(text), {
      anchors: trust.timestampRoots,
      others: [],
    })
    if (timestamp.ok) return [timestamp.value]
    failures.push(timestamp.error)
    return []
  })

  const places = new Set()
  const agencies = new Set()
  const checked = records.map(({ leaf, opening, proof }, at) => {
    const fail = (code, says) => void failures.push({ code, says: `Record ${at + 1} of ${origin}: ${says}` })
    const read = readTlogProof(`${proof}\n${note}`)
    if (!read.ok) fail('proof', read.error.says)
    else if (read.value.checkpoint !== note || read.value.extra !== null)
      fail('proof', 'The proof holds more than a proof.')
    else if (
      !isIncluded(read.value.index, entryHash(leafBytes(leaf)), checkpoint.size, checkpoint.root, read.value.hashes)
    )
      fail('inclusion', `It does not stand at place ${read.value.index} of the log.`)
    else if (places.has(read.value.index)) fail('form', 'It stands in the bundle twice.')
    else places.add(read.value.index)
    const broken = opening === null ? [] : brokenFields(leaf, opening)
    if (broken.length > 0) fail('opening', `What it says was not what was recorded: ${broken.join(', ')}.`)
    agencies.add(`${leaf.cell}/${leaf.agency}`)
    return { index: read.ok ? read.value.index : -1, entry: leaf.entry, isOpened: opening !== null }
  })
  if (agencies.size > 1) failures.push({ code: 'form', says: `The records of ${origin} are of several agencies.` })
  return {
    origin,
    agency: records[0]?.leaf.agency ?? null,
    size: checkpoint.size,
    signedWith: logKeys.map(({ kind }) => kind),
    witnesses,
    timestamps: times,
    records: checked,
  }
}

// engines/ledger/src/bundle/words.ts
const algorithm = (kind) => (kind.startsWith('ml-dsa-44') ? 'ML-DSA-44' : 'Ed25519')
const instant = (seconds) => new Date(1000 * seconds).toISOString().replace('.000Z', 'Z')
const many = (count, one, more) => (count === 1 ? `1 ${one}` : `${count} ${more}`)
const both = (kinds) => [...new Set(kinds.map(algorithm))].sort().join(' and ')

function reportOf(facts, hasOwnKeys) {
  if (facts.failures.length > 0)
    return { verdict: 'refused', failures: facts.failures, proved: [], notProved: [], logs: [], keys: [] }
  const isWhole = hasOwnKeys && facts.unsupported.length === 0
  return {
    verdict: isWhole ? 'proved' : 'in part',
    failures: [],
    proved: [
      `The bundle is as ${facts.sealedBy[0]?.name} sealed it (${both(facts.sealedBy.map(({ kind }) => kind))}).`,
      ...facts.logs.flatMap(provedOf),
    ],
    notProved: [
      ...(hasOwnKeys
        ? []
        : [
            'Whose keys these are: they came with the bundle, and whoever made it could have made them up. Compare their fingerprints with those that the agencies published, or give your own with --trust.',
          ]),
      ...facts.unsupported.map((name) => `The ML-DSA-44 signatures of ${name}: this Node cannot check them (24 can).`),
      ...facts.logs.flatMap(notProvedOf),
      'Whether what was entered was true, complete and lawful.',
      'Whether anything was left out: before it was recorded, or of this selection.',
      "The time inside a record: it is the cell's own clock. It was no later than the times above.",
    ],
    logs: facts.logs,
    keys: facts.keys,
  }
}

function provedOf(log) {
  const opened = log.records.filter(({ isOpened }) => isOpened).length
  const closed = log.records.length - opened
  const stand = log.records.length === 1 ? 'stands' : 'stand'
  return [
    `${many(log.records.length, 'record', 'records')} ${stand} in the log ${log.origin} of ${many(log.size, 'entry', 'entries')}, each at its own place, unchanged since.`,
    `The log signed this state with ${both(log.signedWith)}.`,
    ...(opened === 0
      ? []
      : [`Of ${many(opened, 'record', 'records')}: who, what, when, authority and purpose are what was recorded.`]),
    ...(closed === 0
      ? []
      : [
          `Of ${many(closed, 'record', 'records')}: only that something was recorded. Its content is erased or withheld.`,
        ]),
    ...log.witnesses.map(
      ({ name, kind, time }) =>
        `Witness ${name} saw at ${instant(time)} that the log had only grown (${algorithm(kind)}).`,
    ),
    ...log.timestamps.map(({ at, authority }) => `This state of the log existed at ${at}, says ${authority}.`),
  ]
}

function notProvedOf(log) {
  const alone = `That ${log.origin} shows others the same history: no witness has cosigned.`
  return [
    ...(log.witnesses.length === 0 ? [alone] : []),
    ...(log.timestamps.length === 0 ? [`An independent time for ${log.origin}: there is no timestamp.`] : []),
  ]
}

/** A bundle is somebody else's text: what steers a terminal or turns the writing round is not printed. */
const shown = (line) => line.replace(/\p{C}/gu, '\ufffd')

const title = {
  proved: 'PROVED, with the keys you gave.',
  'in part': 'HOLDS TOGETHER, but not everything could be checked: see below.',
  refused: 'REFUSED.',
}

function reportLines({ verdict, failures, proved, notProved, keys }) {
  const list = (heading, lines) =>
    lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  - ${shown(line)}`)]
  return [
    title[verdict],
    ...list(
      'Why:',
      failures.map(({ code, says }) => `${says} [${code}]`),
    ),
    ...list('Proved:', proved),
    ...list('Not proved:', notProved),
    ...list(
      'Keys believed (SHA-256 of the verifier key):',
      keys.map(({ name, kind, fingerprint }) => `${fingerprint} ${name} (${kind})`),
    ),
  ]
}

// engines/ledger/src/bundle/verify-file.ts
/**
 * One bundle, from the text of its file to the report. `trust` is the text of a file with the reader's own keys (the
 * same form as `trust` in a bundle); without it the bundle is measured by the keys that it brings.
 */
function verifyBundle(file, trust) {
  const refused = (code, says) =>
    reportOf({ failures: [{ code, says }], sealedBy: [], logs: [], keys: [], unsupported: [] }, trust !== null)
  const bundle = readBundle(file)
  if (!bundle.ok) return refused(bundle.error.code, bundle.error.says)
  const form = trust === null ? bundle.value.trust : trustIn(parsed(trust))
  if (form === null) return refused('trust', 'The file with your keys cannot be read.')
  const keys = readTrust(form)
  if (!keys.ok) return refused('trust', keys.error.says)
  return reportOf(checkBundle(bundle.value, keys.value), trust !== null)
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

// engines/ledger/src/bundle/offline.ts
const bundleExitCodes = {
  proved: 0,
  'in part': 5,
  refused: 1,
}

const usage = 'Use: verify BUNDLE [--trust FILE] [--json]'

/** Gives the exit code; 2 when the command was not written in the agreed form. */
function runOffline(given, world) {
  const words = [...given]
  const isJsonAsked = take(words, '--json')
  const at = words.indexOf('--trust')
  const [, trustPath] = at < 0 ? [] : words.splice(at, 2)
  const [path, ...more] = words
  if (path === undefined || more.length > 0 || (at >= 0 && trustPath === undefined)) {
    world.complain(usage)
    return 2
  }
  const bundle = world.read(path)
  const trust = trustPath === undefined ? null : world.read(trustPath)
  if (bundle === null || (trustPath !== undefined && trust === null)) {
    world.complain(`${bundle === null ? path : trustPath} cannot be read.`)
    return 2
  }
  const report = verifyBundle(bundle, trust)
  if (isJsonAsked) world.print(JSON.stringify(report))
  else for (const line of reportLines(report)) world.print(line)
  return bundleExitCodes[report.verdict]
}

function take(words, word) {
  const at = words.indexOf(word)
  if (at >= 0) words.splice(at, 1)
  return at >= 0
}

// The world around it.

function textOfFile(path) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch {
    return null
  }
}

process.exitCode = runOffline(process.argv.slice(2), {
  read: textOfFile,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
})
