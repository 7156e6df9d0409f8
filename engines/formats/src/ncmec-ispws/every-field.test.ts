import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAll } from '../read.ts'

/** Values that say where they stand, so that a lost one is named. */
const text = (name: string, attributes = ''): string => `<${name}${attributes}>v ${name}</${name}>`
const each = (names: string, separator = ' '): string =>
  names
    .split(separator)
    .map((name) => text(name))
    .join('')
const flags = (names: string): string =>
  names
    .split(' ')
    .map((name) => `<${name}/>`)
    .join('')

const phone =
  '<phone type="Mobile" verified="true" verificationDate="2026-05-01" countryCallingCode="+44" extension="7">20 7946 0018</phone>'
const email = '<email type="Home" verified="false" verificationDate="2026-05-02">test.person@mail.example</email>'
const address = `<address type="Billing">${each('address city zipCode state nonUsaState country')}</address>`
const ip = (host: number, inner = ''): string =>
  `<ipCaptureEvent><ipAddress>203.0.113.${host}</ipAddress><eventName>Upload</eventName><dateTime>2026-05-04T09:00:0${host}Z</dateTime><possibleProxy>true</possibleProxy><port>5000${host}</port>${inner}</ipCaptureEvent>`
const device =
  '<deviceId><idType>IMEI</idType><idValue>v idValue</idValue><eventName>v deviceEvent</eventName><dateTime>2026-05-04T09:01:00Z</dateTime></deviceId>'
const person = (name: string): string =>
  `<${name}>${each('firstName lastName')}${phone}${email}${address}<age>41</age><ageAssertionDiscrepancy>v ageAssertionDiscrepancy</ageAssertionDiscrepancy><dateOfBirth>1985-01-02</dateOfBirth></${name}>`
const location =
  '<estimatedLocation verified="true" timestamp="2026-05-04T09:02:00Z">' +
  `${each('city region countryCode')}</estimatedLocation>`
const account = (host: number): string =>
  `${text('vehicleDescription')}${text('espIdentifier')}${text('espService')}<compromisedAccount>true</compromisedAccount>${text('screenName')}${text('displayName')}<profileUrl>https://service.example/u/${host}</profileUrl>${text('profileBio')}${ip(host)}${device}<thirdPartyUserReported>true</thirdPartyUserReported><priorCTReports>123456</priorCTReports>${text('groupIdentifier')}<accountPermanentlyDisabled userNotified="true">true</accountPermanentlyDisabled>${location}<allEmailsReported>true</allEmailsReported><associatedAccount accountType="Billing" thirdPartyUser="true">${text('platform')}${each('firstName middleName lastName')}<approximateAge>17</approximateAge><ageAssertionDiscrepancy>v assocDiscrepancy</ageAssertionDiscrepancy>${phone}${email}${address}${text('espIdentifier')}${text('screenName')}${text('displayName')}${text('profileBio')}${text('groupIdentifier')}${device}${text('additionalInfo')}</associatedAccount>${text('additionalInfo')}`

const internetDetails = [
  `<webPageIncident thirdPartyHostedContent="true"><url>https://a.example/1</url>${text('additionalInfo')}</webPageIncident>`,
  `<emailIncident><emailAddress type="Home">one@mail.example</emailAddress>${each('content additionalInfo')}</emailIncident>`,
  `<newsgroupIncident>${text('name')}<emailAddress>two@mail.example</emailAddress>${each('content additionalInfo')}</newsgroupIncident>`,
  `<chatImIncident>${each('chatClient chatRoomName content additionalInfo')}</chatImIncident>`,
  `<onlineGamingIncident>${each('gameName console content additionalInfo')}</onlineGamingIncident>`,
  `<cellPhoneIncident><phoneNumber countryCallingCode="+44">20 7946 0019</phoneNumber><latitude>51.5</latitude><longitude>-0.1</longitude>${text('additionalInfo')}</cellPhoneIncident>`,
  `<nonInternetIncident>${text('locationName')}<incidentAddress type="Home">${each('address city country')}</incidentAddress>${text('additionalInfo')}</nonInternetIncident>`,
  `<peer2peerIncident>${text('client')}${ip(5)}${each('fileNames additionalInfo')}</peer2peerIncident>`,
]

