import type { Config } from '../../../config/config.ts'
import { insertLink } from '../../../db/accounts/account-links.ts'
import type { Trx } from '../../../db/core/database.ts'
import type { AccountLinkKind } from '../../../db/tables/accounts.ts'
import { createLinkTokens, hashToken } from '../../../security/link-token.ts'

/** Hours until a link for a forgotten password expires. An invitation expires after LINK_HOURS. */
const PASSWORD_HOURS = 1

export interface MadeLink {
  id: string
  url: string
  expiresAt: Date
}

/** Makes the links with which administrators choose their passwords. */
export interface AccountLinks {
  make(trx: Trx, accountId: string, kind: AccountLinkKind): Promise<MadeLink>
}

export function createAccountLinks(config: Pick<Config, 'MUSTER_SECRET' | 'LINK_HOURS' | 'PUBLIC_URL'>): AccountLinks {
  const { tokenFor } = createLinkTokens(config.MUSTER_SECRET, 'account')
  return {
    async make(trx, accountId, kind) {
      const hours = kind === 'invitation' ? config.LINK_HOURS : PASSWORD_HOURS
      const link = await insertLink(trx, { accountId, kind, hours, tokenHash: (id) => hashToken(tokenFor(id)) })
      return { ...link, url: `${config.PUBLIC_URL}/accept/${tokenFor(link.id)}` }
    },
  }
}
