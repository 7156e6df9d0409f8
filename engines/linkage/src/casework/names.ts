import { genericBirth } from '../generic/indicators.ts'
import type { EdgeEvidence } from '../subjects/events.ts'
import { normalForm } from '../table/normal.ts'
import { JaroWinkler } from '../text/jaro-winkler.ts'
import { GrowingLetters } from '../text/letters.ts'
import type { CaseworkModel } from './model.ts'

/** From here on two names are spellings of one (Jaro-Winkler). */
const alike = 0.92

/** What names and dates of birth say of two people; each text is prepared once. */
export class Particulars {
  readonly #model: CaseworkModel
  readonly #letters = new GrowingLetters()
  readonly #comparer = new JaroWinkler(this.#letters)
  readonly #numbers = new Map<string, number>()

  constructor(model: CaseworkModel) {
    this.#model = model
  }

  names(ours: readonly string[], theirs: readonly string[]): EdgeEvidence | null {
    const [one, other] = [this.#prepared(ours), this.#prepared(theirs)]
    if (one.length === 0 || other.length === 0) return null
    let best = 0
    for (const a of one)
      for (const b of other) best = Math.max(best, a === b ? 1 : this.#comparer.similarity(a, b, alike))
    const { nameSame, nameAlike, nameDifferent } = this.#model
    if (best === 1) return { field: 'name', level: 'the same', millibits: nameSame }
    if (best >= alike) return { field: 'name', level: 'alike', millibits: nameAlike }
    return { field: 'name', level: 'different', millibits: nameDifferent }
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
      this.#letters.add(normal)
      this.#numbers.set(normal, this.#numbers.size)
      return [this.#numbers.size - 1]
    })
  }
}
