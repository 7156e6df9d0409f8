import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { headOf } from '../head.ts'
import { defaultLimits } from '../reader.ts'
import type { Entry, ReferralRecord } from '../record.ts'
import { incidentKinds } from './incident-kinds.ts'
import { readIspws } from './read.ts'
import { ncmecIspwsReader } from './reader.ts'

const fixtures = new URL('../../../../fixtures/', import.meta.url)
const fixture = (path: string): Uint8Array => readFileSync(new URL(path, fixtures))
const example = fixture('ncmec-cybertip-report/documentation-example-report.xml')
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): Entry<ReferralRecord>[] => [...readIspws(utf8(text))]

const summary = (more = ''): string =>
  `<incidentSummary><incidentType>Child Sex Trafficking</incidentType>${more}<incidentDateTime>2026-05-04T09:12:33Z</incidentDateTime></incidentSummary>`
const report = (more = '', inSummary = ''): string => `<report>${summary(inSummary)}${more}</report>`

function one(text: string): { readonly record: ReferralRecord; readonly codes: readonly string[] } {
  const [entry, ...others] = read(text)
  assert.equal(others.length, 0)
  assert.ok(entry !== undefined)
  if (entry.outcome === 'set-aside') assert.fail(entry.reason.says)
  const codes = entry.outcome === 'remarked' ? entry.remarks.map(({ code }) => code) : []
  return { record: entry.record, codes }
}

const setAside = (bytes: Uint8Array): string[] =>
  [...readIspws(bytes)].flatMap((entry) => (entry.outcome === 'set-aside' ? [entry.reason.code] : ['read']))

test('reads the example of the documentation without a remark', () => {
  const [entry] = [...readIspws(example)]
  assert.ok(entry?.outcome === 'accepted')
  const { record } = entry
  assert.equal(record.format, 'ncmec-ispws')
  assert.equal(record.incidentKind, 'abuse-material')
  assert.equal(record.incidentAt?.instant, '2012-10-15T15:00:00.000Z')
  assert.equal(record.incidentAt?.original, '2012-10-15T08:00:00-07:00')
  assert.equal(record.annotations.length, 6)
  assert.deepEqual(
    record.mentions.map(({ original, identifier }) => [identifier.kind, original]),
    [['url', 'http://badsite.com/baduri.html']],
  )
  assert.equal(record.sender.contact, 'John Smith, jsmith@example.com')
  assert.equal(record.declaredPriority, null)
  assert.deepEqual(record.unknownFields, [])
})

test('an answer of the service is recognised and set aside', () => {
  const [entry] = [...readIspws(fixture('ncmec-cybertip-report/documentation-example-reportResponse.xml'))]
  assert.ok(entry?.outcome === 'set-aside')
  assert.equal(entry.reason.says, 'This is an answer of the reporting service, not a report.')
})

test('the order of the children does not matter', () => {
  const victim = '<victim><victimPerson><age>12</age></victimPerson></victim>'
  const place = '<internetDetails><webPageIncident><url>https://a.example/x</url></webPageIncident></internetDetails>'
  const first = one(`<report>${summary()}${place}${victim}<additionalInfo>x</additionalInfo></report>`)
  const second = one(`<report><additionalInfo>x</additionalInfo>${victim}${place}${summary()}</report>`)
  assert.deepEqual(second, first)
})

test('the eight incident types have their names; the singular is understood, a new one kept', () => {
  assert.equal(incidentKinds.size, 8)
  const kind = (type: string) =>
    one(`<report><incidentSummary><incidentType>${type}</incidentType></incidentSummary></report>`)
  for (const [written, name] of incidentKinds) {
    assert.equal(kind(written).record.incidentKind, name)
    assert.deepEqual(kind(written).codes, [])
  }
  assert.equal(kind('Online Enticement of Children for Sexual Act').record.incidentKind, 'online-enticement')
  assert.deepEqual(kind('Online Enticement of Children for Sexual Act').codes, ['incident-type-variant'])
  assert.equal(kind('A new type').record.incidentKind, 'A new type')
  assert.deepEqual(kind('A new type').codes, ['incident-type-unknown'])
})

