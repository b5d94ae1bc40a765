import { z } from '@hono/zod-openapi'
import {
  type Campaign,
  deleteCampaign,
  findCampaign,
  insertCampaign,
  listCampaigns,
  lockCampaign,
  updateCampaign,
} from '../../db/catalogue/campaigns.ts'
import type { Trx } from '../../db/core/database.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { invalidRequest } from '../http/problems.ts'
import { idsSchema } from '../http/schemas/common.ts'
import { nameSchema } from '../http/schemas/name.ts'
import { campaignSchema, nameFilter, searchFilter, whenSchema } from './catalogue-schemas.ts'
import { lockKnownCourses } from './check-catalogue.ts'

const startsAt = whenSchema.openapi({ example: '2026-03-02T00:00:00Z' })
const endsAt = whenSchema.openapi({ example: '2026-06-30T22:00:00Z' })
const newCampaign = z
  .strictObject({ name: nameSchema, courses: idsSchema.default([]), startsAt, endsAt })
  .refine(endsLater, { path: ['endsAt'], error: 'expected a time after startsAt' })
const campaignChange = z.strictObject({
  name: nameSchema.optional(),
  courses: idsSchema.optional(),
  startsAt: startsAt.optional(),
  endsAt: endsAt.optional(),
})

/** Campaigns, which are sets of courses with a start and an end. Every key reads them. Platform-wide keys manage them. */
export function campaignRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'campaign',
    many: 'campaigns',
    item: campaignSchema,
    filters: { name: nameFilter, q: searchFilter, startsAt: whenSchema.optional(), endsAt: whenSchema.optional() },
    managedBy: 'platform',
    list: async (...args) => (await listCampaigns(...args)).map(campaignJson),
    find: async (...args) => {
      const found = await findCampaign(...args)
      return found && campaignJson(found)
    },
    create: {
      body: newCampaign,
      conflicts: true,
      insert: (db, campaign) =>
        inTransaction(db, async (trx) => {
          await lockKnownCourses(trx, campaign.courses)
          return insertCampaign(trx, campaign)
        }),
    },
    change: {
      body: campaignChange,
      conflicts: true,
      description: '`courses` replaces all courses of the campaign. Enrolled users stay enrolled.',
      update: (db, { id }, change) => inTransaction(db, (trx) => changeCampaign(trx, id, change)),
    },
    remove: {
      description: 'The courses of the campaign stay, and enrolled users stay enrolled.',
      delete: (db, { id }) => deleteCampaign(db, id),
    },
  })
}

/** Changes a campaign. A request may name only one of the two times, so the other comes from the stored campaign. */
async function changeCampaign(trx: Trx, id: string, change: z.output<typeof campaignChange>): Promise<void> {
  const stored = await lockCampaign(trx, id)
  if (!stored) return
  const { startsAt = stored.startsAt, endsAt = stored.endsAt } = change
  if (!endsLater({ startsAt, endsAt })) {
    throw invalidRequest([{ path: 'endsAt', message: 'expected a time after startsAt' }])
  }
  await lockKnownCourses(trx, change.courses ?? [])
  await updateCampaign(trx, id, change)
}

function endsLater({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): boolean {
  return endsAt > startsAt
}

function campaignJson({ startsAt, endsAt, ...rest }: Campaign): z.output<typeof campaignSchema> {
  return { ...rest, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
}
