import { describe, expect, test } from 'vitest'
import type { ImportOptions } from '../../../domain/imports/options.ts'
import { dump, dumpPeople, importRow, rowErrors } from '../../support/dump.ts'
import {
  ada,
  apply,
  group,
  imported,
  insert,
  inWorldOfChoices,
  made,
  names,
  planned,
  update,
  world,
  written,
  zoe,
} from './choices.ts'

inWorldOfChoices()

describe('a confirmed plan', () => {
  const reviewed = { ...update, review: true } as const
  const outdated = { type: 'PlanOutdated' }

  test.each([
    ['a value changed', `UPDATE users SET last_name = 'Lovelace'`],
    ['a group changed', 'INSERT INTO user_groups SELECT u.id, g.id FROM users u, groups g LIMIT 1'],
    [
      'somebody appeared',
      `INSERT INTO users (email, email_key, first_name, language, enabled)
      VALUES ('zoe@people.example', 'zoe@people.example', 'Z', 'en', true)`,
    ],
  ])('a confirmed plan is not applied, and its batch writes nothing: %s', async (_, change) => {
    await imported([ada()])
    const { importId } = await planned([ada({ name: 'Augusta', groups: 'Welders' }), zoe()], reviewed)
    await world.pool.query(change)
    const before = await dumpPeople(world.db)
    await expect(apply(importId)).rejects.toMatchObject(outdated)
    expect(await dumpPeople(world.db)).toEqual(before)
  })

  const first = `(SELECT id FROM courses WHERE title = 'First Aid')`
  test.each<[string, Partial<ImportOptions>, string]>([
    [
      'somebody was taken out of a course that the file names',
      update,
      `DELETE FROM enrolments WHERE course_id = ${first}`,
    ],
    [
      'somebody who is only enrolled was taken out of it',
      { enrolExisting: true },
      `DELETE FROM enrolments WHERE course_id = ${first}`,
    ],
    [
      'somebody who was to get a new password was disabled',
      { ...update, passwords: { set: 'generate', updateExisting: true, forceReset: true } },
      'UPDATE users SET enabled = false',
    ],
  ])('a confirmed plan is not applied: %s', async (_, options, change) => {
    await imported([ada({ title: 'First Aid' })], { sendEmails: false })
    const { importId } = await planned([ada({ name: 'Augusta', title: 'First Aid' })], { ...options, review: true })
    await world.pool.query(change)
    await expect(apply(importId)).rejects.toMatchObject(outdated)
  })

  test('a confirmed plan is not applied if a skipped invitation was withdrawn', async () => {
    await imported([ada()], { mode: 'invite', sendEmails: false })
    const { importId, plan } = await planned([ada()], { review: true })
    expect(plan).toMatchObject({ create: 0, skip: 1 })
    await world.pool.query('DELETE FROM invitations')
    await expect(apply(importId)).rejects.toMatchObject(outdated)
    await world.run('pauseImport', { importId, phase: 'apply', failure: 'PlanOutdated', courseIds: [] })
    const moved = [{ row: 2, email: 'ada@people.example', what: 'gone' }]
    expect((await importRow(world.db, importId)).problem).toMatchObject({ moved })
  })

  test('a confirmed plan is applied if users that it skips have changed or accepted an invitation', async () => {
    await imported([ada()], { mode: 'invite', sendEmails: false })
    await imported([zoe()], { sendEmails: false })
    const { importId } = await planned([ada(), zoe()], { review: true })
    await world.pool.query(`UPDATE users SET last_name = 'Lovelace'`)
    const columns = 'id, email, email_key, first_name, last_name, company_id, language, enabled'
    await world.pool.query(`INSERT INTO users (${columns}) SELECT ${columns} FROM invitations`)
    await world.pool.query('DELETE FROM invitations')
    await apply(importId)
    expect((await written(importId)).counts).toMatchObject({ skipped: 2 })
  })

  test('a confirmed plan is applied if only values outside the plan have changed', async () => {
    await imported([ada()])
    const { importId } = await planned([ada({ name: 'Augusta' })], reviewed)
    await world.pool.query(`UPDATE users SET region = 'North', updated_at = now()`)
    await apply(importId)
    expect((await written(importId)).counts).toMatchObject({ updated: 1 })
  })

  test('the pause names the changed users, and a new plan uses their current values', async () => {
    await imported([ada()])
    const { importId } = await planned([ada({ name: 'Augusta' }), zoe()], reviewed)
    await imported([zoe({ name: 'Zoltan' })])
    await world.pool.query(`UPDATE users SET first_name = 'Adelheid' WHERE email_key LIKE 'ada%'`)
    await world.run('pauseImport', { importId, phase: 'apply', failure: 'PlanOutdated', courseIds: [] })
    const { problem } = await importRow(world.db, importId)
    expect(problem).toMatchObject({
      code: 'plan-outdated',
      moved: [
        { row: 2, email: 'ada@people.example', what: 'changed' },
        { row: 3, email: 'zoe@people.example', what: 'appeared' },
      ],
    })
    expect(problem?.detail).toContain('Rows: 2, 3.')
    await world.run('refreshPlan', { importId })
    await apply(importId)
    expect((await written(importId)).outcomes).toEqual([
      ['updated', { firstName: 'Adelheid' }],
      ['updated', { firstName: 'Zoltan' }],
    ])
  })
})

