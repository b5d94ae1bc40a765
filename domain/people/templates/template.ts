import type { ImportOptions } from '../../imports/options.ts'
import type { Field } from '../fields.ts'

export interface TemplateColumn {
  /** The header, exactly as the file must have it; with `numbered` followed by a space and 1, 2, 3, … */
  header: string
  field: Field
  /** The file must have the column. */
  required: boolean
  /** Every cell below must be filled in. Unless said otherwise, a required column's cells are. */
  filled?: boolean
  /** Any number of columns: `module requested 1`, `module requested 2`, … */
  numbered?: boolean
  /** What a cell holds, in a sentence for people who fill the file in. */
  rule: string
}

/** A template is data: adding one means adding one declaration. */
export interface Template {
  id: string
  name: string
  /** When to take this one, in a sentence. */
  purpose: string
  /**
   * `exact`: the headers of the template, in any order. `in-order`: those, in the template's order. `matched`: any
   * headers; a person says which column is which field, and what is not named is not imported.
   */
  headers: 'exact' | 'in-order' | 'matched'
  formats: readonly ('csv' | 'xlsx')[]
  columns: readonly TemplateColumn[]
  /** Options whose default is another one than everybody's. */
  defaults: Readonly<Partial<ImportOptions>>
  /** Options that must be chosen before an import can start. */
  requires: readonly 'permissionSet'[]
  /** Three rows that show how a file is filled in; cells in the order of `exampleHeader`. */
  exampleHeader: readonly string[]
  examples: readonly (readonly string[])[]
}

/** Whether a person without a value in this column cannot be read. */
export function mustBeFilled({ required, filled = required }: TemplateColumn): boolean {
  return filled
}
