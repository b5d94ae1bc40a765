import type { ColumnType, Generated } from 'kysely'

/** What can happen to an import. */
export const importEvents = [
  'received',
  'read',
  'checked',
  'confirmed',
  'applied',
  'emails-done',
  'paused',
  'resumed',
  'taught',
  'checked-again',
  'completed',
  'rejected',
  'cancelled',
  'failed',
] as const
export type ImportEvent = (typeof importEvents)[number]

/** Written by the trigger of `imports` (db/migrations/import-history.ts), and by whoever teaches titles. */
export interface ImportHistoryTable {
  id: Generated<string>
  import_id: string
  at: Generated<Date>
  what: ImportEvent
  /** Who it was; null where nobody decided anything. */
  by: string | null
  detail: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
}
