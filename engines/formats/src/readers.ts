import { accessLogReader } from './access-log/reader.ts'
import { caseUcoReader } from './case-uco/reader.ts'
import { discordJsonReader } from './discord-json/reader.ts'
import { emlReader } from './eml/reader.ts'
import { harReader } from './har/reader.ts'
import { hashCsvReader } from './hash-csv/reader.ts'
import { jsonLinesReader } from './json-lines/reader.ts'
import { mboxReader } from './mbox/reader.ts'
import { mispReader } from './misp/reader.ts'
import { ncmecCybertipJsonReader } from './ncmec-cybertip-json/reader.ts'
import { ncmecHashSharingReader } from './ncmec-hash-sharing/reader.ts'
import { ncmecIspwsReader } from './ncmec-ispws/reader.ts'
import { plainTextReader } from './plain-text/reader.ts'
import { providerReturnReader } from './provider-returns/index.ts'
import type { Reader } from './reader.ts'
import { signalTextReader } from './signal-text/reader.ts'
import { stixReader } from './stix-2.1/reader.ts'
import { tableCsvReader } from './table-csv/reader.ts'
import { tarReader } from './tar/reader.ts'
import { telegramJsonReader } from './telegram-json/reader.ts'
import { threatExchangeReader } from './threat-exchange/reader.ts'
import { ukCseaIrp } from './uk-csea-irp/index.ts'
import { vics1Reader, vics2Reader } from './vics/reader.ts'
import { waczReader } from './wacz/reader.ts'
import { warcReader } from './warc/reader.ts'
import { whatsAppTextReader } from './whatsapp-text/reader.ts'
import { zipReader } from './zip/reader.ts'

/** Formats that are known by their content: a new one is one folder and one line here. */
export const readers: readonly Reader[] = [
  ukCseaIrp,
  ncmecIspwsReader,
  ncmecCybertipJsonReader,
  vics1Reader,
  vics2Reader,
  ncmecHashSharingReader,
  threatExchangeReader,
  hashCsvReader,
  whatsAppTextReader,
  telegramJsonReader,
  discordJsonReader,
  signalTextReader,
  emlReader,
  mboxReader,
  providerReturnReader,
  accessLogReader,
  warcReader,
  waczReader,
  harReader,
  zipReader,
  tarReader,
  mispReader,
  stixReader,
  caseUcoReader,
]

/**
 * Dumps of rows and lines. Nearly every text would pass as one, a damaged report too, so they are read only when a person
 * says that this is what it is.
 */
export const dumpReaders: readonly Reader[] = [tableCsvReader, jsonLinesReader, plainTextReader]

/** Containers and captures: their own readers take media out, member by member, so they do not go through the guard. */
export const containerFormats = ['zip', 'tar', 'warc', 'wacz'] as const
