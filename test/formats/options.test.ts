import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyPassword } from '../../security/password.ts'
import { passwordOf } from '../support/servers/smtp-sink.ts'
import { type FormatsWorld, formatsWorld, type Given, OFFICE, PASSWORD } from './world.ts'

let world: FormatsWorld
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  const { made, blue } = world
  for (const title of ['First Aid', 'Fire Safety', 'Welding']) {
    ids[title] = await made('courses', { title, companies: [blue.company] })
  }
  for (const name of ['Analysts', 'Welders', 'Everybody']) ids[name] = await made('groups', { name })
  for (const name of ['Learner', 'Editor']) ids[name] = await made('permission-sets', { name })
  ids.basics = await made('collections', { name: 'Basics', courses: [ids['First Aid'], blue.course] })
  const span = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' }
  ids.spring = await made('campaigns', { name: 'Spring', courses: [ids['First Aid'], ids['Fire Safety']], ...span })
})
afterAll(() => world.close())

const header = 'email,first name,company,region,groups,course 1'

interface Cells {
  name?: string
  region?: string
  groups?: string
  course?: string
}

const address = (who: string) => `${who}@option.example`
const line = (who: string, { name = who, region = '', groups = '', course = '' }: Cells = {}) =>
  [address(who), name, 'Blue Harbour', region, groups, course].join(',')

/** Imports these lines and returns the finished import. */
const imported = (lines: string | string[], options: object = {}, given: Given = {}) =>
  world.imported([header, lines].flat().join('\n'), { template: 'none', options, ...given })

const of = (who: string) => world.person(address(who))
const named = (...names: string[]) => names.map((name) => ids[name]).sort()
/** Runs imports concurrently. Together they take less time, but each one takes longer. */
const patiently = { timeout: 180_000 }
const quietly = { sendEmails: false }
const update = { ...quietly, existing: 'update' }

/** Columns of a user that the API does not return, because the learning platform handles the sign-in. */
const signInOf = (who: string) =>
  world.db
    .selectFrom('users')
    .select(['password_hash', 'must_change_password'])
    .where('email_key', '=', address(who))
    .executeTakeFirstOrThrow()

const signsIn = async (who: string, password: string) =>
  verifyPassword((await signInOf(who)).password_hash ?? '', password)

test('every option has the default of the table', async () => {
  const { defaults } = (await world.office.get('/v1/templates/onboarding')).body
  expect(defaults).toMatchObject({
    mode: 'create',
    existing: 'skip',
    blankCells: 'keep',
    enrolExisting: false,
    passwords: { set: 'activation', updateExisting: false, forceReset: true },
    sendEmails: true,
    message: null,
    deliverTo: 'user',
    enrol: null,
    groups: [],
    groupsMode: 'add',
    permissionSet: null,
    invalidRows: 'skip',
    review: false,
    dryRun: false,
  })
})

describe.concurrent('mode', patiently, () => {
  test('mode create creates an account at once that is inactive until activated', async () => {
    const done = await imported(line('ada'))
    expect(done.counts).toMatchObject({ created: 1, invited: 0 })
    expect(await of('ada')).toMatchObject({ status: 'pending', enabled: true })
    await world.complete(world.links(address('ada'))[0] as string)
    expect((await of('ada')).status).toBe('active')
  })

  test('mode invite creates only an invitation, and the account is created when the user accepts and completes it', async () => {
    const done = await imported(line('bea', { groups: 'Analysts', course: 'First Aid' }), { mode: 'invite' })
    expect(done.counts).toMatchObject({ created: 0, invited: 1, assignments: 1 })
    const invited = await of('bea')
    expect(invited).toMatchObject({ status: 'invited', groups: named('Analysts'), courses: named('First Aid') })
    const told = { row: 2, email: address('bea'), user: invited.id, courses: ['First Aid'] }
    expect(await world.rows(done.id)).toEqual([{ ...told, outcome: 'invited', errors: [] }])
    const accounts = () => world.db.selectFrom('users').select('id').where('id', '=', invited.id).execute()
    const link = world.links(address('bea'))[0] as string
    expect((await world.open(link)).status).toBe(200)
    expect(await accounts()).toEqual([])
    expect((await world.complete(link)).status).toBe(200)
    expect(await accounts()).toEqual([{ id: invited.id }])
    expect(await of('bea')).toEqual({ ...invited, status: 'active', activatedAt: expect.stringMatching(/Z$/) })
    const { body } = await world.office.get(`/v1/imports/${done.id}/result.json`)
    expect(body.summary).toEqual({ created: 0, invited: 1, updated: 0, skipped: 0, assignments: 1 })
    expect(body.invited).toMatchObject([told])
  })

  test('a later file that changes an open invitation reports its changes like those of a user', async () => {
    await imported(line('bob', { region: 'North' }), { ...quietly, mode: 'invite' })
    const cells = { region: 'South', groups: 'Welders', course: 'Welding' }
    const done = await imported(line('bob', cells), { ...quietly, mode: 'invite', existing: 'update' })
    const changes = { region: { from: 'North', to: 'South' }, groups: { from: [], to: named('Welders') } }
    const told = { outcome: 'updated', user: (await of('bob')).id, courses: ['Welding'], changes }
    expect(await world.rows(done.id)).toMatchObject([told])
    const csv: string = (await world.office.get(`/v1/imports/${done.id}/result.csv`)).body
    expect(csv).toContain('updated,Welding')
  })
})

