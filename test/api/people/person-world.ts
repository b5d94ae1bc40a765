import { sql } from 'kysely'
import { createLinkTokens } from '../../../security/link-token.ts'
import { apiWorld } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'
import { deliver } from '../../support/links.ts'

export type PersonWorld = Awaited<ReturnType<typeof personWorld>>

/** Two companies, and one of each item that a user can refer to. */
export async function personWorld(url: string) {
  const world = await apiWorld(url)
  const all = await twoCompanies(world)
  const { made, blue } = all
  const aid = await made('courses', { title: 'First Aid', companies: [blue.company] })
  const fire = await made('courses', { title: 'Fire Safety', companies: [blue.company] })
  const closed = await made('courses', { title: 'Only Red Hill', companies: [all.red.company] })
  const given = {
    aid,
    fire,
    closed,
    group: await made('groups', { name: 'Night shift' }),
    permissionSet: await made('permission-sets', { name: 'Learner' }),
    collection: await made('collections', { name: 'Safety', courses: [aid, blue.course] }),
    mixed: await made('collections', { name: 'Mixed', courses: [aid, closed] }),
    campaign: await made('campaigns', {
      name: 'Spring',
      courses: [fire],
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2099-01-01T00:00:00Z',
    }),
    over: await made('campaigns', {
      name: 'Long ago',
      courses: [fire],
      startsAt: '2020-01-01T00:00:00Z',
      endsAt: '2020-02-01T00:00:00Z',
    }),
  }
  await made('custom-fields', { key: 'desk', label: 'Desk', type: 'text' })
  await made('custom-fields', { key: 'shoeSize', label: 'Shoe size', type: 'number' })
  await made('custom-fields', { key: 'startDate', label: 'Start date', type: 'date' })
  await made('custom-fields', { key: 'shift', label: 'Shift', type: 'choice', choices: ['Morning', 'Evening'] })
  return {
    ...world,
    ...all,
    given,
    outbox: (person: string) =>
      world.db.selectFrom('outbox').selectAll().where('person_id', '=', person).orderBy('id').execute(),
    /** The reason of each enrolment of a user. */
    reasons: async (table: 'enrolments' | 'invitation_courses', person: string) => {
      const key = table === 'enrolments' ? 'user_id' : 'invitation_id'
      const { rows } = await sql<{ course: string; collection: string | null; campaign: string | null }>`
        SELECT course_id AS course, collection_id AS collection, campaign_id AS campaign FROM ${sql.table(table)}
        WHERE ${sql.ref(key)} = ${person} ORDER BY 1`.execute(world.db)
      return rows
    },
    /** Marks the e-mail of a user as sent, and returns the path of its link. */
    delivered: async ({ id, mailing_id }: { id: string; mailing_id: string }) => {
      const tokens = createLinkTokens(world.deps.config.MUSTER_SECRET)
      await deliver(world.db, mailing_id, tokens)
      return `/activate/${tokens.tokenFor(id)}`
    },
  }
}
