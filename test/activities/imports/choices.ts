import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { importSettings } from '../../../db/imports/import-settings.ts'
import { planRows } from '../../../db/imports/rows/plan-rows.ts'
import type { ImportOptions } from '../../../domain/imports/options.ts'
import { dump, outcomesOf } from '../../support/dump.ts'
import type { GivenFile } from '../../support/stored-import.ts'
import { importWorld, type World } from '../../support/world.ts'

export let world: World
/** Ids of groups by name. `made` has the ids of everything else that an option may name. */
export const group: Record<string, string> = {}
export const made: Record<string, string> = {}

/** Starts each test without users, with three groups, and with one or two of each other item that an option may name. */
export function inWorldOfChoices(): void {
  beforeAll(async () => {
    world = await importWorld()
  })
  afterAll(() => world.close())
  beforeEach(afresh)
}

async function afresh(): Promise<void> {
  await world.pool.query(`TRUNCATE users, invitations, imports, import_rows, import_matches, outcomes, files, groups,
    permission_sets, collections, campaigns, custom_fields, outbox CASCADE`)
  for (const name of ['Analysts', 'Welders', 'Everybody']) group[name] = await insert('groups', { name })
  made.learner = await insert('permission_sets', { name: 'Learner' })
  made.editor = await insert('permission_sets', { name: 'Editor' })
  made.safety = await insert('collections', { name: 'Safety' })
  made.spring = await insert('campaigns', { name: 'Spring', starts_at: '2026-01-01', ends_at: '2036-01-01' })
  await insert('custom_fields', { key: 'desk', label: 'Desk', type: 'text' })
  await insert('custom_fields', { key: 'shoe_size', label: 'Shoe size', type: 'number' })
  await link('collection_courses', 'collection_id', made.safety, ['Safety – Level 1', 'First Aid'])
  await link('campaign_courses', 'campaign_id', made.spring, ['First Aid', 'Data Protection'])
}

export async function insert(table: string, values: Record<string, string>): Promise<string> {
  const names = Object.keys(values)
  const text = `INSERT INTO ${table} (${names}) VALUES (${names.map((_, i) => `$${i + 1}`)}) RETURNING id`
  const { rows } = await world.pool.query(text, Object.values(values))
  return rows[0].id
}

export async function link(table: string, column: string, id: string, titles: string[]) {
  for (const title of titles) {
    await world.pool.query(`INSERT INTO ${table} (${column}, course_id) VALUES ($1, $2)`, [id, world.ids.course(title)])
  }
}

const header = 'email,first name,last name,company,groups,course 1,desk,shoe'
const mapping = {
  email: 'email',
  firstName: 'first name',
  lastName: 'last name',
  company: 'company',
  groups: 'groups',
  'title 1': 'course 1',
  'custom.desk': 'desk',
  'custom.shoe_size': 'shoe',
}

/** Cells of one row. Ada by default. */
export const ada = (more: Partial<Record<'email' | 'name' | 'groups' | 'title' | 'desk' | 'shoe', string>> = {}) =>
  [
    more.email ?? 'ada@people.example',
    more.name ?? 'Ada',
    'Byron',
    'Blue Harbour',
    more.groups ?? '',
    more.title ?? '',
    more.desk ?? '',
    more.shoe ?? '',
  ].join(',')

export const zoe = (more: Parameters<typeof ada>[0] = {}) => ada({ email: 'zoe@people.example', name: 'Zoë', ...more })

export async function planned(lines: string[], options: Partial<ImportOptions> = {}, given: GivenFile = {}) {
  const text = `${header}\n${lines.join('\n')}\n`
  const importId = await world.givenFile(text, { template: 'none', mapping, ...given, options })
  await world.run('moveImport', { importId, check: 1, status: 'parsing', phase: 'parse' })
  const parsed = await world.run('parseFile', { importId })
  expect(parsed.problem).toBeNull()
  await world.run('moveImport', { importId, check: 1, status: 'validating', phase: 'validate' })
  const { result, plan } = await world.run('validateRows', { importId })
  return { importId, result, plan }
}

export const apply = (importId: string) => world.run('applyBatch', { importId, firstRow: 2, lastRow: 10_001 })

export async function imported(lines: string[], options: Partial<ImportOptions> = {}, given: GivenFile = {}) {
  const { importId, plan } = await planned(lines, options, given)
  await apply(importId)
  const { counts, outcomes } = await written(importId)
  return { ...(await dump(world.db)), importId, plan, counts, outcomes }
}

export async function planOf(importId: string) {
  const settings = await importSettings(world.db, importId)
  if (!settings) throw new Error('The import is there.')
  return planRows(world.db, { ...settings, id: importId }, { action: null, with: null, after: 0, limit: 100 })
}

export async function written(importId: string) {
  const outcomes = await outcomesOf(world.db, importId)
  const [counts] = await world.db
    .selectFrom('import_batches')
    .where('import_id', '=', importId)
    .select(['created', 'invited', 'updated', 'skipped', 'assignments', 'emails'])
    .execute()
  return { counts, outcomes: outcomes.map(([, outcome, before]) => [outcome, before]) }
}

export const names = (rows: unknown[]) => rows.map((row) => Object.values(row as object).slice(1, 2)[0])
export const update = { existing: 'update' } as const
