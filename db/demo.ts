import { readFile } from 'node:fs/promises'
import { createDatabase, type Db } from './database.ts'
import { inTransaction } from './transaction.ts'

interface Demo {
  companies: { name: string; cohorts: string[] }[]
  courses: { title: string; companies: string[] }[]
}

/** From `db/` and from `dist/db/` alike. */
const up = import.meta.url.endsWith('.ts') ? '..' : '../..'
const demoFile = new URL(`${up}/examples/demo.json`, import.meta.url)

/** Adds the companies, cohorts and courses that the example files name. What is there already is left alone. */
export async function addDemoData(db: Db, demo: Demo): Promise<void> {
  await inTransaction(db, async (trx) => {
    const companyIds = new Map<string, string>()
    for (const { name, cohorts } of demo.companies) {
      await trx
        .insertInto('companies')
        .values({ name })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const { id } = await trx.selectFrom('companies').select('id').where('name', '=', name).executeTakeFirstOrThrow()
      companyIds.set(name, id)
      for (const cohort of cohorts) {
        const row = { company_id: id, name: cohort }
        await trx
          .insertInto('cohorts')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
    }
    for (const { title, companies } of demo.courses) {
      const known = await trx.selectFrom('courses').select('id').where('title', '=', title).executeTakeFirst()
      const course =
        known ?? (await trx.insertInto('courses').values({ title }).returning('id').executeTakeFirstOrThrow())
      for (const name of companies) {
        const company_id = companyIds.get(name)
        if (company_id === undefined) throw new Error(`demo.json: course “${title}” names no company of the demo`)
        const row = { company_id, course_id: course.id }
        await trx
          .insertInto('company_courses')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
    }
  })
}

if (process.argv[1]?.match(/db[\\/]demo\.[jt]s$/)) {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: it names the database that gets the demo data.')
  const { db, pool } = createDatabase(url, { connections: 1 })
  try {
    await addDemoData(db, JSON.parse(await readFile(demoFile, 'utf8')) as Demo)
  } finally {
    await pool.end()
  }
}