test('the sender’s wish for high priority is a declared P1 with its text as reason', () => {
  assert.equal(one(report()).record.declaredPriority, null)
  const asked = one(report('', '<escalateToHighPriority> child at risk now </escalateToHighPriority>'))
  assert.deepEqual(asked.record.declaredPriority, { level: 'P1', reason: ' child at risk now ' })
  assert.equal(asked.record.places?.declaredReason, '/report/incidentSummary/escalateToHighPriority')
  const bare = one(report('', '<escalateToHighPriority/>'))
  assert.deepEqual(bare.record.declaredPriority, { level: 'P1', reason: null })
  assert.deepEqual(bare.codes, ['escalation-without-reason'])
})

test('absent, empty and unreadable booleans are "not said"; 1 and 0 are read', () => {
  const file = (inner: string) => one(`<fileDetails><reportId>7</reportId>${inner}</fileDetails>`)
  const viewed = (text: string) => file(`<fileViewedByEsp>${text}</fileViewedByEsp>`).record.files[0]?.viewedByProvider
  assert.equal(file('').record.files[0]?.viewedByProvider, 'not said')
  assert.equal(file('').record.files[0]?.publiclyAvailable, 'not said')
  assert.equal(viewed('true'), 'yes')
  assert.equal(viewed(' 1 '), 'yes')
  assert.equal(viewed('false'), 'no')
  assert.equal(viewed('0'), 'no')
  assert.equal(viewed(''), 'not said')
  assert.equal(viewed('perhaps'), 'not said')
  assert.deepEqual(file('<fileViewedByEsp>perhaps</fileViewedByEsp>').codes, ['boolean-unreadable'])
})

test('a lone fileDetails adds to the report it names', () => {
  const hash = '<originalFileHash hashType="SHA-1">AB0726BEEF0726BEEF0726BEEF0726BEEF072601</originalFileHash>'
  const wrong = '<originalFileHash hashType="MD5">abc</originalFileHash>'
  const other = '<originalFileHash hashType="SHA512">ABCDEF0123456789AB</originalFileHash>'
  const labels = '<fileAnnotations><infant/><viral/><newMark/></fileAnnotations>'
  const kind = '<industryClassification>A1</industryClassification>'
  const event =
    '<ipCaptureEvent><ipAddress>192.0.2.7</ipAddress><port>40000</port><dateTime>2026-01-02T03:04:05</dateTime></ipCaptureEvent>'
  const exif = '<details><nameValuePair type="EXIF"><name>Make</name><value>Test</value></nameValuePair></details>'
  const text = `<fileDetails><reportId>4564654</reportId><fileId>b0754af766b426f2928a02c651ed4b99</fileId>${labels}${kind}${hash}${wrong}${other}${event}${exif}</fileDetails>`
  const { record, codes } = one(text)
  assert.equal(record.supplementTo, '4564654')
  const [file] = record.files
  assert.deepEqual(
    file?.hashes.map(({ kind, value }) => [kind, value.length]),
    [
      ['sha1', 40],
      ['sha512', 18],
    ],
  )
  assert.deepEqual(file?.category, { scheme: 'industry-classification', value: 'A1' })
  assert.deepEqual(file?.labels, ['infant', 'viral', 'newMark'])
  assert.deepEqual(record.annotations, ['infant', 'viral', 'newMark'])
  assert.deepEqual([...codes].sort(), ['annotation-unknown', 'hash-length', 'zone-unknown'])
  const [uploader] = record.people
  assert.equal(uploader?.role, 'other')
  assert.equal(uploader?.ipEvents[0]?.port, 40000)
  assert.equal(uploader?.ipEvents[0]?.time?.instant, null)
  const kinds = record.details?.map(({ kind, value }) => `${kind}=${value}`)
  assert.ok(kinds?.includes('fileId=b0754af766b426f2928a02c651ed4b99'))
  assert.ok(kinds?.includes('exif:Make=Test'))
  assert.ok(kinds?.includes('hash:MD5=abc'))
})

test('a mark that calms speaks for the report only when every file carries it; one that alarms, from any file', () => {
  const file = (mark: string): string => `<fileDetails><fileAnnotations>${mark}</fileAnnotations></fileDetails>`
  assert.deepEqual(one(report(file('<viral/><infant/>') + file('<viral/>'))).record.annotations, ['viral', 'infant'])
  assert.deepEqual(one(report(file('<viral/><infant/>') + file(''))).record.annotations, ['infant'])
})

