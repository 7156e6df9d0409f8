import type { Result, TimeClaim } from '@tandem/core'
import { readTimeClaim } from '@tandem/core'
import type { Identifier } from '@tandem/identifiers'
import { type IdentifierRefusal, readIp, readPort } from '@tandem/identifiers'
import type { Detail, FileMentioned, IpEvent, Mention, Narrative, PersonMentioned, Place, Remark } from '../record.ts'
import type { Fields } from './fields.ts'

/** What has been read of one report so far. */
export class Draft {
  readonly people: PersonMentioned[] = []
  readonly files: FileMentioned[] = []
  readonly narratives: Narrative[] = []
  readonly mentions: Mention[] = []
  readonly details: Detail[] = []
  readonly remarks: Remark[] = []
  readonly unknownFields: Place[] = []
  /** The first place whose nesting is wrong: then the report is set aside. */
  structureFault: Remark | null = null

  remark(code: string, place: Place, says: string): void {
    this.remarks.push({ code, place, says })
  }

  detail(kind: string, value: string | null, place: Place, of: { person?: number; file?: number } = {}): void {
    if (value !== null && value !== '')
      this.details.push({ kind, value, place, person: of.person ?? null, file: of.file ?? null })
  }

  narrative(text: string | null, place: Place, about: Narrative['about'], author: number | null = null): void {
    if (text !== null && text !== '') this.narratives.push({ place, about, author, text })
  }

  /** A mention when the value passes its test; else a remark, and the value is kept as a detail. */
  mention(
    kind: string,
    original: string | null,
    place: Place,
    person: number | null,
    read: (original: string) => Result<{ readonly identifier: Identifier }, IdentifierRefusal>,
  ): void {
    if (original === null || original.trim() === '') return
    const reading = read(original)
    if (reading.ok) this.mentions.push({ original, place, person, identifier: reading.value.identifier })
    else {
      this.remark('identifier-invalid', place, `${kind}: ${reading.error.says}`)
      this.detail(`${kind} as written`, original, place, person === null ? {} : { person })
    }
  }

  time(fields: Fields, key: string): TimeClaim | null {
    const text = fields.text(key)
    if (text === null || text.trim() === '') return null
    const claim = readTimeClaim(text)
    if (claim.instant !== null) return claim
    if (lacksOnlyZone(text.trim()))
      this.remark('zone-unknown', fields.at(key), 'time without a zone: kept as written, the instant is not known')
    else this.remark('time-invalid', fields.at(key), 'not a date and time of the agreed form: kept as written')
    return claim
  }

  /** An address event of a person. A missing port is an item for the chaser: behind a shared address nobody can be named. */
  ipEvent(fields: Fields, person: number, usualEvent: string | null): IpEvent | null {
    const written = fields.text('address')
    const time = this.time(fields, 'at')
    const event = fields.text('event') ?? usualEvent
    const possibleProxy = fields.flag('possibleProxy')
    const statedPort = this.#port(fields)
    fields.finish()
    if (written === null || written.trim() === '') {
      this.remark('ip-invalid', fields.place, 'an address event without an address')
      return null
    }
    const place = fields.at('address')
    const reading = readIp(written)
    if (!reading.ok) {
      this.remark('ip-invalid', place, `${reading.error.says}: kept as written, not used`)
      this.detail('IP address as written', written, place, { person })
      return null
    }
    const port = statedPort ?? reading.value.port
    if (port === null)
      this.remark('port-missing', fields.at('port'), 'IP address without its port: ask the sender for it')
    this.mentions.push({ original: written, place, person, identifier: reading.value.identifier })
    return { address: reading.value.address, port, time, event, possibleProxy, place: fields.place }
  }

  #port(fields: Fields): number | null {
    const written = fields.text('port', 'number')
    if (written === null || written === '') return null
    const port = readPort(written)
    if (port.ok) return port.value
    this.remark('port-invalid', fields.at('port'), port.error.says)
    this.detail('port as written', written, fields.at('port'))
    return null
  }
}

/** A day alone, or a time to the minute or second: with a zone it would be an instant. */
function lacksOnlyZone(text: string): boolean {
  const [, day = '', minute = '', second = ''] = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:.*)?)?$/.exec(text) ?? []
  return readTimeClaim(`${day}T${minute || '00:00'}${second || ':00'}Z`).instant !== null
}
