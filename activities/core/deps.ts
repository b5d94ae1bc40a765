import type { Logger } from 'pino'
import type { Connections } from '../../db/core/database.ts'

/** What the worker passes to activities. Loading a module creates nothing. */
export interface ImportDeps extends Connections {
  log: Logger
  /** Whether the Temporal server knows Muster's search attributes; checked once when the worker starts. */
  searchAttributes: boolean
}
