import type { ColumnType, Generated } from 'kysely'
import type { Mapping } from '../../domain/people/fields.ts'
import type { ReadingChoices } from './imports.ts'

/** The steps of preparing an import, in order. */
export const draftSteps = ['file', 'columns', 'choices', 'check', 'import'] as const
export type DraftStep = (typeof draftSteps)[number]

/** An import that an administrator or a program prepares. Only its account or key can see it. */
export interface DraftsTable {
  id: Generated<string>
  file_id: string
  api_key_id: string | null
  account_id: string | null
  /** null: the template that fits the headers. */
  template: string | null
  /** Header by field; null: as the file suggests. */
  mapping: ColumnType<Mapping | null, string | null | undefined, string | null>
  /** Options as given, without defaults and without a password. */
  options: ColumnType<Record<string, unknown>, string | undefined, string>
  reading: ColumnType<ReadingChoices, string | undefined, string>
  /** Records of the file, read with `reading`; null until it was read to its end. */
  records: number | null
  step: Generated<DraftStep>
  /** The import that it became. */
  import_id: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
