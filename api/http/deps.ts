import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Config } from '../../config/config.ts'
import type { Connections } from '../../db/core/database.ts'
import type { Caller } from './caller.ts'

/** What the API is given when it starts; nothing is created when a module loads. */
export interface ApiDeps extends Connections {
  config: Config
  /** The connection is made by the first call that needs it: the API starts and answers while Temporal is down. */
  temporal: () => Promise<Client>
  log: Logger
  /** Bytes of one uploaded file; domain/imports/limits.ts unless a test lowers it. */
  maxFileBytes?: number
  /** Milliseconds that a person's decision waits for the workflow's word; api/imports/decide/decide.ts unless a test lowers it. */
  decisionTimeoutMs?: number
  /** Fires when the process stops: streams that would go on for hours end. */
  stopping?: AbortSignal
}

/** What a request carries from one middleware to the next. */
export interface AppEnv {
  Variables: { caller: Caller; requestId: string }
}
