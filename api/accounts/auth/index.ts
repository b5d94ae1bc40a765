import type { ApiDeps } from '../../http/deps.ts'
import { type ConsoleAuth, createConsoleAuth } from './console-auth.ts'
import { createLimits, type Limits } from './limits.ts'
import { type AccountLinks, createAccountLinks } from './links.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** The services that the routes of administrators share. */
export interface Accounts {
  auth: ConsoleAuth
  sessions: Sessions
  links: AccountLinks
  limits: Limits
}

export function createAccounts(deps: ApiDeps): Accounts {
  const auth = createConsoleAuth(deps.config, deps.db)
  const limits = createLimits()
  return { auth, limits, sessions: createSessions(deps, auth, limits), links: createAccountLinks(deps.config) }
}
