import type { Field } from '../../fields.ts'

/**
 * The meanings of a header. `name` is the first name in a file with a last name, and the last name in a file with a
 * first name. `fullName` is both in one cell, for which there is no field.
 */
export type Meaning = Field | 'name' | 'fullName'

/** What the columns of a list of people are called in one language. Accents, case and separators do not matter. */
export interface HeaderWords {
  meanings: Readonly<Record<Meaning, readonly string[]>>
  /** Words that make a header mean something without a field: `company phone`, `manager's first name`. */
  elsewhere: readonly string[]
  /** Words that mark a private address. A file with another address column uses that one. */
  personal: readonly string[]
}
