import { randomBytes } from 'node:crypto'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { pino } from 'pino'
import type { ImportDeps } from '../../activities/core/deps.ts'
import { createActivities } from '../../activities/index.ts'
import type { Activities } from '../../activities/types.ts'
import type { Db } from '../../db/core/database.ts'
import { openDatabase } from './database.ts'
import { type GivenFile, storeImport } from './stored-import.ts'

export const silent = pino({ level: 'silent' })

/** Cohorts and courses by company. “Team-Work” and “Team – Work” differ by their dash only. */
const catalogue: Record<string, { cohorts: string[]; courses: string[] }> = {
  'Blue Harbour': {
    cohorts: ['Spring 2026', 'Autumn 2026'],
    courses: ['Safety – Level 1', 'First Aid', 'Data Protection', 'Team-Work', 'Team – Work'],
  },
  'North Wind': { cohorts: ['Welders'], courses: ['Safety – Level 1', 'Welding'] },
}

export type World = Awaited<ReturnType<typeof importWorld>>

/** A database with companies, cohorts and courses, to which a test adds imports that have not started. */
export async function importWorld() {
  const database = await openDatabase()
  const { db, pool } = database
  const deps: ImportDeps = { db, pool, log: silent, searchAttributes: false }
  const run = runnerOf(createActivities(deps))
  const ids = await addCatalogue(db)
  const key = await db
    .insertInto('api_keys')
    .values({ name: 'test', companies: null, contact: null, prefix: 'test', hash: randomBytes(32) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    ...database,
    ids,
    deps,
    /** Stores a file and the import of it, as the API does. */
    givenFile: (text: string | Buffer, given: GivenFile = {}) => storeImport(db, text, { apiKeyId: key.id, ...given }),
    /** Runs one activity as the worker would, on this database. */
    run,
  }
}

type Name = keyof Activities

function runnerOf(activities: Activities) {
  return <N extends Name>(name: N, input: Parameters<Activities[N]>[0], environment = activityEnvironment()) =>
    environment.run(activities[name] as never, input) as Promise<Awaited<ReturnType<Activities[N]>>>
}

/** The context that a worker gives an activity. Failures are asserted, not printed. */
export function activityEnvironment(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') })
}

async function addCatalogue(db: Db) {
  const companies: Record<string, string> = {}
  const courses: Record<string, string> = {}
  for (const [name, has] of Object.entries(catalogue)) {
    const { id } = await db.insertInto('companies').values({ name }).returning('id').executeTakeFirstOrThrow()
    companies[name] = id
    for (const cohort of has.cohorts) {
      await db.insertInto('cohorts').values({ company_id: id, name: cohort }).execute()
    }
    for (const title of has.courses) {
      courses[title] ??= (await db.insertInto('courses').values({ title }).returning('id').executeTakeFirstOrThrow()).id
      await db.insertInto('company_courses').values({ company_id: id, course_id: courses[title] }).execute()
    }
  }
  return {
    company: (name: string) => known(companies, name),
    course: (title: string) => known(courses, title),
  }
}

function known(ids: Record<string, string>, name: string): string {
  const id = ids[name]
  if (id === undefined) throw new Error(`The test's catalogue has no “${name}”.`)
  return id
}
