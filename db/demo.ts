import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { CustomField } from '../domain/people/fields.ts'
import { insertCampaign } from './catalogue/campaigns.ts'
import { insertCollection } from './catalogue/collections.ts'
import { allCustomFields, insertCustomField } from './catalogue/custom-fields.ts'
import { insertGroup } from './catalogue/groups.ts'
import { insertPermissionSet } from './catalogue/permission-sets.ts'
import { createDatabase, type Db, type Trx } from './core/database.ts'
import { inTransaction } from './core/transaction.ts'

/** The demo data. It refers to companies by name and to courses by title. */
interface Demo {
  companies: { name: string; cohorts: string[] }[]
  courses: { title: string; companies: string[] }[]
  groups: string[]
  permissionSets: string[]
  collections: { name: string; courses: string[] }[]
  campaigns: { name: string; startsAt: string; endsAt: string; courses: string[] }[]
  customFields: CustomField[]
}

/** The path is right from `db/` and from `dist/db/`. */
const up = import.meta.url.endsWith('.ts') ? '..' : '../..'
const demoFile = new URL(`${up}/examples/demo.json`, import.meta.url)

/** Adds the data that the example files and the options of an import name. Existing data stay unchanged. */
export async function addDemoData(db: Db, demo: Demo): Promise<void> {
  await inTransaction(db, async (trx) => {
    const companies = await addCompanies(trx, demo.companies)
    const courses = await addCourses(trx, demo.courses, companies)
    const fresh = async (table: Named, name: string) => !(await isThere(trx, table, name))
    for (const name of demo.groups) if (await fresh('groups', name)) await insertGroup(trx, name)
    for (const name of demo.permissionSets) {
      if (await fresh('permission_sets', name)) await insertPermissionSet(trx, name)
    }
    for (const { name, courses: titles } of demo.collections) {
      if (await fresh('collections', name)) await insertCollection(trx, name, idsOf(titles, courses))
    }
    for (const { name, startsAt, endsAt, courses: titles } of demo.campaigns) {
      const times = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
      if (await fresh('campaigns', name)) await insertCampaign(trx, { name, ...times, courses: idsOf(titles, courses) })
    }
    const known = new Set((await allCustomFields(trx)).map(({ key }) => key))
    for (const field of demo.customFields) if (!known.has(field.key)) await insertCustomField(trx, field)
  })
}

/** @returns ids by name */
async function addCompanies(trx: Trx, companies: Demo['companies']): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { name, cohorts } of companies) {
    await trx
      .insertInto('companies')
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { id } = await trx.selectFrom('companies').select('id').where('name', '=', name).executeTakeFirstOrThrow()
    ids.set(name, id)
    for (const cohort of cohorts) {
      await trx
        .insertInto('cohorts')
        .values({ company_id: id, name: cohort })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  }
  return ids
}

/** @returns ids by title */
async function addCourses(
  trx: Trx,
  courses: Demo['courses'],
  companies: Map<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { title, companies: names } of courses) {
    const known = await trx.selectFrom('courses').select('id').where('title', '=', title).executeTakeFirst()
    const { id } =
      known ?? (await trx.insertInto('courses').values({ title }).returning('id').executeTakeFirstOrThrow())
    ids.set(title, id)
    for (const company_id of idsOf(names, companies)) {
      await trx
        .insertInto('company_courses')
        .values({ company_id, course_id: id })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  }
  return ids
}

function idsOf(names: string[], ids: Map<string, string>): string[] {
  return names.map((name) => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`demo.json names “${name}”, which is not part of the demo`)
    return id
  })
}

type Named = 'groups' | 'permission_sets' | 'collections' | 'campaigns'

async function isThere(trx: Trx, table: Named, name: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM ${sql.table(table)} WHERE name = ${name}`.execute(trx)
  return rows.length > 0
}

if (process.argv[1]?.match(/db[\\/]demo\.[jt]s$/)) {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set. It names the database that gets the demo data.')
  const { db, pool } = createDatabase(url, { connections: 1 })
  try {
    await addDemoData(db, JSON.parse(await readFile(demoFile, 'utf8')) as Demo)
  } finally {
    await pool.end()
  }
}