test('an account becomes a person with names, accounts, contacts and IP events', () => {
  const person =
    '<personOrUserReportedPerson><firstName>Test</firstName><lastName>Reported</lastName><phone type="Mobile" countryCallingCode="+44" verified="true">7700 900123</phone><email>test@mail.example</email><address type="Home"><address>1 Test Road</address><city>Test Town</city><zipCode>T1 1TT</zipCode></address><age>41</age><dateOfBirth>1985-01-01</dateOfBirth></personOrUserReportedPerson>'
  const event =
    '<ipCaptureEvent><ipAddress>[2001:db8::7]</ipAddress><eventName>Login</eventName><dateTime>2026-05-04T09:12:33+01:00</dateTime><possibleProxy>0</possibleProxy></ipCaptureEvent>'
  const bad = '<ipCaptureEvent><ipAddress>192.000.2.7</ipAddress><port>80</port></ipCaptureEvent>'
  const text = report(
    `<personOrUserReported>${person}<espIdentifier>0012</espIdentifier><espService>Testnet</espService><compromisedAccount/><screenName>Test_User</screenName><displayName>A</displayName><displayName>B</displayName><profileUrl>https://testnet.example/u</profileUrl><profileBio> bio </profileBio>${event}${bad}<deviceId><idType>IMEI</idType><idValue>004999010640000</idValue></deviceId><priorCTReports>123</priorCTReports><accountPermanentlyDisabled>true</accountPermanentlyDisabled></personOrUserReported>`,
  )
  const { record, codes } = one(text)
  const [reported] = record.people
  assert.deepEqual(reported?.names, ['Test Reported', 'A', 'B'])
  assert.equal(reported?.age, '41')
  assert.equal(reported?.dateOfBirth, '1985-01-01')
  assert.equal(reported?.accountState, 'permanently disabled')
  assert.equal(reported?.accountCompromised, 'yes')
  assert.deepEqual(reported?.addresses, ['1 Test Road, Test Town, T1 1TT'])
  assert.equal(reported?.ipEvents.length, 1)
  assert.equal(reported?.ipEvents[0]?.address, '2001:db8::7')
  assert.equal(reported?.ipEvents[0]?.possibleProxy, 'no')
  assert.equal(reported?.ipEvents[0]?.time?.instant, '2026-05-04T08:12:33.000Z')
  const mentions = record.mentions.map(({ identifier, person }) => `${identifier.kind} ${identifier.normal} ${person}`)
  assert.ok(mentions.includes('phone +447700900123 0'), mentions.join())
  assert.ok(mentions.some((mention) => mention.startsWith('account ') && mention.includes('0012')))
  assert.ok(mentions.some((mention) => mention.startsWith('email test@mail.example')))
  assert.ok(codes.includes('port-missing'))
  assert.equal(record.narratives.find(({ text }) => text === ' bio ')?.author, 0)
  const details = record.details?.map(({ kind, value }) => `${kind}=${value}`) ?? []
  assert.ok(details.includes('device:IMEI=004999010640000'))
  assert.ok(details.includes('phone@verified=true'))
  assert.ok(details.includes('ipCaptureEvent.ipAddress=192.000.2.7'))
  assert.deepEqual(record.unknownFields, [])
})

test('people keep their roles, and associated accounts become people of their own', () => {
  const text = report(
    '<personOrUserReported><associatedAccount accountType="Linked"><platform>Testnet</platform><firstName>Test</firstName><screenName>second</screenName></associatedAccount></personOrUserReported><intendedRecipient/><victim><schoolName>Test School</schoolName></victim><victim/>',
  )
  const { record } = one(text)
  assert.deepEqual(
    record.people.map(({ role }) => role),
    ['reported', 'other', 'recipient', 'victim', 'victim'],
  )
  assert.equal(record.mentions[0]?.person, 1)
  assert.equal(record.mentions[0]?.place, '/report/personOrUserReported/associatedAccount/screenName')
})

