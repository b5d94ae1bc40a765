import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../../support/catalogue.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'
import { storedImport } from '../../support/stored-import.ts'

let world: ConsoleWorld
let companies: Awaited<ReturnType<typeof twoCompanies>>
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  companies = await twoCompanies(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  await sql`TRUNCATE users, invitations, outbox, mailings CASCADE`.execute(world.db)
})

const addressed = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@example.com`

/** Creates a user with this name. `more` has further fields of the API. */
async function given(name: string, more: Record<string, unknown> = {}, path = 'users'): Promise<string> {
  const [firstName, ...last] = name.split(' ')
  const lastName = last.join(' ') || null
  return companies.made(path, { email: addressed(name), firstName, lastName, company: companies.blue.company, ...more })
}

/** Creates `count` users of one company, as an import leaves them. */
async function givenMany(count: number): Promise<void> {
  await sql`INSERT INTO users (email, email_key, first_name, last_name, company_id, language, enabled)
    SELECT 'person' || n || '@example.com', 'person' || n || '@example.com', 'Person', n::text,
      ${companies.blue.company}, 'en', true FROM generate_series(1, ${count}::int) n`.execute(world.db)
}

const links = (page: Awaited<ReturnType<ConsoleWorld['open']>>) =>
  page.getByRole('table', { name: 'People' }).getByRole('link')

describe('the list of users', () => {
  test('an empty list explains how to add users', async () => {
    const page = await world.openAs(null, '/people')
    await page.getByText('There is nobody yet').waitFor()
    await page.getByRole('search', { name: 'Filters' }).waitFor({ state: 'detached' })
    expect(await page.getByRole('main').getByRole('link').allTextContents()).toEqual([
      'Import people',
      'Add one',
      'Invite one',
    ])
    await shoot(page, 'people-empty')
    await page.getByRole('link', { name: 'Add one' }).click()
    await page.waitForURL('**/people/new')
    await page.goto('/people?q=nobody')
    await page.getByText('Nobody matches').waitFor()
    await page.getByRole('search', { name: 'Filters' }).waitFor()
  })

  test('the list shows the state and company of each user, and links to the page of the user', async () => {
    const ada = await given('Ada Lovelace')
    await given('Grace Hopper', { company: companies.red.company, enabled: false })
    await given('Emmy Noether', { sendEmail: false }, 'invitations')
    const page = await world.openAs(null, '/people')
    await links(page).first().waitFor()
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    const text = /Ada Lovelace.*Not activated.*ada\.lovelace@.*Blue Harbour/
    // Company names load in a separate request.
    await expect.poll(() => row('Ada').textContent()).toMatch(text)
    expect(await row('Grace').textContent()).toMatch(/Disabled.*Red Hill/)
    expect(await row('Emmy').textContent()).toContain('Invited')
    await shoot(page, 'people')
    await links(page).filter({ hasText: 'Ada' }).press('Enter')
    await page.waitForURL(`**/people/${ada}`)
  })

  test('users are found by an import, older than 100 others, whose file name contains the typed words', async () => {
    const first = await storedImport(world, 'Staff of March.csv', { status: 'completed' })
    for (let n = 0; n < 101; n++) await storedImport(world, `later-${n}.csv`, { status: 'completed' })
    const ada = await given('Ada Lovelace')
    await given('Grace Hopper')
    await sql`INSERT INTO outcomes (import_id, row_no, outcome, user_id)
      VALUES (${first}, 2, 'created', ${ada})`.execute(world.db)
    const page = await world.openAs(null, '/people')
    await links(page).nth(1).waitFor()
    const filter = page.getByRole('combobox', { name: 'Import' })
    await filter.click()
    await page.getByRole('option', { name: /^later-100\.csv/ }).waitFor()
    await filter.fill('march staff')
    await page.getByRole('option', { name: /^Staff of March\.csv/ }).click()
    await page.waitForURL(`**/people?import=${first}`)
    await expect.poll(() => links(page).allTextContents()).toEqual(['Ada Lovelace'])
    await page.reload()
    await expect.poll(() => filter.inputValue()).toMatch(/^Staff of March\.csv, /)
    await shoot(page, 'people-of-import')
    await page.getByRole('button', { name: 'Import: all' }).click()
    await links(page).nth(1).waitFor()
  })

  test('users are found by name or address as it is typed, and the URL opens the same view', async () => {
    await given('Ada Lovelace')
    await given('Grace Hopper')
    const page = await world.openAs(null, '/people')
    await links(page).first().waitFor()
    await page.getByRole('searchbox', { name: 'Find by name or address' }).pressSequentially('hopp')
    await page.waitForURL('**/people?q=hopp')
    await links(page).filter({ hasText: 'Ada' }).waitFor({ state: 'detached' })
    await expect.poll(() => links(page).allTextContents()).toEqual(['Grace Hopper'])
    await page.goto('/people?q=ADA.LOVE')
    await links(page).first().waitFor()
    await expect.poll(() => links(page).allTextContents()).toEqual(['Ada Lovelace'])
    await page.goto('/people?q=nobody')
    await page.getByText('Nobody matches').waitFor()
    await shoot(page, 'people-nobody-found')
    await page.getByRole('button', { name: 'Without search and filters' }).click()
    await links(page).filter({ hasText: 'Grace' }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
  })

  test('users are filtered by state, company and group', async () => {
    const group = await companies.made('groups', { name: 'Night shift' })
    await given('Ada Lovelace', { groups: [group] })
    await given('Grace Hopper', { company: companies.red.company, enabled: false })
    const page = await world.openAs(null, '/people')
    await page.getByRole('button', { name: 'Disabled' }).click()
    await page.waitForURL('**/people?state=disabled')
    await links(page).filter({ hasText: 'Ada' }).waitFor({ state: 'detached' })
    await expect.poll(() => links(page).allTextContents()).toEqual(['Grace Hopper'])
    await page.getByRole('button', { name: 'Disabled', pressed: true }).click()
    await page.getByRole('combobox', { name: 'Group' }).click()
    await page.getByRole('option', { name: 'Night shift' }).click()
    await links(page).filter({ hasText: 'Grace' }).waitFor({ state: 'detached' })
    await expect.poll(() => links(page).allTextContents()).toEqual(['Ada Lovelace'])
    await page.goto(`/people?company=${companies.red.company}`)
    await links(page).first().waitFor()
    await expect.poll(() => links(page).allTextContents()).toEqual(['Grace Hopper'])
  })

  test('users of other companies do not exist for an administrator of one company', async () => {
    await given('Ada Lovelace')
    await given('Grace Hopper', { company: companies.red.company })
    const page = await world.openAs([companies.red.company], '/people')
    await links(page).first().waitFor()
    await expect.poll(() => links(page).allTextContents()).toEqual(['Grace Hopper'])
  })

  test('the list scrolls through 450 users with few of them in the page', async () => {
    await givenMany(450)
    const page = await world.openAs(null, '/people')
    await links(page).first().waitFor()
    await shoot(page, 'people-many')
    await page.keyboard.press('End')
    await page.getByRole('link', { name: 'Person 450', exact: true }).waitFor()
    expect(await page.getByRole('row').count()).toBeLessThan(70)
  })

  test('the list shows that Muster does not respond, and that an administrator may not see it', async () => {
    const page = await world.openAs(null, '/imports')
    await page.route('**/v1/users?*', (route) => route.abort())
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByText('Muster cannot be reached').waitFor()
    await shoot(page, 'people-unreachable')
    await page.unroute('**/v1/users?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('There is nobody yet').waitFor()
    const detail = 'An administrator of the platform may do this.'
    const problem = {
      type: '/problems/x',
      title: 'Only the platform',
      status: 403,
      code: 'platform-key-required',
      detail,
    }
    await page.route('**/v1/users?*', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    )
    await page.reload()
    await page.getByText('Not for your account').waitFor()
    await shoot(page, 'people-no-permission')
  })

  test('the loading list has the layout of the loaded one', async () => {
    const page = await world.openAs(null, '/imports')
    await page.route('**/v1/users?*', () => undefined)
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByRole('status', { name: 'Loading' }).waitFor()
    await shoot(page, 'people-loading')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
})

describe('activation e-mails', () => {
  const queued = () =>
    world.db.selectFrom('outbox').innerJoin('people', 'people.id', 'person_id').select('people.email').execute()

  test('the chosen users get new activation e-mails after one question that says what it does', async () => {
    await given('Ada Lovelace')
    await given('Grace Hopper')
    await given('Mary Somerville', { enabled: false })
    const page = await world.openAs(null, '/people')
    await page.getByRole('checkbox', { name: 'Choose Ada Lovelace' }).check()
    await page.getByRole('checkbox', { name: 'Choose Mary Somerville' }).check()
    await page.getByText('2 people chosen').waitFor()
    await page.getByRole('button', { name: 'Send activation again' }).click()
    const question = page.getByRole('dialog')
    await question.getByText('2 people get a new e-mail').waitFor()
    expect(await question.textContent()).toContain('Links that they were sent before stop working')
    await shoot(page, 'people-send-again')
    await question.getByRole('button', { name: 'Send activation again' }).click()
    await page.getByText('1 e-mail is on the way. 1 person gets none: 1 disabled.').waitFor()
    await question.waitFor({ state: 'detached' })
    await shoot(page, 'people-sent-again')
    expect(await queued()).toEqual([{ email: addressed('Ada Lovelace') }])
  })

  test('all users of the page get new activation e-mails, and the button shows their number', async () => {
    await givenMany(3)
    const page = await world.openAs(null, '/people')
    await page.getByRole('checkbox', { name: 'All 3' }).check()
    await page.getByText('3 people chosen').waitFor()
    await page.getByRole('checkbox', { name: 'Choose Person 2' }).uncheck()
    await page.getByText('2 people chosen').waitFor()
  })

  test('all matching users get new activation e-mails, loaded or not', async () => {
    await givenMany(130)
    await given('Grace Hopper', { company: companies.red.company })
    const page = await world.openAs(null, `/people?company=${companies.blue.company}`)
    await page.getByText('130 people found').waitFor()
    await page.getByRole('button', { name: 'Choose all 130 that match' }).click()
    await page.getByText('All 130 that match are chosen').waitFor()
    await page.getByRole('button', { name: 'Send activation again' }).click()
    await page.getByText('130 of those who match these filters get a new e-mail').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Send activation again' }).click()
    await page.getByText('130 e-mails are on the way').waitFor()
    expect(await queued()).toHaveLength(130)
  })
})

describe('a new user', () => {
  test('a user is added with the fields of a row, and the page of the user opens', async () => {
    await companies.made('custom-fields', { key: 'shoeSize', label: 'Shoe size', type: 'number' })
    const page = await world.openAs(null, '/people/new')
    await page.getByLabel('E-mail address').fill('mary@example.com')
    await page.getByLabel('First name').fill('Mary')
    await page.getByRole('combobox', { name: 'Company' }).fill('Blue')
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await page.getByRole('combobox', { name: 'Courses' }).click()
    await page.getByRole('option', { name: 'Safety at Blue Harbour' }).click()
    await page.keyboard.press('Escape')
    await page.getByLabel('Shoe size').fill('38')
    await page.getByLabel('Message').fill('Welcome aboard.')
    await page.getByRole('button', { name: 'Add this person' }).click()
    await page.getByRole('heading', { name: 'Mary', level: 1 }).waitFor()
    const id = page.url().split('/').at(-1)
    const { body } = await companies.platform.get(`/v1/users/${id}`)
    const { company, course } = companies.blue
    expect(body).toMatchObject({ email: 'mary@example.com', company, courses: [course], custom: { shoeSize: 38 } })
    expect(await world.db.selectFrom('outbox').select('message').execute()).toEqual([{ message: 'Welcome aboard.' }])
  })

  test('an invited user has no account before accepting', async () => {
    const page = await world.openAs(null, '/people/invite')
    await page.getByLabel('E-mail address').fill('mary@example.com')
    await page.getByRole('button', { name: 'Invite this person' }).click()
    await page.getByRole('heading', { name: 'mary@example.com', level: 1 }).waitFor()
    expect(await world.db.selectFrom('users').select('id').execute()).toEqual([])
    expect(await world.db.selectFrom('invitations').select('email').execute()).toEqual([{ email: 'mary@example.com' }])
  })

  test('an invalid user is rejected at the invalid fields', async () => {
    await given('Ada Lovelace')
    const page = await world.openAs(null, '/people/new')
    await page.getByLabel('E-mail address').waitFor()
    await shoot(page, 'person-new')
    await page.getByLabel('E-mail address').fill('not an address')
    await page.getByRole('combobox', { name: 'Language' }).fill('??')
    await page.getByRole('button', { name: 'Add this person' }).click()
    await page.locator('[aria-invalid="true"]').nth(1).waitFor()
    await page.locator('[type="email"]:focus').waitFor()
    await shoot(page, 'person-new-refused')
    await page.getByRole('combobox', { name: 'Language' }).fill('')
    await page.getByLabel('E-mail address').fill(addressed('Ada Lovelace'))
    await page.getByRole('button', { name: 'Add this person' }).click()
    await page.getByText('Another user has this e-mail address.').first().waitFor()
  })
})
