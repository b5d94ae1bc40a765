import { describe, expect, test } from 'vitest'
import { dump, dumpPeople, importRow, rowErrors } from '../../support/dump.ts'
import {
  ada,
  apply,
  group,
  imported,
  inWorldOfChoices,
  link,
  made,
  names,
  planned,
  planOf,
  update,
  world,
  written,
  zoe,
} from './choices.ts'

inWorldOfChoices()

describe('FORMATS, groups', () => {
  test('new users join the groups of the row and of the option', async () => {
    const { groups, counts } = await imported([ada({ groups: 'Analysts / Welders' })], { groups: [group.Everybody!] })
    expect(names(groups)).toEqual(['Analysts', 'Everybody', 'Welders'])
    expect(counts).toMatchObject({ created: 1 })
  })

  test('groupsMode add: existing users join with existing: update, count as updated and keep their groups', async () => {
    await imported([ada({ groups: 'Analysts' })])
    const { groups, outcomes, plan } = await imported([ada({ groups: 'Welders' })], update)
    expect(names(groups)).toEqual(['Analysts', 'Welders'])
    expect(outcomes).toEqual([['updated', { groups: [group.Analysts] }]])
    expect(plan).toMatchObject({ update: 1, skip: 0 })
  })

  test('existing: skip leaves the groups of existing users unchanged', async () => {
    await imported([ada()])
    const { groups, outcomes } = await imported([ada({ groups: 'Welders' })], { groups: [group.Everybody!] })
    expect(groups).toEqual([])
    expect(outcomes).toEqual([['skipped', null]])
  })

  test('groupsMode remove: existing users leave these groups and no others, and new users join none', async () => {
    await imported([ada({ groups: 'Analysts/Welders' })])
    const { groups, outcomes, plan } = await imported([ada({ groups: 'Welders' }), zoe({ groups: 'Welders' })], {
      ...update,
      groupsMode: 'remove',
      groups: [group.Everybody!],
    })
    expect(groups).toEqual([{ email_key: 'ada@people.example', name: 'Analysts' }])
    expect(outcomes).toEqual([
      ['updated', { groups: [group.Analysts, group.Welders].sort() }],
      ['created', null],
    ])
    expect(plan).toMatchObject({ create: 1, update: 1 })
  })

  test('groupsMode replace: existing users end up in the groups of the row and no others', async () => {
    await imported([ada({ groups: 'Analysts/Welders' })])
    const { groups } = await imported([ada({ groups: 'Welders/Everybody' })], { ...update, groupsMode: 'replace' })
    expect(names(groups)).toEqual(['Everybody', 'Welders'])
  })

  test('groupsMode replace: an empty cell keeps the groups, and with blankCells: clear it removes them', async () => {
    await imported([ada({ groups: 'Analysts' })])
    const kept = await imported([ada()], { ...update, groupsMode: 'replace' })
    expect(names(kept.groups)).toEqual(['Analysts'])
    expect(kept.outcomes).toEqual([['skipped', null]])
    const cleared = await imported([ada()], { ...update, groupsMode: 'replace', blankCells: 'clear' })
    expect(cleared.groups).toEqual([])
    expect(cleared.outcomes).toEqual([['updated', { groups: [group.Analysts] }]])
  })

  test('a repeated import changes no groups in any groupsMode', async () => {
    for (const groupsMode of ['add', 'replace', 'remove'] as const) {
      await imported([ada({ groups: 'Analysts' })], { ...update, groupsMode })
      const { outcomes } = await imported([ada({ groups: 'Analysts' })], { ...update, groupsMode })
      expect([groupsMode, outcomes]).toEqual([groupsMode, [['skipped', null]]])
    }
  })

  test('an unknown group is an error of the row', async () => {
    const { importId, plan } = await planned([ada({ groups: 'Analysts/Divers' }), zoe()])
    expect(plan).toMatchObject({ create: 1, invalid: 1 })
    expect(await rowErrors(world.db, importId)).toEqual([
      { row: 2, errors: [{ column: 'groups', code: 'unknown-group', message: expect.any(String), value: 'Divers' }] },
    ])
  })

  test('unknownGroups: create creates an unknown group when the rows are applied and not before', async () => {
    const lines = [
      ada({ groups: 'Divers' }),
      zoe({ groups: 'Divers/Analysts' }),
      ada({ email: 'no', groups: 'Nobody' }),
    ]
    const { importId, plan } = await planned(lines, { unknownGroups: 'create' })
    expect(plan).toMatchObject({ create: 2, invalid: 1 })
    expect((await dumpPeople(world.db)).groups).toHaveLength(3)
    await apply(importId)
    const { groups } = await dump(world.db)
    expect(names(groups)).toEqual(['Divers', 'Analysts', 'Divers'])
    // A group that only a row with an error names is not created.
    expect((await dumpPeople(world.db)).groups).toHaveLength(4)
  })
})

