import { parentOf } from '../../imports/repair.ts'
import type { CustomField, Mapping, SingleField } from '../fields.ts'
import { mappingByHeaders } from '../mapping.ts'
import type { Template } from '../templates/index.ts'
import { type CellKind, kindOf, mayHoldAddresses } from './cells.ts'
import { type HeaderMeaning, meaningOf } from './header-meaning.ts'
import { type NormalForm, normalForm } from './normal-form.ts'

/** Where a suggestion comes from: a header of the template, the meaning of a header, or the contents of the cells. */
export type SuggestionSource = 'template' | 'header' | 'cells'

/** A column of a file and the mapping key that is suggested for it. Without one (null), the column is not imported. */
export interface Suggestion {
  header: string
  field: string | null
  source: SuggestionSource | null
}

/** The highest number of a course title in a mapping. */
const MAX_TITLES = 9_999

/**
 * Suggests a field for each column of a file by its header, in eight languages, or by its cells when the header is
 * unknown. No two columns get the same field. Any number of columns can be course titles: `title 1`, `title 2`, …
 *
 * @param samples the first records, each as long as `headers`. A hundred are plenty.
 */
export function suggestColumns(
  template: Template,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  customFields: readonly CustomField[],
): Suggestion[] {
  const suggesting = new Suggesting(headers, samples)
  suggesting.byTemplate(template)
  suggesting.byCustomFields(customFields)
  suggesting.byHeaders(({ meaning, number }) => meaning.sure && (number === null || meaning.meaning === 'title'))
  suggesting.byHeaders(({ meaning }) => meaning.sure)
  suggesting.byHeaders(({ meaning }) => !meaning.personal)
  suggesting.byHeaders(() => true)
  suggesting.byNames()
  suggesting.byCells(customFields)
  return suggesting.columns.map(({ header, field, source }) => ({ header, field, source }))
}

/** Returns the mapping that the suggestions form. */
export function mappingOf(suggestions: readonly Suggestion[]): Mapping {
  return Object.fromEntries(suggestions.flatMap(({ header, field }) => (field === null ? [] : [[field, header]])))
}

interface Column extends Suggestion {
  form: NormalForm
  meaning: HeaderMeaning | 'other' | null
  /** True when the header is unique. A mapping cannot name a duplicate header. */
  usable: boolean
  cells: string[]
}

/** Assigns fields to the columns of a file in steps. A step never changes what an earlier step assigned. */
class Suggesting {
  readonly columns: Column[]
  readonly #taken = new Set<string>()

  constructor(headers: readonly string[], samples: readonly (readonly string[])[]) {
    this.columns = headers.map((header, index) => {
      const form = normalForm(header)
      const usable = headers.indexOf(header) === headers.lastIndexOf(header) && parentOf(header) === null
      const cells = samples.map((record) => record[index] ?? '')
      return { header, field: null, source: null, form, meaning: meaningOf(form), usable, cells }
    })
  }

  #give(column: Column | undefined, field: string, source: SuggestionSource): void {
    if (!column?.usable || column.field !== null || this.#taken.has(field)) return
    Object.assign(column, { field, source })
    this.#taken.add(field)
  }

  byTemplate(template: Template): void {
    const own = mappingByHeaders(
      template,
      this.columns.map(({ header }) => header),
    )
    for (const [field, header] of Object.entries(own)) {
      this.#give(
        this.columns.find((column) => column.header === header),
        field,
        'template',
      )
    }
  }

  /** Matches a custom field only by its key or its label, because an administrator chose these names. */
  byCustomFields(customFields: readonly CustomField[]): void {
    for (const { key, label } of customFields) {
      const names = new Set([key, label, `custom.${key}`].map(withNumber).filter((name) => name !== ''))
      const column = this.columns.find(({ header, field }) => field === null && names.has(withNumber(header)))
      this.#give(column, `custom.${key}`, 'header')
    }
  }

  byHeaders(which: (column: { meaning: HeaderMeaning; number: number | null }) => boolean): void {
    for (const column of this.columns) {
      const { meaning: said, form, field } = column
      if (field !== null || said === null || said === 'other') continue
      if (!which({ meaning: said, number: form.number })) continue
      const { meaning, sure } = said
      if (meaning === 'title') this.#give(column, this.#titleOf(form.number), 'header')
      else if (meaning !== 'name' && meaning !== 'fullName' && (sure || fits(meaning, column.cells))) {
        this.#give(column, meaning, 'header')
      }
    }
  }

  /** Returns the title key with the number of the header, or with the next free number. */
  #titleOf(number: number | null): string {
    const wanted = number !== null && number >= 1 && number <= MAX_TITLES ? number : 1
    let free = wanted
    while (this.#taken.has(`title ${free}`)) free += 1
    return `title ${free}`
  }

  /**
   * Treats `Name` as the last name in a file with a first name, and as the first name in a file with a last name. Alone
   * it is the full name, which is imported as the first name so that it is not lost.
   */
  byNames(): void {
    const named = (what: 'name' | 'fullName') =>
      this.columns.find(({ meaning }) => meaning !== null && meaning !== 'other' && meaning.meaning === what)
    const [first, last] = [this.#taken.has('firstName'), this.#taken.has('lastName')]
    if (!first || !last) this.#give(named('name'), first ? 'lastName' : 'firstName', 'header')
    if (!this.#taken.has('firstName') && !last) this.#give(named('fullName'), 'firstName', 'header')
  }

  /** Assigns a field when exactly one column has such cells. With two such columns, an administrator must choose. */
  byCells(customFields: readonly CustomField[]): void {
    const fields: [CellKind, SingleField][] = [
      ['email', 'email'],
      ['language', 'language'],
      ['yes-no', 'enabled'],
    ]
    for (const [kind, field] of fields) {
      const [column, another] = this.#looking(kind).filter(({ meaning }) => meaning === null)
      if (!another) this.#give(column, field, 'cells')
    }
    const dates = customFields.filter(({ type, key }) => type === 'date' && !this.#taken.has(`custom.${key}`))
    const [column, another] = this.#looking('date')
    if (dates[0] && !dates[1] && !another) this.#give(column, `custom.${dates[0].key}`, 'cells')
  }

  #looking(kind: CellKind): Column[] {
    return this.columns.filter(({ usable, field, cells }) => usable && field === null && kindOf(cells) === kind)
  }
}

function withNumber(name: string): string {
  const { compact, number } = normalForm(name)
  return `${compact}${number ?? ''}`
}

/** Excludes headers that only mention e-mail: the cells of `E-mail language` are not addresses. */
function fits(field: SingleField, cells: readonly string[]): boolean {
  return field !== 'email' || mayHoldAddresses(cells)
}
