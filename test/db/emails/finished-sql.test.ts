import { expect, it } from 'vitest'
import type { Db } from '../../../db/core/database.ts'
import { claimEmails } from '../../../db/emails/claim-emails.ts'
import { finishEmails } from '../../../db/emails/outbox.ts'
import { finishedSql } from '../finished-sql.ts'

const mailingId = '01980000-0000-7000-8000-000000000001'

it('a claim of e-mails runs the statements in claim-emails.sql', async () => {
  const claimed = { id: '01980000-0000-7000-8000-000000000002', personId: '01980000-0000-7000-8000-000000000003' }
  const options = { mailingId, limit: 200, leaseMs: 45_000, linkHours: 48, tokenHash: () => Buffer.alloc(32) }
  const activation = { ...claimed, kind: 'activation', language: 'en', companyId: null, superseded: false }
  const outdated = { ...activation, id: mailingId, superseded: true }
  const answers = [[], [claimed], [], [], [activation, outdated]]
  const sql = await finishedSql((trx) => claimEmails(trx, options), answers)
  await expect(sql).toMatchFileSnapshot('../snapshots/claim-emails.sql')
})

it('the end of e-mails runs the statement in finish-emails.sql', async () => {
  const ending = { id: mailingId, attempt: 1, outcome: 'sent', error: null } as const
  const sql = await finishedSql((trx) => finishEmails(trx as unknown as Db, [ending], 48))
  await expect(sql).toMatchFileSnapshot('../snapshots/finish-emails.sql')
})