describe('FORMATS, invitation: empty cells are allowed', () => {
  const bare = (email: string) => `,,${email},`
  const file = (...lines: string[]) => ['first_name,last_name,e-mail,company', ...lines].join('\n')

  test('empty cells keep the values of existing users, including the company, and a new user needs a company', async () => {
    await imported([ada()])
    const importId = await world.givenFile(file(bare('ada@people.example'), bare('zoe@people.example')), {
      template: 'invitation',
    })
    await world.run('parseFile', { importId })
    expect((await world.run('validateRows', { importId })).plan).toMatchObject({ skip: 1, invalid: 1 })
    expect(await rowErrors(world.db, importId)).toMatchObject([
      { row: 3, errors: [{ column: 'company', code: 'missing-value' }] },
    ])
    await apply(importId)
    expect((await dump(world.db)).users).toMatchObject([{ first_name: 'Ada', company: 'Blue Harbour' }])
  })
})

describe('FORMATS, permission set', () => {
  test('the permission set is given to new users, and to existing users with existing: update', async () => {
    await imported([ada()], { permissionSet: made.learner! })
    const { users, outcomes } = await imported([ada(), zoe()], { ...update, permissionSet: made.editor! })
    expect(users).toMatchObject([{ permission_set: 'Editor' }, { permission_set: 'Editor' }])
    expect(outcomes[0]).toEqual(['updated', { permissionSet: made.learner }])
  })
})

describe('FORMATS, custom fields', () => {
  test('custom fields are stored on the user by their type', async () => {
    const { users } = await imported([ada({ desk: 'B 12', shoe: '39.5' })])
    expect(users).toMatchObject([{ custom: { desk: 'B 12', shoe_size: 39.5 } }])
  })

  test('an empty cell keeps the custom value, with blankCells: clear it removes it, and other fields stay', async () => {
    await imported([ada({ desk: 'B 12', shoe: '39' })])
    await world.pool.query(`UPDATE users SET custom = custom || '{"elsewhere": "x"}'`)
    const kept = await imported([ada({ shoe: '40' })], update)
    expect(kept.users).toMatchObject([{ custom: { desk: 'B 12', shoe_size: 40, elsewhere: 'x' } }])
    const cleared = await imported([ada({ shoe: '40' })], { ...update, blankCells: 'clear' })
    expect((cleared.users[0] as { custom: unknown }).custom).toEqual({ shoe_size: 40, elsewhere: 'x' })
    expect(cleared.outcomes).toEqual([['updated', { custom: { desk: 'B 12', shoe_size: 40, elsewhere: 'x' } }]])
  })

  test('an invalid custom value is an error of the row with its column', async () => {
    const { importId } = await planned([ada({ shoe: 'big' }), zoe()])
    const [row] = await rowErrors(world.db, importId)
    expect(row).toMatchObject({ row: 2, errors: [{ column: 'shoe', code: 'invalid-number', value: 'big' }] })
  })
})

