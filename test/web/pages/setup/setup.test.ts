import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../../support/catalogue.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

let world: ConsoleWorld
let given: Awaited<ReturnType<typeof twoCompanies>>
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  given = await twoCompanies(world)
})
afterAll(() => world.close())

const dialog = (page: Page) => page.getByRole('dialog')
const row = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name, exact: true })

describe('the set-up pages', () => {
  test('the set-up page describes each kind, and each kind links back to it', async () => {
    const page = await world.openAs(null, '/setup')
    await page.getByRole('heading', { name: 'Set up', level: 1 }).waitFor()
    await shoot(page, 'setup')
    await page.getByRole('link', { name: 'Companies' }).click()
    await row(page, 'Blue Harbour').waitFor()
    await shoot(page, 'setup-companies')
    await page.getByRole('link', { name: 'Set up' }).last().click()
    await page.waitForURL('**/setup')
  })

  test('a group is added, renamed, and deleted after one question', async () => {
    const page = await world.openAs(null, '/setup/groups')
    await page.getByText('No group yet.').waitFor()
    await shoot(page, 'setup-empty')
    await page.getByRole('link', { name: 'Add a group' }).click()
    await page.waitForURL('**/setup/groups/new')
    await dialog(page).getByLabel('Name').fill('Night shift')
    await shoot(page, 'setup-add')
    await page.keyboard.press('Enter')
    await row(page, 'Night shift').click()
    await dialog(page).getByLabel('Name').fill('Late shift')
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    await row(page, 'Late shift').click()
    await page.reload()
    await page.getByRole('button', { name: 'Delete this group' }).click()
    await page.getByText('“Late shift” is deleted.').waitFor()
    await shoot(page, 'setup-delete')
    await page
      .getByRole('dialog', { name: 'Delete this group?' })
      .getByRole('button', { name: 'Delete this group' })
      .click()
    await page.getByText('No group yet.').waitFor()
    expect((await given.platform.get('/v1/groups')).body.items).toEqual([])
  })

  test('the page says why a company cannot be deleted, and which field is invalid', async () => {
    const page = await world.openAs(null, `/setup/companies/${given.blue.company}`)
    await page.getByRole('button', { name: 'Delete this company' }).click()
    const question = page.getByRole('dialog', { name: 'Delete this company?' })
    await question.getByRole('button', { name: 'Delete this company' }).click()
    await page.getByText('Not deleted. It is still in use:').waitFor()
    await shoot(page, 'setup-in-use')
    await question.getByRole('button', { name: 'Keep as it is' }).click()
    await dialog(page).getByLabel('Name').fill('Red Hill')
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    const taken = await dialog(page).getByText('Another company has this name.').getAttribute('id')
    expect(await dialog(page).getByLabel('Name').getAttribute('aria-describedby')).toContain(taken)
    await page.goto('/setup/custom-fields/new')
    await dialog(page).getByLabel('Name').fill('Cost centre')
    await dialog(page).getByLabel('Key').fill('Cost centre')
    await dialog(page).getByRole('combobox', { name: 'Holds' }).click()
    await page.getByRole('option', { name: 'One of several choices' }).click()
    await dialog(page).getByLabel('Choices').fill('Sales\nWorkshop\n')
    await dialog(page).getByRole('button', { name: 'Add a custom field' }).click()
    await page.getByText('Expected a lower-case letter').waitFor()
    await dialog(page).locator('[aria-invalid="true"]:focus').waitFor()
    await shoot(page, 'setup-wrong-field')
    await dialog(page).getByLabel('Key').fill('costCentre')
    await dialog(page).getByRole('button', { name: 'Add a custom field' }).click()
    await row(page, 'Cost centre').waitFor()
    const [field] = (await given.platform.get('/v1/custom-fields')).body.items
    expect(field).toMatchObject({ key: 'costCentre', type: 'choice', choices: ['Sales', 'Workshop'] })
    await shoot(page, 'setup-custom-fields')
  })

  test('a course among 6,000 is found in the list and where courses are chosen', async () => {
    await sql`INSERT INTO courses (title) SELECT 'Lesson ' || n FROM generate_series(1, 6000) n`.execute(world.db)
    const page = await world.openAs(null, '/setup/courses')
    await row(page, 'Lesson 1').waitFor()
    await page.getByRole('searchbox', { name: 'Search courses' }).fill('6000 less')
    await row(page, 'Lesson 6000').click()
    await dialog(page).getByLabel('Title').waitFor()
    await page.goto('/setup/collections/new')
    const courses = dialog(page).getByRole('combobox', { name: 'Courses' })
    await courses.fill('5999')
    await page.getByRole('option', { name: 'Lesson 5999' }).click()
    await dialog(page).getByLabel('Name').fill('Late')
    await page.keyboard.press('Enter')
    await row(page, 'Late').click()
    await dialog(page).getByText('Lesson 5999').waitFor()
    await sql`DELETE FROM collections; DELETE FROM courses WHERE title LIKE 'Lesson %'`.execute(world.db)
  })

  test('the page shows which companies may use a course, and finds courses by name and by company', async () => {
    const page = await world.openAs(null, '/setup/courses')
    await row(page, 'Safety at Red Hill').click()
    await dialog(page).getByRole('combobox', { name: 'Companies that may use it' }).click()
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await page.keyboard.press('Tab')
    await shoot(page, 'setup-course')
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    await page.getByText('Blue Harbour and 1 more').waitFor()
    await page.getByRole('searchbox', { name: 'Search courses' }).fill('red')
    await row(page, 'Safety at Blue Harbour').waitFor({ state: 'detached' })
    await page.waitForURL('**/setup/courses?q=red')
    await page.goto(`/setup/courses?company=${given.blue.company}`)
    await row(page, 'Safety at Blue Harbour').waitFor()
    expect(await page.getByRole('table').getByRole('link').count()).toBe(2)
    await shoot(page, 'setup-courses')
  })

  test('a campaign is created with a start and an end', async () => {
    const page = await world.openAs(null, '/setup/campaigns/new')
    await dialog(page).getByLabel('Name').fill('Spring safety')
    await dialog(page).getByLabel('Starts').fill('2026-03-01T08:00')
    await dialog(page).getByLabel('Ends').fill('2026-02-01T18:00')
    await dialog(page).getByRole('combobox', { name: 'Courses' }).fill('Blue')
    await page.getByRole('option', { name: 'Safety at Blue Harbour' }).click()
    await page.keyboard.press('Tab')
    await dialog(page).getByRole('button', { name: 'Add a campaign' }).click()
    await page.getByText('Expected a time after “Starts”.').waitFor()
    // The list omits the current year unless the campaign ends in another year.
    await dialog(page).getByLabel('Ends').fill('2031-04-01T18:00')
    await shoot(page, 'setup-campaign')
    await dialog(page).getByRole('button', { name: 'Add a campaign' }).click()
    await row(page, 'Spring safety').waitFor()
    await page.getByText('1 March 2026 to 1 April 2031').waitFor()
    const [campaign] = (await given.platform.get('/v1/campaigns')).body.items
    expect(campaign.courses).toEqual([given.blue.course])
    expect(new Date(campaign.startsAt)).toEqual(new Date('2026-03-01T08:00'))
    await shoot(page, 'setup-campaigns')
  })

  test('a title alias is created with a course that the company may use, and a saved mapping is shown', async () => {
    await given.made('mappings', {
      company: given.blue.company,
      template: 'none',
      headers: ['Mail', 'Given name', 'Remarks'],
      mapping: { email: 'Mail', firstName: 'Given name' },
    })
    const page = await world.openAs(null, '/setup/title-aliases')
    await page.getByRole('link', { name: 'Teach a title' }).click()
    const company = dialog(page).getByRole('combobox', { name: 'Company' })
    await expect.poll(() => company.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page.getByRole('listbox').count()).toBe(0)
    await shoot(page, 'setup-title-alias')
    await page.keyboard.type('blue')
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await dialog(page).getByLabel('Title in files').fill('Saftey Level 1')
    await dialog(page).getByRole('combobox', { name: 'Means this course' }).click()
    await page.getByRole('option', { name: 'Safety at Blue Harbour' }).click()
    await dialog(page).getByRole('button', { name: 'Teach a title' }).click()
    await row(page, 'Saftey Level 1').waitFor()
    await shoot(page, 'setup-title-aliases')
    await page.goto('/setup/mappings')
    await row(page, 'Mail, Given name, Remarks').click()
    await page.getByText('“Given name” is read as First name').waitFor()
    await shoot(page, 'setup-mapping')
  })
})

