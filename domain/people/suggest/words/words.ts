import type { Field } from '../../fields.ts'

/**
 * What a header can say. `name` alone is a first name beside a last name, and the other way round; `fullName` is both
 * in one, which no field holds.
 */
export type Meaning = Field | 'name' | 'fullName'

/** How people of one language call the columns of a list of people. Accents, case and separators do not count. */
export interface HeaderWords {
  meanings: Readonly<Record<Meaning, readonly string[]>>
  /** Beside one of these words a header speaks of something else: `company phone`, `manager's first name`. */
  elsewhere: readonly string[]
  /** Beside one of these words an address is somebody's own: where there is another one, that is the one to write to. */
  personal: readonly string[]
}