describe('FORMATS, enrol', () => {
  const enrol = () => ({
    courses: [world.ids.course('Team-Work')],
    collections: [made.safety!],
    campaigns: [made.spring!],
  })

  test('the option enrol adds courses to the titles of each row, each course once, and records the reason', async () => {
    const { enrolments, counts, plan } = await imported([ada({ title: 'Safety – Level 1' })], { enrol: enrol() })
    expect(enrolments.map((row) => Object.values(row as object).slice(1))).toEqual([
      ['Data Protection', null, 'Spring'],
      ['First Aid', 'Safety', null],
      ['Safety – Level 1', null, null],
      ['Team-Work', null, null],
    ])
    expect([counts?.assignments, plan?.assignments]).toEqual([4, 4])
  })

  test('existing users are enrolled with enrolExisting only, and only in courses that are new to them', async () => {
    await imported([ada({ title: 'First Aid' })])
    const without = await imported([ada()], { enrol: enrol() })
    expect([without.counts?.assignments, without.plan?.assignments]).toEqual([0, 0])
    const { counts, plan } = await imported([ada()], { enrol: enrol(), enrolExisting: true })
    expect([counts?.assignments, plan?.assignments]).toEqual([3, 3])
  })

  test('a course that a company of the file may not use rejects the file', async () => {
    const courses = [world.ids.course('Welding')]
    const before = await dumpPeople(world.db)
    const { importId, result } = await planned([ada()], { enrol: { courses, collections: [], campaigns: [] } })
    expect(result).toBe('rejected')
    expect((await importRow(world.db, importId)).problem).toMatchObject({
      code: 'enrol-not-available',
      courses: [{ course: courses[0], title: 'Welding', company: 'Blue Harbour' }],
    })
    expect(await dumpPeople(world.db)).toEqual(before)
  })

  test('a course that the company of an existing user may not use rejects the file if the row names no company', async () => {
    await imported([ada()])
    const courses = [world.ids.course('Welding')]
    const given = { mapping: { email: 'email', firstName: 'first name' } }
    const chosen = { enrol: { courses, collections: [], campaigns: [] } }
    const { importId, result } = await planned([ada(), zoe()], { ...chosen, enrolExisting: true }, given)
    expect(result).toBe('rejected')
    expect((await importRow(world.db, importId)).problem).toMatchObject({
      code: 'enrol-not-available',
      courses: [{ title: 'Welding', company: 'Blue Harbour' }],
    })
    expect((await planned([ada(), zoe()], chosen, given)).plan).toMatchObject({ create: 1, skip: 1, assignments: 1 })
  })

  test('a course withdrawn after the check from the company of an existing user stops the import', async () => {
    await imported([ada()])
    const chosen = { enrol: { courses: [world.ids.course('First Aid')], collections: [], campaigns: [] } }
    const given = { mapping: { email: 'email', firstName: 'first name' } }
    const { importId } = await planned([ada()], { ...chosen, enrolExisting: true }, given)
    const access = [world.ids.company('Blue Harbour'), world.ids.course('First Aid')]
    await world.pool.query('DELETE FROM company_courses WHERE company_id = $1 AND course_id = $2', access)
    await expect(apply(importId)).rejects.toMatchObject({ type: 'CourseWithdrawn' })
    await world.pool.query('INSERT INTO company_courses (company_id, course_id) VALUES ($1, $2)', access)
    await apply(importId)
    expect((await written(importId)).counts).toMatchObject({ skipped: 1, assignments: 1 })
  })

  test('a course that does not exist for the caller is not named, but its collection is', async () => {
    await link('collection_courses', 'collection_id', made.safety!, ['Welding'])
    const { importId, result } = await planned(
      [ada()],
      { enrol: { courses: [], collections: [made.safety!], campaigns: [] } },
      { scope: [world.ids.company('Blue Harbour')] },
    )
    expect(result).toBe('rejected')
    const { problem } = await importRow(world.db, importId)
    expect(problem?.courses).toEqual([
      { course: null, title: null, collection: made.safety, campaign: null, company: 'Blue Harbour' },
    ])
    expect(JSON.stringify(problem)).not.toContain('Welding')
  })

  test('a choice that is deleted before the file is checked rejects the file', async () => {
    const gone = '00000000-0000-4000-8000-000000000000'
    const { importId, result } = await planned([ada()], { permissionSet: gone, groups: [gone] })
    expect(result).toBe('rejected')
    expect((await importRow(world.db, importId)).problem).toMatchObject({
      code: 'choices-gone',
      missing: [
        { option: 'permissionSet', id: gone },
        { option: 'groups', id: gone },
      ],
    })
  })
})