describe('an API key', () => {
  test('an API key is shown once, works for its companies, and is rejected when it is revoked', async () => {
    const page = await world.openAs(null, '/setup/api-keys')
    await page.getByRole('link', { name: 'Make a key' }).click()
    await dialog(page).getByLabel('Name').fill('HR system')
    await dialog(page).getByRole('combobox', { name: 'Companies' }).click()
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await page.keyboard.press('Tab')
    await dialog(page).getByRole('button', { name: 'Make a key' }).click()
    const key = (await dialog(page).locator('code').textContent()) ?? ''
    await page.keyboard.press('Escape')
    await shoot(page, 'setup-key-once')
    const held = world.as(key)
    expect((await held.get('/v1/companies')).body.items).toMatchObject([{ name: 'Blue Harbour' }])
    await dialog(page).getByRole('button', { name: 'I have it' }).click()
    await row(page, 'HR system').waitFor()
    expect(await page.content()).not.toContain(key)
    await shoot(page, 'setup-api-keys')
    await row(page, 'HR system').click()
    await page.getByRole('button', { name: 'Revoke this key' }).click()
    await page
      .getByRole('dialog', { name: 'Revoke this key?' })
      .getByRole('button', { name: 'Revoke this key' })
      .click()
    await row(page, 'HR system').waitFor({ state: 'detached' })
    expect((await held.get('/v1/companies')).status).toBe(401)
  })
})

