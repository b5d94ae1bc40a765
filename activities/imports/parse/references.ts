import type { Reference } from '../../../db/imports/parse/stage-rows.ts'
import { FIRST_ROWS, MAX_REFERENCES } from '../../../domain/imports/limits.ts'

/**
 * Numbers the distinct names of a file in the order in which they appear. A million rows name a few companies and some
 * hundred titles, so rows carry the numbers and each name is looked up once.
 */
export class References {
  readonly #numbers = new Map<string, number>()
  readonly entries: Reference[] = []

  /** True once the file has more names than the limit. The file is then rejected. */
  get tooMany(): boolean {
    return this.entries.length > MAX_REFERENCES
  }

  company(name: string, row: number): number {
    return this.#number('company', name, null, row)
  }

  cohort(name: string, companyRef: number, row: number): number {
    return this.#number('cohort', name, companyRef, row)
  }

  group(name: string, row: number): number {
    return this.#number('group', name, null, row)
  }

  title(title: string, companyRef: number, row: number): number {
    return this.#number('title', title, companyRef, row)
  }

  #number(kind: Reference['kind'], name: string, companyRef: number | null, row: number): number {
    const key = `${kind}\0${companyRef ?? ''}\0${name}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.entries.length
      this.#numbers.set(key, number)
      this.entries.push({ kind, name, companyRef, rowCount: 0, firstRows: [] })
    }
    const entry = this.entries[number]
    if (entry && entry.firstRows.at(-1) !== row) {
      entry.rowCount += 1
      if (entry.firstRows.length < FIRST_ROWS) entry.firstRows.push(row)
    }
    return number
  }
}