describe.concurrent('existing users', patiently, () => {
  test('existing: skip leaves users unchanged and reports them as skipped, and update gives them the file’s values', async () => {
    await imported(line('cleo', { region: 'North' }), quietly)
    const before = await of('cleo')
    const skipped = await imported(line('cleo', { name: 'Cleopatra', region: 'South' }), quietly)
    expect(skipped.counts).toMatchObject({ skipped: 1, updated: 0 })
    expect(await world.rows(skipped.id, '?outcome=skipped')).toMatchObject([{ row: 2, user: before.id }])
    expect(await of('cleo')).toEqual(before)
    const updated = await imported(line('cleo', { name: 'Cleopatra', region: 'South' }), update)
    expect(updated.counts).toMatchObject({ skipped: 0, updated: 1 })
    expect(await of('cleo')).toEqual({ ...before, firstName: 'Cleopatra', region: 'South' })
  })

  test('blankCells keeps or clears a user’s value where the file’s cell is empty', async () => {
    await imported(line('dora', { region: 'North' }), quietly)
    await imported(line('dora'), update)
    expect((await of('dora')).region).toBe('North')
    await imported(line('dora'), { ...update, blankCells: 'clear' })
    expect((await of('dora')).region).toBeNull()
  })

  test('enrolExisting enrols existing users in the file’s titles and enrol, even with existing: skip', async () => {
    await imported(line('emma'), quietly)
    const enrol = { courses: [ids.Welding] }
    const without = await imported(line('emma', { course: 'First Aid' }), { ...quietly, enrol })
    expect(without.counts).toMatchObject({ skipped: 1, assignments: 0 })
    const given = { ...quietly, enrol, enrolExisting: true }
    const withIt = await imported(line('emma', { name: 'Other', course: 'First Aid' }), given)
    expect(withIt.counts).toMatchObject({ skipped: 1, assignments: 2 })
    expect(await of('emma')).toMatchObject({ firstName: 'emma', courses: named('First Aid', 'Welding') })
  })
})

describe.concurrent('passwords', patiently, () => {
  test('passwords.set activation gives users no password, and each chooses one through the link', async () => {
    await imported(line('finn'))
    expect((await signInOf('finn')).password_hash).toBeNull()
    await world.complete(world.links(address('finn'))[0] as string)
    expect(await signsIn('finn', PASSWORD)).toBe(true)
  })

  test('passwords.set generate sends each user a unique password by e-mail', async () => {
    await imported([line('gina'), line('gus')], { passwords: { set: 'generate' } })
    const sent = ['gina', 'gus'].map((who) => world.sink.copies(address(who)).map(passwordOf))
    expect(sent).toEqual([[expect.stringMatching(/./)], [expect.stringMatching(/./)]])
    const [gina = '', gus = ''] = sent.flat()
    expect(gina).not.toBe(gus)
    expect([await signsIn('gina', gina), await signsIn('gus', gus)]).toEqual([true, true])
    expect((await of('gina')).status).toBe('active')
  })

  test('passwords.set default gives all users one password and requires passwords.default', async () => {
    const refused = await world.upload(`${header}\n${line('hana')}`, {
      template: 'none',
      options: { passwords: { set: 'default' } },
    })
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([422, 'default-password-required'])
    await imported([line('hana'), line('hugo')], { ...quietly, passwords: { set: 'default', default: PASSWORD } })
    expect([await signsIn('hana', PASSWORD), await signsIn('hugo', PASSWORD)]).toEqual([true, true])
    expect((await of('hana')).status).toBe('active')
  })

  test('passwords.updateExisting gives existing users the new password, and without it they keep theirs', async () => {
    const first = { ...quietly, passwords: { set: 'default', default: PASSWORD } }
    await imported(line('iris'), first)
    const other = 'nine herons in a painted row'
    const passwords = { set: 'default', default: other }
    await imported(line('iris'), { ...update, passwords })
    expect(await signsIn('iris', PASSWORD)).toBe(true)
    await imported(line('iris'), { ...update, passwords: { ...passwords, updateExisting: true } })
    expect([await signsIn('iris', PASSWORD), await signsIn('iris', other)]).toEqual([false, true])
  })

  test('passwords.forceReset makes users whose password was set choose a new one at the next sign-in', async () => {
    const passwords = { set: 'default', default: PASSWORD }
    await imported(line('jana'), { ...quietly, passwords })
    await imported(line('jon'), { ...quietly, passwords: { ...passwords, forceReset: false } })
    expect((await signInOf('jana')).must_change_password).toBe(true)
    expect((await signInOf('jon')).must_change_password).toBe(false)
  })
})