describe('FORMATS, mode: invite', () => {
  const invite = { mode: 'invite' } as const

  test('mode: invite creates no account, and the invitation holds all values of the row and the options', async () => {
    const { users, invitations, groups, enrolments, outbox, outcomes, counts, plan } = await imported(
      [ada({ groups: 'Analysts', title: 'First Aid', desk: 'B 1' })],
      { ...invite, permissionSet: made.learner!, enrol: { courses: [], collections: [made.safety!], campaigns: [] } },
    )
    expect(users).toEqual([])
    expect(invitations).toMatchObject([
      { email: 'ada@people.example', company: 'Blue Harbour', custom: { desk: 'B 1' }, permission_set: 'Learner' },
    ])
    expect(names(groups)).toEqual(['Analysts'])
    expect(names(enrolments)).toEqual(['First Aid', 'Safety – Level 1'])
    expect(outbox).toMatchObject([{ email_key: 'ada@people.example', kind: 'activation', state: 'queued' }])
    expect(outcomes).toEqual([['invited', null]])
    expect(counts).toMatchObject({ invited: 1, created: 0, assignments: 2, emails: 1 })
    expect(plan).toMatchObject({ invite: 1, create: 0, assignments: 2, emails: 1 })
  })

  test('a repeated file sends no second invitation', async () => {
    await imported([ada()], invite)
    const { invitations, outbox, outcomes } = await imported([ada()], invite)
    expect([invitations.length, outbox.length]).toEqual([1, 1])
    expect(outcomes).toEqual([['skipped', null]])
  })

  test('an open invitation counts as existing, and existing: update changes it in both modes without an e-mail', async () => {
    await imported([ada({ groups: 'Analysts' })], invite)
    for (const mode of ['invite', 'create'] as const) {
      const name = `Ada ${mode}`
      const again = await imported([ada({ name, groups: 'Welders', title: 'First Aid' })], { ...update, mode })
      expect(again.invitations).toMatchObject([{ first_name: name }])
      expect([again.users.length, again.outbox.length]).toEqual([0, 1])
      expect(names(again.groups)).toEqual(['Analysts', 'Welders'])
      expect(again.outcomes[0]?.[0]).toBe('updated')
    }
  })

  test('a user with an account is not invited', async () => {
    await imported([ada()])
    const { invitations, outcomes, counts } = await imported([ada(), zoe()], invite)
    expect(invitations).toMatchObject([{ email: 'zoe@people.example' }])
    expect(outcomes.map(([outcome]) => outcome)).toEqual(['skipped', 'invited'])
    expect(counts).toMatchObject({ emails: 1 })
  })

  test('a user who gets an account between check and apply is not invited', async () => {
    const { importId } = await planned([ada()], invite)
    await imported([ada()])
    await apply(importId)
    const { users, invitations } = await dump(world.db)
    expect([users.length, invitations.length]).toEqual([1, 0])
    expect((await written(importId)).outcomes).toEqual([['skipped', null]])
  })

  test('an invitation that was accepted between check and apply is updated as a user', async () => {
    await imported([ada()], invite)
    const { importId } = await planned([ada({ name: 'Augusta' })], update)
    await world.pool.query(`INSERT INTO users (id, email, email_key, first_name, company_id, language, enabled)
      SELECT id, email, email_key, first_name, company_id, language, enabled FROM invitations`)
    await world.pool.query('DELETE FROM invitations')
    await apply(importId)
    expect((await dump(world.db)).users).toMatchObject([{ first_name: 'Augusta' }])
    expect((await written(importId)).counts).toMatchObject({ updated: 1 })
  })
})