describe('the administrators', () => {
  test('administrators are invited with a link shown once, given companies, and disabled', async () => {
    const page = await world.openAs(null, '/setup/accounts')
    await page.getByRole('link', { name: 'Invite an administrator' }).click()
    await dialog(page).getByLabel('Name').fill('Noor Haddad')
    await dialog(page).getByLabel('E-mail address').fill('noor@blue.example')
    await dialog(page).getByRole('combobox', { name: 'May do what' }).click()
    await page.getByRole('option', { name: 'Administrator of some companies' }).click()
    await dialog(page).getByRole('combobox', { name: 'Companies' }).click()
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await page.keyboard.press('Tab')
    await shoot(page, 'setup-invite')
    await dialog(page).getByRole('button', { name: 'Invite an administrator' }).click()
    const link = (await dialog(page).locator('code').textContent()) ?? ''
    expect(link).toMatch(new RegExp(`^${world.origin}/accept/.+`))
    await shoot(page, 'setup-invited')
    await dialog(page).getByRole('button', { name: 'I have it' }).click()
    await row(page, 'Noor Haddad').click()
    await shoot(page, 'setup-administrator')
    await page.getByRole('button', { name: 'Disable this account' }).click()
    const question = page.getByRole('dialog', { name: 'Disable this account?' })
    await question.getByRole('button', { name: 'Disable this account' }).click()
    await page.getByRole('button', { name: 'Enable this account' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: 'Noor Haddad' }).getByText('Disabled').waitFor()
    await shoot(page, 'setup-administrators')
  })

  test('administrators cannot change their own access', async () => {
    const page = await world.openAs(null, '/setup/accounts')
    const { id } = await (await page.request.get('/v1/account')).json()
    await page.goto(`/setup/accounts/${id}`)
    await page.getByText('This is you.').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  })
})

describe('saved mappings', () => {
  test('saved mappings come from imports, and no URL adds one', async () => {
    const page = await world.openAs(null, '/setup/mappings/new')
    await page.getByRole('searchbox', { name: 'Search saved mappings' }).waitFor()
    expect(await dialog(page).count()).toBe(0)
  })
})

describe('an administrator of one company', () => {
  test('an administrator of one company sees read-only set-up pages, with the reason', async () => {
    const page = await world.openAs([given.red.company], '/setup')
    await page.getByText('Looked after by administrators of the platform.').waitFor()
    await shoot(page, 'setup-limited')
    await page.getByRole('link', { name: 'Companies' }).click()
    await row(page, 'Red Hill').click()
    await dialog(page).getByText('Red Hill').first().waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    await shoot(page, 'setup-read-only')
    await page.goto('/setup/accounts')
    await page.getByText('Not for your account').waitFor()
    await shoot(page, 'setup-no-permission')
  })

  test('an administrator of one company adds cohorts and API keys for that company only', async () => {
    const page = await world.openAs([given.red.company], '/setup/cohorts/new')
    await dialog(page).getByRole('combobox', { name: 'Company' }).click()
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(['Red Hill'])
    await page.getByRole('option', { name: 'Red Hill' }).click()
    await dialog(page).getByLabel('Name').fill('Autumn')
    await dialog(page).getByRole('button', { name: 'Add a cohort' }).click()
    await row(page, 'Autumn').waitFor()
    await page.goto('/setup/api-keys/new')
    await dialog(page).getByLabel('Name').fill('Shop floor')
    await dialog(page).getByRole('button', { name: 'Make a key' }).click()
    await page.getByText('Choose the companies of the key.').waitFor()
  })
})