test('all kinds of internet details are read; what was said in a chat is a narrative as sent', () => {
  const places = [
    '<webPageIncident thirdPartyHostedContent="true"><url>https://a.example/</url><url>not a url</url><additionalInfo>i</additionalInfo></webPageIncident>',
    '<emailIncident><emailAddress>a@b.example</emailAddress><content> c1 </content></emailIncident>',
    '<newsgroupIncident><name>n</name></newsgroupIncident>',
    '<chatImIncident><chatClient>x</chatClient><chatRoomName>y</chatRoomName><content><![CDATA[<!DOCTYPE html> & more]]></content></chatImIncident>',
    '<onlineGamingIncident><gameName>g</gameName><console>c</console></onlineGamingIncident>',
    '<cellPhoneIncident><phoneNumber>+44 7700 900456</phoneNumber><latitude>1.5</latitude></cellPhoneIncident>',
    '<nonInternetIncident><locationName>l</locationName><incidentAddress><city>Test Town</city></incidentAddress></nonInternetIncident>',
    '<peer2peerIncident><client>p</client><ipCaptureEvent><ipAddress>192.0.2.9</ipAddress><port>1</port></ipCaptureEvent><fileNames>f</fileNames></peer2peerIncident>',
  ]
  const { record, codes } = one(report(places.map((place) => `<internetDetails>${place}</internetDetails>`).join('')))
  assert.deepEqual(record.mentions.map(({ identifier }) => identifier.kind).sort(), ['email', 'ip', 'phone', 'url'])
  const chat = record.narratives.filter(({ about }) => about === 'conversation').map(({ text }) => text)
  assert.deepEqual(chat, [' c1 ', '<!DOCTYPE html> & more'])
  assert.deepEqual(codes, ['url-control'])
  assert.deepEqual(record.unknownFields, [])
})

test('what we do not know is kept, counted and shown, and loses no report', () => {
  const text = `<report xmlns:x="urn:x"><newThing a="1"><b/></newThing><x:victim/>${summary('<extra/>').replace('<incidentType>', '<incidentType new="1">')}stray<victim><victimPerson><age>200</age></victimPerson></victim></report>`
  const { record, codes } = one(text)
  assert.deepEqual([...record.unknownFields].sort(), [
    '/report/incidentSummary/extra',
    '/report/newThing',
    '/report/text()',
    '/report/x:victim',
  ])
  assert.deepEqual(codes, ['age-unlikely', 'unknown-fields'])
  assert.equal(record.people[0]?.age, '200')
  assert.ok(record.details?.some(({ kind, value }) => kind === 'incidentType@new' && value === '1'))
})

test('a field that may stand once and stands twice is not chosen in silence', () => {
  const { record } = one(report('<victim/>', '<platform>A</platform><platform>B</platform>'))
  assert.equal(record.sender.service, 'A')
  assert.deepEqual(record.unknownFields, ['/report/incidentSummary/platform[2]'])
})

test('names like __proto__ are just names, XInclude stays inert', () => {
  const { record } = one(
    report(
      '<__proto__><polluted>1</polluted></__proto__><constructor/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>',
    ),
  )
  assert.deepEqual(record.unknownFields, ['/report/__proto__', '/report/constructor', '/report/xi:include'])
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
})

test('a wrapper holds many; files join the report they name and stand alone otherwise', () => {
  const file = (id: string): string =>
    `<fileDetails><reportId>${id}</reportId><originalFileName>${id}</originalFileName></fileDetails>`
  const text = `<reports><report><reportId>1</reportId>${summary()}</report>${file('1')}${file('2')}<other/>${report()}</reports>`
  const entries = read(text)
  assert.deepEqual(
    entries.map(({ outcome, place }) => [outcome, place]),
    [
      ['accepted', '/reports/report[1]'],
      ['accepted', '/reports/fileDetails[2]'],
      ['set-aside', '/reports/other'],
      ['accepted', '/reports/report[2]'],
    ],
  )
  const [first, second] = entries
  assert.ok(first?.outcome === 'accepted' && second?.outcome === 'accepted')
  assert.deepEqual(
    first.record.files.map(({ name }) => name),
    ['1'],
  )
  assert.equal(first.record.reference, '1')
  assert.equal(second.record.supplementTo, '2')
})

test('a broken wrapper keeps the reports that were whole, and says where it broke', () => {
  const entries = read(`<reports>\n${report()}\n${report()}\n<report><incidentSummary></report></reports>`)
  assert.deepEqual(
    entries.map(({ outcome }) => outcome),
    ['accepted', 'accepted', 'set-aside'],
  )
  const last = entries.at(-1)
  assert.ok(last?.outcome === 'set-aside')
  assert.deepEqual([last.reason.code, last.reason.place], ['not-well-formed', 'line 4'])
})

