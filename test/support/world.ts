import { randomBytes } from 'node:crypto'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { pino } from 'pino'
import type { ImportDeps } from '../../activities/core/deps.ts'
import { createActivities } from '../../activities/index.ts'
import type { Activities } from '../../activities/types.ts'
import { createDatabase, type Db } from '../../db/core/database.ts'
import { storeFile } from '../../db/files/files.ts'
import { insertImport } from '../../db/imports/imports.ts'
import { MAX_FILE_BYTES } from '../../domain/imports/limits.ts'
import { defaultsOf, type ImportOptions } from '../../domain/imports/options.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import { templates } from '../../domain/people/templates/index.ts'
import { hashPassword } from '../../security/password.ts'
import { freshDatabase } from './cluster.ts'

export const silent = pino({ level: 'silent' })

/** What the companies of a test have. The two kinds of team work differ by their dash only. */
const catalogue: Record<string, { cohorts: string[]; courses: string[] }> = {
  'Blue Harbour': {
    cohorts: ['Spring 2026', 'Autumn 2026'],
    courses: ['Safety – Level 1', 'First Aid', 'Data Protection', 'Team-Work', 'Team – Work'],
  },
  'North Wind': { cohorts: ['Welders'], courses: ['Safety – Level 1', 'Welding'] },
}

export interface GivenFile {
  /** Its id; `onboarding` unless given. Its own defaults hold where `options` says nothing. */
  template?: string
  mapping?: Mapping
  options?: Partial<ImportOptions>
  /** The one password for all, kept as the API keeps it: hashed. */
  password?: string
  /** Companies that the key may touch; null: all. */
  scope?: string[] | null
  contact?: string | null
  name?: string
}

export type World = Awaited<ReturnType<typeof importWorld>>

/** A database with companies, cohorts and courses, and imports that have been uploaded but not started. */
export async function importWorld() {
  const fresh = await freshDatabase()
  const { db, pool } = createDatabase(fresh.url, { connections: 12, name: 'import test' })
  const deps: ImportDeps = { db, pool, log: silent, searchAttributes: false }
  const run = runnerOf(createActivities(deps))
  const ids = await addCatalogue(db)
  const key = await db
    .insertInto('api_keys')
    .values({ name: 'test', companies: null, contact: null, prefix: 'test', hash: randomBytes(32) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    url: fresh.url,
    db,
    pool,
    ids,
    deps,
    /** Stores a file and the import of it, as the API does. */
    givenFile: (text: string | Buffer, given: GivenFile = {}) => givenFile(db, key, text, given),
    /** Runs one activity as the worker would, on this database. */
    run,
    async close() {
      await db.destroy()
      await fresh.drop()
    },
  }
}

type Name = keyof Activities

function runnerOf(activities: Activities) {
  return <N extends Name>(name: N, input: Parameters<Activities[N]>[0], environment = activityEnvironment()) =>
    environment.run(activities[name] as never, input) as Promise<Awaited<ReturnType<Activities[N]>>>
}

/** The surroundings that a worker gives an activity; failures are asserted, not printed. */
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

async function givenFile(db: Db, key: { id: string }, text: string | Buffer, given: GivenFile): Promise<string> {
  const { options, scope = null, contact = null, name = 'people.csv' } = given
  const template = templates.get(given.template ?? 'onboarding')
  if (!template) throw new Error(`There is no template “${given.template}”.`)
  const source = (async function* () {
    yield Buffer.from(text)
  })()
  const file = await storeFile(db, { name, source, maxBytes: MAX_FILE_BYTES })
  const id = await insertImport(db, {
    fileId: file.fileId,
    reading: {},
    template: template.id,
    mapping: given.mapping ?? null,
    options: { ...defaultsOf(template), ...options },
    passwordHash: given.password === undefined ? null : await hashPassword(given.password),
    scope,
    apiKeyId: key.id,
    accountId: null,
    startedBy: 'test',
    contact,
    idempotencyKey: null,
    fingerprint: randomBytes(32),
  })
  if (id === null) throw new Error('An import without an idempotency key is never a repeated one.')
  return id
}
