import type { ColumnType, Generated } from 'kysely'
import type { Mapping } from '../../domain/people/fields.ts'
import type { ReadingChoices } from './imports.ts'

/** The steps in which an import is put together, in their order. */
export const draftSteps = ['file', 'columns', 'choices', 'check', 'import'] as const
export type DraftStep = (typeof draftSteps)[number]

/** An import that is being put together. Belongs to the key or the account that began it, and exists for nobody else. */
export interface DraftsTable {
  id: Generated<string>
  file_id: string
  api_key_id: string | null
  account_id: string | null
  /** null: whatever its headers fit. */
  template: string | null
  /** Header by field; null: as the file suggests. */
  mapping: ColumnType<Mapping | null, string | null | undefined, string | null>
  /** Options as they were given, without defaults; never a password. */
  options: ColumnType<Record<string, unknown>, string | undefined, string>
  reading: ColumnType<ReadingChoices, string | undefined, string>
  /** Of the file, read with `reading`; null until it was read to its end. */
  records: number | null
  step: Generated<DraftStep>
  /** The import that it led to. */
  import_id: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
