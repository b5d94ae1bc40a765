import { apiWorld } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'

/** A long password that is in no list of common passwords and easy to find in any output. */
export const PASSWORD = 'gravel-Ziegel-4411-teapot'

/** An id that does not exist. */
export const NOBODY = '01900000-0000-7000-8000-000000000000'

export type OptionsWorld = Awaited<ReturnType<typeof optionsWorld>>

/** Two companies, and one of each other item that an option may name. */
export async function optionsWorld(url: string) {
  const world = await apiWorld(url)
  const { db } = world
  const { blue, red, platform, made } = await twoCompanies(world)
  const group = await made('groups', { name: 'Spring' })
  const day = 86_400_000
  const campaignOf = (name: string, from: number, to: number) =>
    db
      .insertInto('campaigns')
      .values({ name, starts_at: new Date(Date.now() + from * day), ends_at: new Date(Date.now() + to * day) })
      .returning('id')
      .executeTakeFirstOrThrow()
  const permissionSet = await db
    .insertInto('permission_sets')
    .values({ name: 'Tutor' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const collection = await db
    .insertInto('collections')
    .values({ name: 'Basics' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('custom_fields').values({ key: 'badge', label: 'Badge', type: 'text' }).execute()
  return {
    ...world,
    blue,
    red,
    platform,
    /** A platform-wide key with a contact address for e-mails. */
    withContact: world.as(await world.key(null, { contact: 'office@example.com' })),
    both: world.as(await world.key([blue.company, red.company])),
    group,
    permissionSet: permissionSet.id,
    collection: collection.id,
    campaign: (await campaignOf('Autumn', -1, 30)).id,
    campaignOver: (await campaignOf('Long ago', -30, -1)).id,
  }
}