const fileDetails = `<fileDetails><reportId>4564654</reportId><fileId>b0754af766b426f2928a02c651ed4b99</fileId>${text('originalFileName')}<uploadedToEspTimestamp>2026-05-04T09:03:00Z</uploadedToEspTimestamp><locationOfFile>https://a.example/file</locationOfFile><fileViewedByEsp>true</fileViewedByEsp><exifViewedByEsp>false</exifViewedByEsp><publiclyAvailable>false</publiclyAvailable><fileRelevance>Reported</fileRelevance><fileAnnotations>${flags('animeDrawingVirtualHentai potentialMeme viral possibleSelfProduction physicalHarm violenceGore bestiality liveStreaming infant generativeAi')}</fileAnnotations><industryClassification>B2</industryClassification><originalFileHash hashType="MD5">fafa5efeaf3cbe3b23b2748d13e629a1</originalFileHash><originalFileHash hashType="SHA1">fafa5efeaf3cbe3b23b2748d13e629a1fafa5efe</originalFileHash>${ip(6)}${ip(7)}${device}<details><nameValuePair type="EXIF">${each('name value')}</nameValuePair></details>${text('additionalInfo')}</fileDetails>`

const whole = `<report><reportId>4564654</reportId><batchedReport reason="VIRAL_POTENTIAL_MEME">true</batchedReport><incidentSummary><incidentType>Child Sex Trafficking</incidentType>${text('platform')}${text('escalateToHighPriority')}<reportAnnotations>${flags('sextortion csamSolicitation minorToMinorInteraction spam sadisticOnlineExploitation informational')}</reportAnnotations><incidentDateTime>2026-05-04T09:04:00Z</incidentDateTime>${text('incidentDateTimeDescription')}</incidentSummary>${internetDetails.map((inner) => `<internetDetails>${inner}</internetDetails>`).join('')}<lawEnforcement fleaCountry="GB">${each('agencyName caseNumber')}<officerContact>${each('firstName lastName')}</officerContact><reportedToLe>true</reportedToLe>${flags('servedLegalProcessDomestic servedLegalProcessInternational')}</lawEnforcement><reporter>${person('reportingPerson')}${person('contactPerson')}${each('companyTemplate termsOfService')}<legalURL>https://a.example/legal</legalURL></reporter><personOrUserReported>${person('personOrUserReportedPerson')}${account(1)}</personOrUserReported><intendedRecipient>${person('intendedRecipientPerson')}${account(2)}</intendedRecipient><victim>${person('victimPerson')}${account(3)}${text('schoolName')}</victim>${text('additionalInfo')}${fileDetails}</report>`

test('every element and attribute of a report is read, and every value comes out', () => {
  const { entries } = readAll(new TextEncoder().encode(whole))
  const [entry] = entries
  assert.ok(
    entries.length === 1 && entry !== undefined && entry.outcome !== 'set-aside' && entry.record.kind === 'referral',
  )
  assert.deepEqual(entry.record.unknownFields, [])
  const out = JSON.stringify(entry.record)
  const values = [...whole.matchAll(/>([^<>]+)<|="([^"]*)"/g)].map(([, inner, attribute]) => inner ?? attribute ?? '')
  // Said by a three-valued field, a label or an annotation, and not by its letters.
  const saidOtherwise = new Set(['true', 'false', 'VIRAL_POTENTIAL_MEME'])
  const lost = [...new Set(values)].filter(
    (value) => !saidOtherwise.has(value) && !out.toLowerCase().includes(value.toLowerCase()),
  )
  assert.deepEqual(lost, [])
  for (const flag of [...whole.matchAll(/<(\w+)\/>/g)].map(([, name = '']) => name)) assert.ok(out.includes(flag), flag)
  // A value that stands n times is not read once: what belongs to three accounts comes out three times.
  for (const name of [
    'espIdentifier',
    'screenName',
    'profileBio',
    'groupIdentifier',
    'idValue',
    'deviceEvent',
    'region',
  ]) {
    const sent = whole.split(`v ${name}<`).length - 1
    assert.ok(out.split(`v ${name}"`).length - 1 >= sent, `${name}: ${sent} sent`)
  }
  assert.deepEqual([entry.record.files[0]?.viewedByProvider, entry.record.files[0]?.publiclyAvailable], ['yes', 'no'])
})

test('a field that is taken out of the reader would be noticed', () => {
  const changed = whole.replaceAll('schoolName', 'schoolNamed')
  const [entry] = readAll(new TextEncoder().encode(changed)).entries
  assert.ok(entry?.outcome === 'remarked' && entry.record.kind === 'referral')
  assert.deepEqual(entry.record.unknownFields, ['/report/victim/schoolNamed'])
})
