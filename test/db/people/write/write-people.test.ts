import { describe, expect, it } from 'vitest'
import { applyOpenRows } from '../../../../db/imports/apply/apply-rows.ts'
import { defaultOptions, type ImportOptions } from '../../../../domain/imports/options.ts'
import { finishedSql } from '../../finished-sql.ts'

const range = { importId: '01980000-0000-7000-8000-000000000001', firstRow: 2, lastRow: 10_001 }

/** What apply runs for a batch of a file with names, company, groups and courses. */
function batchSql(options: Partial<ImportOptions>, fields = ['email', 'firstName', 'lastName', 'company', 'courses']) {
  const settings = {
    options: { ...defaultOptions, ...options },
    scope: null,
    fields,
    passwordHash: null,
    contact: null,
  }
  return finishedSql((trx) => applyOpenRows(trx, range, settings, options.mode === 'invite'))
}

describe('the finished SQL of a batch', () => {
  it('an import that only creates users runs the SQL in create-only.sql', async () => {
    await expect(await batchSql({})).toMatchFileSnapshot('../../snapshots/write-people-create-only.sql')
  })

  it('an import that updates existing users and their groups runs the SQL in update-existing.sql', async () => {
    const options = { existing: 'update', groupsMode: 'replace' } as const
    const fields = ['email', 'firstName', 'lastName', 'company', 'groups', 'courses', 'custom.shirtSize']
    await expect(await batchSql(options, fields)).toMatchFileSnapshot(
      '../../snapshots/write-people-update-existing.sql',
    )
  })

  it('an import that invites runs the SQL in invite.sql', async () => {
    await expect(await batchSql({ mode: 'invite' })).toMatchFileSnapshot('../../snapshots/write-people-invite.sql')
  })
})
