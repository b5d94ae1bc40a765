import type { ImportOptions } from '../../imports/options.ts'
import type { Field } from '../fields.ts'

export interface TemplateColumn {
  /** The exact header that the file must have. With `numbered`, a space and 1, 2, 3, … follow it. */
  header: string
  field: Field
  /** True when the file must have the column. */
  required: boolean
  /** True when every cell of the column must be filled in. The default is the value of `required`. */
  filled?: boolean
  /** True for any number of such columns: `module requested 1`, `module requested 2`, … */
  numbered?: boolean
  /** What a cell contains, in one sentence for the user who fills in the file. */
  rule: string
}

/** A template is only data. To add a template, add one declaration. */
export interface Template {
  id: string
  name: string
  /** When to use this template, in one sentence. */
  purpose: string
  /**
   * `exact` requires the headers of the template in any order, and `in-order` requires them in the template's order.
   * `matched` allows any headers: an administrator matches columns to fields, and other columns are not imported.
   */
  headers: 'exact' | 'in-order' | 'matched'
  formats: readonly ('csv' | 'xlsx')[]
  columns: readonly TemplateColumn[]
  /** Option defaults that differ from the general ones. */
  defaults: Readonly<Partial<ImportOptions>>
  /** Options that must be chosen before an import can start. */
  requires: readonly 'permissionSet'[]
  /** The header of three example rows, which show how to fill in a file. Their cells are in this order. */
  exampleHeader: readonly string[]
  examples: readonly (readonly string[])[]
}

/** True when a row without a value in this column is invalid. */
export function mustBeFilled({ required, filled = required }: TemplateColumn): boolean {
  return filled
}