describe.concurrent('e-mails', patiently, () => {
  test('sendEmails sends the e-mail with the import, and without it users can be invited later from the user list', async () => {
    const done = await imported(line('kim'))
    expect(done.counts.emails).toEqual({ queued: 0, sent: 1, failed: 0 })
    const later = await imported(line('kurt'), quietly)
    expect(later.counts.emails).toEqual({ queued: 0, sent: 0, failed: 0 })
    expect([world.mails(address('kim')).length, world.mails(address('kurt')).length]).toEqual([1, 0])
    const { id } = await of('kurt')
    expect(await world.office.post('/v1/activations', { users: [id] })).toMatchObject({
      status: 202,
      body: { queued: 1 },
    })
    const { link } = await world.untilMail(address('kurt'))
    expect((await world.complete(link)).status).toBe(200)
  })

  test('sendEmails may be turned off except with passwords.set: generate', async () => {
    const options = { ...quietly, passwords: { set: 'generate' } }
    const { status, body } = await world.upload(`${header}\n${line('lara')}`, { template: 'none', options })
    expect([status, body.errors?.[0]?.code]).toEqual([422, 'generated-passwords-need-emails'])
  })

  test('message adds a personal text to the e-mail, and by default there is none', async () => {
    await imported(line('mona'), { message: 'See you on Monday.\nBring boots.' })
    await imported(line('max'))
    expect(world.mails(address('mona'))[0]).toMatch(/See you on Monday\.[\s>]+Bring boots\./)
    expect(world.mails(address('max'))[0]).not.toContain('Monday')
  })

  test('deliverTo importer sends all activation e-mails to the administrator’s own address', async () => {
    const before = world.links(OFFICE).filter(Boolean).length
    await imported([line('nina'), line('nils')], { deliverTo: 'importer' })
    expect([...world.mails(address('nina')), ...world.mails(address('nils'))]).toEqual([])
    const links = world.links(OFFICE).filter(Boolean).slice(before)
    expect(links).toHaveLength(2)
    for (const link of links) expect((await world.complete(link)).status).toBe(200)
    expect([(await of('nina')).status, (await of('nils')).status]).toEqual(['active', 'active'])
  })
})