describe('a deleted reference of the plan', () => {
  const pausedFor = async (importId: string) => {
    await world.run('pauseImport', { importId, phase: 'apply', failure: 'ReferenceDeleted', courseIds: [] })
    return (await importRow(world.db, importId)).problem
  }

  const aside = async (sqlText: string) => void (await world.pool.query(sqlText))

  test.each<[string, () => Partial<ImportOptions>, string, object, string]>([
    [
      'a group of the file',
      () => ({}),
      `DELETE FROM groups WHERE name = 'Welders'`,
      { kind: 'group', name: 'Welders' },
      'Deleted: group “Welders”.',
    ],
    [
      'a group of the options',
      () => ({ groups: [group.Everybody as string] }),
      `DELETE FROM groups WHERE name = 'Everybody'`,
      { kind: 'group', name: null },
      'Deleted: group of the options.',
    ],
    [
      'a permission set',
      () => ({ permissionSet: made.learner as string }),
      'DELETE FROM permission_sets',
      { kind: 'permissionSet', name: null },
      'Deleted: permission set of the options.',
    ],
  ])(
    'a deleted reference stops the batch without invalid rows, and the pause names it: %s',
    async (_, options, change, one, text) => {
      const { importId } = await planned([ada({ groups: 'Welders' }), zoe()], options())
      await aside(change)
      const before = await dumpPeople(world.db)
      await expect(apply(importId)).rejects.toMatchObject({ type: 'ReferenceDeleted' })
      expect(await dumpPeople(world.db)).toEqual(before)
      expect(await rowErrors(world.db, importId)).toEqual([])
      const problem = await pausedFor(importId)
      expect(problem).toMatchObject({ code: 'reference-deleted', deleted: [one] })
      expect(problem?.detail).toContain(text)
    },
  )

  test('a group of the file that was created again under its name is joined', async () => {
    const { importId } = await planned([ada({ groups: 'Welders' })])
    await aside(`DELETE FROM groups WHERE name = 'Welders'`)
    await expect(apply(importId)).rejects.toMatchObject({ type: 'ReferenceDeleted' })
    await insert('groups', { name: 'Welders' })
    await apply(importId)
    expect(names((await dump(world.db)).groups)).toEqual(['Welders'])
  })

  test('a deleted course stops a batch of users without a company', async () => {
    const course = await insert('courses', { title: 'Gone soon' })
    const enrol = { courses: [course], collections: [], campaigns: [] }
    const given = { mapping: { email: 'email', firstName: 'first name' } }
    const { importId } = await planned([ada()], { enrol }, given)
    await aside(`DELETE FROM courses WHERE title = 'Gone soon'`)
    await expect(apply(importId)).rejects.toMatchObject({ type: 'ReferenceDeleted' })
    expect(await pausedFor(importId)).toMatchObject({ deleted: [{ kind: 'course', id: course, name: null }] })
  })

  test('a deleted group that users only leave does not stop the batch', async () => {
    const { importId } = await planned([ada({ groups: 'Welders' })], { ...update, groupsMode: 'remove' })
    await aside(`DELETE FROM groups WHERE name = 'Welders'`)
    await apply(importId)
    expect((await written(importId)).counts).toMatchObject({ created: 1 })
  })
})