describe('FORMATS, passwords', () => {
  const passwords = { set: 'default', updateExisting: false, forceReset: true } as const
  const password = 'correct horse battery staple'

  test('passwords default: new users are active with it, must change it and get a welcome e-mail', async () => {
    const { users, outbox } = await imported([ada()], { passwords }, { password })
    expect(users).toMatchObject([{ active: true, has_password: true, must_change_password: true }])
    expect(outbox).toMatchObject([{ kind: 'welcome' }])
  })

  test('passwords default: existing users get it and count as updated with updateExisting only', async () => {
    await imported([ada()])
    const alone = await imported([ada()], { ...update, passwords }, { password })
    expect(alone.users).toMatchObject([{ active: false, has_password: false }])
    const all = { ...passwords, updateExisting: true, forceReset: false }
    const { users, outcomes, outbox, plan } = await imported([ada()], { ...update, passwords: all }, { password })
    expect(users).toMatchObject([{ active: true, has_password: true, must_change_password: false }])
    expect(outcomes).toEqual([['updated', {}]])
    expect(outbox).toHaveLength(1)
    expect(plan).toMatchObject({ update: 1, emails: 0 })
  })

  test('passwords default: a completed import deletes the hash, and a rejected import keeps it for a recheck', async () => {
    const hashAfter = async (status: 'completed' | 'rejected') => {
      const { importId } = await planned([ada()], { passwords }, { password })
      const { checks: check } = await importRow(world.db, importId)
      await world.run('finishImport', { importId, check, status, failure: null })
      return (await importRow(world.db, importId)).password_hash
    }
    expect(await hashAfter('completed')).toBeNull()
    expect(await hashAfter('rejected')).toMatch(/^\$argon2id\$/)
  })

  test('passwords generate: the password comes by e-mail, and existing users get one with updateExisting only', async () => {
    const generate = { set: 'generate', updateExisting: false, forceReset: true } as const
    const first = await imported([ada()], { passwords: generate })
    expect(first.outbox).toMatchObject([{ kind: 'password' }])
    expect(first.users).toMatchObject([{ has_password: false }])
    const again = await imported([ada()], { ...update, passwords: generate })
    expect(again.outbox).toHaveLength(1)
    const { outbox, outcomes, plan } = await imported([ada()], {
      ...update,
      passwords: { ...generate, updateExisting: true },
    })
    expect(outbox.map((row) => (row as { kind: string }).kind)).toEqual(['password', 'password'])
    expect(outcomes[0]?.[0]).toBe('updated')
    expect(plan).toMatchObject({ update: 1, emails: 1 })
  })

  test('passwords generate: disabled users get none and do not count as updated for it', async () => {
    const passwords = { set: 'generate', updateExisting: true, forceReset: true } as const
    await imported([ada(), zoe()], { sendEmails: false })
    await world.pool.query('UPDATE users SET enabled = false')
    const { importId, plan } = await planned([ada(), zoe({ name: 'Zoe' })], { ...update, passwords, review: true })
    expect(plan).toMatchObject({ update: 1, skip: 1, emails: 0 })
    const rows = await planOf(importId)
    expect(rows.map(({ action, setsPassword }) => [action, setsPassword])).toEqual([
      ['skip', false],
      ['update', false],
    ])
    await apply(importId)
    const { outcomes } = await written(importId)
    expect(outcomes).toEqual([
      ['skipped', null],
      ['updated', { firstName: 'Zoë' }],
    ])
  })

  test('passwords generate: a user that the file enables gets one', async () => {
    const passwords = { set: 'generate', updateExisting: true, forceReset: true } as const
    await imported([ada()], { sendEmails: false })
    await world.pool.query('UPDATE users SET enabled = false')
    const text = `email,first name,on\nada@people.example,Ada,1\n`
    const columns = { email: 'email', firstName: 'first name', enabled: 'on' }
    const importId = await world.givenFile(text, {
      template: 'none',
      mapping: columns,
      options: { ...update, passwords, review: true },
    })
    await world.run('parseFile', { importId })
    expect((await world.run('validateRows', { importId })).plan).toMatchObject({ update: 1, emails: 1 })
    expect(await planOf(importId)).toMatchObject([{ action: 'update', sendsEmail: true, setsPassword: true }])
    await apply(importId)
    expect((await dump(world.db)).outbox).toMatchObject([{ kind: 'password' }])
  })

  test('passwords generate: the plan has no password for a new disabled user', async () => {
    const passwords = { set: 'generate', updateExisting: false, forceReset: true } as const
    const text = `email,first name,on\nada@people.example,Ada,0\nzoe@people.example,Zoë,1\n`
    const columns = { email: 'email', firstName: 'first name', enabled: 'on' }
    const options = { passwords, review: true }
    const importId = await world.givenFile(text, { template: 'none', mapping: columns, options })
    await world.run('parseFile', { importId })
    await world.run('validateRows', { importId })
    expect((await planOf(importId)).map(({ setsPassword }) => setsPassword)).toEqual([false, true])
  })

  test('deliverTo: importer sends all e-mails to the contact of the import', async () => {
    await imported([ada(), zoe()], { deliverTo: 'importer' }, { contact: 'admin@people.example' })
    const rows = await world.db.selectFrom('outbox').select('deliver_to').execute()
    expect(rows).toEqual([{ deliver_to: 'admin@people.example' }, { deliver_to: 'admin@people.example' }])
  })
})
