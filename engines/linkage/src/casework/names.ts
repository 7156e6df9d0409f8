import { genericBirth } from '../generic/indicators.ts'
import type { EdgeEvidence } from '../subjects/events.ts'
import { normalForm } from '../table/normal.ts'
import { englishForms } from '../text/name-forms.ts'
import { nameLevels, type PersonName, PersonNames } from '../text/person-name.ts'
import type { CaseworkModel } from './model.ts'

/** Places in `nameLevels`: spellings, orders and forms of one name come first, then what fits and says little. */
const [lastAlike, lastFitting] = [
  nameLevels.indexOf('spelled alike'),
  nameLevels.indexOf('only one of the names is said, and it is the same'),
]

/** What names and dates of birth say of two people; each text is read once, and each two of them compared once. */
export class Particulars {
  readonly #model: CaseworkModel
  readonly #names = new PersonNames(englishForms)
  readonly #numbers = new Map<string, number>()
  readonly #read: PersonName[] = []
  readonly #places = new Map<number, number>()

  constructor(model: CaseworkModel) {
    this.#model = model
  }

  /** Null where one says none, or their scripts cannot be compared. */
  names(ours: readonly string[], theirs: readonly string[]): EdgeEvidence | null {
    const [one, other] = [this.#prepared(ours), this.#prepared(theirs)]
    const { nameSame, nameAlike, nameDifferent } = this.#model
    let best = Number.POSITIVE_INFINITY
    for (const a of one) {
      for (const b of other) {
        if (a === b) return { field: 'name', level: 'the same', millibits: nameSame }
        const place = this.#place(a, b)
        if (place >= 0) best = Math.min(best, place)
      }
    }
    if (best === Number.POSITIVE_INFINITY) return null
    const millibits = best <= lastAlike ? nameAlike : best <= lastFitting ? 0 : nameDifferent
    return { field: 'name', level: nameLevels[best] ?? 'different', millibits }
  }

  #place(one: number, other: number): number {
    const [first, second] = one < other ? [one, other] : [other, one]
    const pair = first * 2 ** 26 + second
    const known = this.#places.get(pair)
    if (known !== undefined) return known
    const [a, b] = [this.#read[first], this.#read[second]]
    if (a === undefined || b === undefined) throw new RangeError('there is no such name')
    const place = this.#names.level(a, b)
    this.#places.set(pair, place)
    return place
  }

  births(ours: readonly string[], theirs: readonly string[]): EdgeEvidence | null {
    const [one, other] = [ours, theirs].map((dates) =>
      dates.map((date) => normalForm('date', date)).filter((date) => date !== ''),
    )
    if (one === undefined || other === undefined || one.length === 0 || other.length === 0) return null
    const shared = one.filter((date) => other.includes(date))
    const field = 'date of birth'
    if (shared.length === 0) return { field, level: 'different', millibits: this.#model.birthDifferent }
    return shared.every((date) => genericBirth(date) !== null)
      ? { field, level: 'the same, but such as is written where no more is known', millibits: 0 }
      : { field, level: 'the same', millibits: this.#model.birthSame }
  }

  #prepared(names: readonly string[]): number[] {
    return names.flatMap((name) => {
      const normal = normalForm('full name', name)
      if (normal === '') return []
      const known = this.#numbers.get(normal)
      if (known !== undefined) return [known]
      const number = this.#read.push(this.#names.read(normal)) - 1
      this.#numbers.set(normal, number)
      return [number]
    })
  }
}