test('the hostile XML files end as their manifest says', () => {
  const expected: Record<string, string> = {
    'billion-laughs.xml': 'doctype',
    'quadratic-blowup.xml': 'doctype',
    'numeric-reference-flood.xml': 'too-many-references',
    'xxe-file.xml': 'doctype',
    'xxe-http-loopback.xml': 'doctype',
    'xxe-parameter-entity.xml': 'doctype',
    'xinclude.xml': 'not-a-report',
    'deep-nesting.xml': 'too-deep',
    'many-attributes.xml': 'too-many-attributes',
    'duplicate-attribute.xml': 'not-well-formed',
    'declared-utf8-is-latin1.xml': 'not-utf8',
    'utf16-no-bom.xml': 'encoding',
    'utf7-smuggle.xml': 'encoding',
    'proto-key.xml': 'not-a-report',
    'empty.xml': 'empty',
    'truncated.xml': 'truncated',
  }
  const names = readdirSync(new URL('bad-inputs/made-here/xml/', fixtures))
  assert.deepEqual(names.sort(), Object.keys(expected).sort())
  for (const name of names) {
    const bytes = fixture(`bad-inputs/made-here/xml/${name}`)
    const began = performance.now()
    assert.deepEqual(setAside(bytes), [expected[name]], name)
    assert.ok(performance.now() - began < 2000, name)
    ncmecIspwsReader.detect(headOf(bytes))
  }
})

test('every line of the public attack list is set aside or read, never thrown', () => {
  const text = readFileSync(new URL('bad-inputs/fuzzdb/xml-attacks.txt', fixtures), 'utf8')
  for (const line of text.split('\n')) {
    const attack = line.replace(/^"|"$/g, '').replaceAll('""', '"')
    assert.equal(setAside(utf8(attack)).length, 1, attack)
    assert.equal(setAside(utf8(report(`<additionalInfo>${attack}</additionalInfo>`))).length, 1, attack)
  }
})

test('encodings other than UTF-8, a late DOCTYPE and endless text are refused with their reason', () => {
  const wide = Buffer.from(`\ufeff${report()}`, 'utf16le')
  assert.deepEqual(setAside(wide), ['encoding'])
  assert.deepEqual(setAside(utf8(`<?xml version="1.0" encoding="ISO-8859-1"?>${report()}`)), ['encoding'])
  assert.deepEqual(setAside(utf8(`<?xml version="1.0" encoding='utf-8'?>${report()}`)), ['read'])
  assert.deepEqual(setAside(utf8(`\ufeff${report()}`)), ['read'])
  assert.deepEqual(setAside(utf8(`<!-- x --><?p?>\n<!doctype report>${report()}`)), ['doctype'])
  assert.deepEqual(setAside(utf8(report('<!DOCTYPE report>'))), ['not-well-formed'])
  assert.deepEqual(setAside(utf8(`${report()}${report()}`)), ['not-well-formed'])
  assert.deepEqual(setAside(utf8(report('&unknown;'))), ['not-well-formed'])
  assert.deepEqual(setAside(utf8(report('&#1;'))), ['not-well-formed'])
  assert.deepEqual(setAside(utf8(report(`<additionalInfo>${'x'.repeat(300_000)}</additionalInfo>`))), ['text-too-long'])
  assert.deepEqual([...readIspws(utf8(report()), { ...defaultLimits, maxBytes: 10 })].length, 1)
})

test('a namespace around a report does no harm and is remarked', () => {
  const { record, codes } = one(report('<victim/>').replace('<report>', '<report xmlns="urn:test">'))
  assert.equal(record.people.length, 1)
  assert.deepEqual(codes, ['namespace'])
})

test('a report cut at every 64th byte is set aside once, as truncated', () => {
  const end = Buffer.from(example).lastIndexOf('>')
  for (let cut = 0; cut <= end; cut += 64) {
    const expected = cut === 0 ? 'empty' : 'truncated'
    assert.deepEqual(setAside(example.subarray(0, cut)), [expected], `cut at ${cut}`)
  }
})

test('random changes of bytes yield exactly one entry and never throw', () => {
  const change = fc.tuple(fc.nat(example.length - 1), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      const damaged = Uint8Array.from(example)
      for (const [at, value] of changes) damaged[at] = value
      assert.equal([...readIspws(damaged)].length, 1)
      ncmecIspwsReader.detect(headOf(damaged))
    }),
    { numRuns: 500 },
  )
})

test('the format is detected by its content', () => {
  assert.equal(ncmecIspwsReader.detect(headOf(example)), 'certain')
  assert.equal(ncmecIspwsReader.detect(headOf(utf8('<report><x/></report>'))), 'possible')
  assert.equal(ncmecIspwsReader.detect(headOf(utf8('<queryResult/>'))), 'no')
})
