import type { ColumnType, Generated } from 'kysely'

/** The events of an import. */
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

/** Written by the trigger of `imports` (db/migrations/initial/import-history.ts), and with each new title alias. */
export interface ImportHistoryTable {
  id: Generated<string>
  import_id: string
  at: Generated<Date>
  what: ImportEvent
  /** The administrator or key that decided it; null: no decision. */
  by: string | null
  detail: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
}
