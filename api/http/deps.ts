import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Config } from '../../config/config.ts'
import type { Connections } from '../../db/core/database.ts'
import type { Caller } from './caller.ts'

/** What the API needs to start. Loading a module creates nothing. */
export interface ApiDeps extends Connections {
  config: Config
  /** Connects at the first call, so that the API starts and responds while Temporal is down. */
  temporal: () => Promise<Client>
  log: Logger
  /** Maximum bytes of one uploaded file. Default: domain/imports/limits.ts. Tests lower it. */
  maxFileBytes?: number
  /** Milliseconds that a decision waits for the workflow. Default: api/imports/decide/decide.ts. Tests lower it. */
  decisionTimeoutMs?: number
  /** Aborts when the process stops, to end streams that would stay open for hours. */
  stopping?: AbortSignal
}

/** The variables that middleware sets on a request. */
export interface AppEnv {
  Variables: { caller: Caller; requestId: string }
}
