import type { Logger } from 'pino'
import type { Connections } from '../../db/core/database.ts'

/** What activities are given by the worker; nothing is created when a module loads. */
export interface ImportDeps extends Connections {
  log: Logger
  /** Whether the Temporal server knows Muster's search attributes; found out once when the worker starts. */
  searchAttributes: boolean
}