describe.concurrent('what every user in the file gets', patiently, () => {
  test('enrol adds courses, collections and campaigns to each row’s own titles and records the reason', async () => {
    const enrol = { courses: [ids.Welding], collections: [ids.basics], campaigns: [ids.spring] }
    const done = await imported([line('olga', { course: 'Fire Safety' }), line('otto')], { ...quietly, enrol })
    expect(done.counts).toMatchObject({ created: 2, assignments: 8 })
    const all = [...named('Welding', 'First Aid', 'Fire Safety'), world.blue.course].sort()
    expect([(await of('olga')).courses, (await of('otto')).courses]).toEqual([all, all])
    const reasons = await world.db
      .selectFrom('enrolments')
      .select(['course_id', 'import_id', 'collection_id', 'campaign_id'])
      .where('user_id', '=', (await of('otto')).id)
      .execute()
    const why = new Map(reasons.map(({ course_id, ...rest }) => [course_id, Object.values(rest)]))
    expect(why.get(ids.Welding as string)).toEqual([done.id, null, null])
    expect(why.get(world.blue.course)).toEqual([done.id, ids.basics, null])
    expect(why.get(ids['Fire Safety'] as string)).toEqual([done.id, null, ids.spring])
  })

  test('groups adds every user in the file to the groups, but existing users only with existing: update', async () => {
    await imported(line('pia'), quietly)
    const groups = [ids.Everybody]
    await imported([line('pia'), line('paul', { groups: 'Welders' })], { ...quietly, groups })
    expect([(await of('pia')).groups, (await of('paul')).groups]).toEqual([[], named('Everybody', 'Welders')])
    const done = await imported(line('pia'), { ...update, groups })
    expect(done.counts.updated).toBe(1)
    expect((await of('pia')).groups).toEqual(named('Everybody'))
  })

  test('groupsMode adds users to the groups, removes users from them, or replaces the users’ groups', async () => {
    await imported(line('quin', { groups: 'Analysts' }), quietly)
    await imported(line('quin', { groups: 'Welders' }), { ...update, groups: [ids.Everybody] })
    expect((await of('quin')).groups).toEqual(named('Analysts', 'Welders', 'Everybody'))
    await imported(line('quin', { groups: 'Welders' }), { ...update, groupsMode: 'remove', groups: [ids.Everybody] })
    expect((await of('quin')).groups).toEqual(named('Analysts'))
    await imported(line('quin', { groups: 'Welders' }), { ...update, groupsMode: 'replace', groups: [ids.Everybody] })
    expect((await of('quin')).groups).toEqual(named('Welders', 'Everybody'))
  })

  test('permissionSet applies to every user in the file, and the template decides whether it is required', async () => {
    await imported([line('rosa')], { ...quietly, permissionSet: ids.Learner })
    await imported([line('rosa'), line('rolf')], { ...update, permissionSet: ids.Editor })
    expect([(await of('rosa')).permissionSet, (await of('rolf')).permissionSet]).toEqual([ids.Editor, ids.Editor])
    const { items } = (await world.office.get('/v1/templates')).body
    const required = (items as { id: string; requires: string[] }[]).map(({ id, requires }) => [id, requires])
    expect(Object.fromEntries(required)).toEqual({ onboarding: [], invitation: [], team: ['permissionSet'], none: [] })
  })
})

describe('invalid rows, review and dry run', () => {
  const bad = line('no at sign').replace('@', ' at ')

  test('invalidRows reject lets one invalid row reject the file', async () => {
    const before = await world.everybody()
    const done = await imported([line('sara'), bad], { ...quietly, invalidRows: 'reject' })
    expect(done).toMatchObject({
      status: 'rejected',
      problem: { code: 'invalid-rows' },
      counts: { created: 0, invalid: 1 },
    })
    expect(await world.everybody()).toEqual(before)
  })

  test('invalidRows skip imports the valid rows and returns the invalid ones as a file with a reason column to correct', async () => {
    const done = await imported([line('sara'), bad], quietly)
    expect(done).toMatchObject({ status: 'completed', counts: { created: 1, invalid: 1 } })
    const file: string = (await world.office.get(`/v1/imports/${done.id}/errors.csv`)).body
    const [head, ...rows] = file.trim().split('\r\n')
    expect(head).toBe(`errors of import ${done.id},${header}`)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(/^"?email: /)
    const corrected = file.replace('no at sign at option.example', address('sven'))
    const again = await world.imported(corrected, { template: 'none', options: quietly })
    expect(again).toMatchObject({ status: 'completed', parent: done.id, counts: { created: 1, invalid: 0 } })
    expect(await of('sven')).toBeDefined()
  })

  test('review stops after validation, shows what would happen and waits for confirmation', async () => {
    const waiting = await imported([line('tina', { course: 'First Aid' })], { review: true })
    expect(waiting).toMatchObject({ status: 'review', plan: { create: 1, assignments: 1, emails: 1 } })
    const { items } = (await world.office.get(`/v1/imports/${waiting.id}/plan`)).body
    expect(items).toMatchObject([{ row: 2, action: 'create', courses: ['First Aid'], sendsEmail: true }])
    expect(await of('tina')).toBeUndefined()
    expect((await world.office.post(`/v1/imports/${waiting.id}/confirm`)).status).toBe(200)
    await world.untilMail(address('tina'))
    expect(await of('tina')).toMatchObject({ courses: named('First Aid') })
  })

  test('dryRun validates and reports, and writes nothing', async () => {
    const before = [await world.everybody(), (await world.office.get('/v1/groups')).body]
    const done = await imported([line('ugo', { course: 'First Aid' }), bad], { dryRun: true })
    expect(done).toMatchObject({ status: 'completed', plan: { create: 1, invalid: 1, assignments: 1, emails: 1 } })
    expect(done.counts).toMatchObject({ created: 0, assignments: 0, emails: { queued: 0, sent: 0, failed: 0 } })
    expect(Object.values(await world.errors(done.id))).toEqual([['email: invalid-email']])
    expect([await world.everybody(), (await world.office.get('/v1/groups')).body]).toEqual(before)
    expect(world.mails(address('ugo'))).toEqual([])
  })
})
