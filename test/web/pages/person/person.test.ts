import { sql } from 'kysely'
import type { Page } from 'playwright-core'
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

/** Creates Ada Lovelace of Blue Harbour. `more` has further fields of the API. */
const ada = (more: Record<string, unknown> = {}, path = 'users'): Promise<string> =>
  companies.made(path, {
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    company: companies.blue.company,
    courses: [companies.blue.course],
    ...more,
  })

const state = (page: Page, sentence: string | RegExp) => page.getByText(sentence).first().waitFor()

/** Presses a button, and then the button with the same name in the question. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

describe('the fields of a user', () => {
  test('only the changed fields of a user are sent', async () => {
    const id = await ada({ jobRole: 'Engineer' })
    const page = await world.openAs(null, `/people/${id}`)
    await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true)
    // Another client changes the user in the meantime.
    await companies.platform.patch(`/v1/users/${id}`, { jobRole: 'Analyst' })
    await page.getByLabel('Last name').fill('King')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('heading', { name: 'Ada King', level: 1 }).waitFor()
    const { body } = await companies.platform.get(`/v1/users/${id}`)
    expect(body).toMatchObject({ lastName: 'King', jobRole: 'Analyst', courses: [companies.blue.course] })
    expect(await page.getByLabel('Job role').inputValue()).toBe('Analyst')
  })

  test('courses and groups of a user can be added and removed', async () => {
    const group = await companies.made('groups', { name: 'Night shift' })
    const id = await ada()
    const page = await world.openAs(null, `/people/${id}`)
    await page.getByRole('combobox', { name: 'Groups' }).click()
    await page.getByRole('option', { name: 'Night shift' }).click()
    await page.getByRole('combobox', { name: 'Courses' }).press('Backspace')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved.').waitFor()
    const { body } = await companies.platform.get(`/v1/users/${id}`)
    expect(body).toMatchObject({ groups: [group], courses: [] })
  })

  test('a rejected value is reported at its field, and the old value can be restored', async () => {
    await ada({ email: 'grace@example.com' })
    const id = await ada()
    const page = await world.openAs(null, `/people/${id}`)
    await page.getByLabel('E-mail address').fill('grace@example.com')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Another user has this e-mail address.').first().waitFor()
    await shoot(page, 'person-refused')
    await page.getByRole('button', { name: 'Back to what it was' }).click()
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ada@example.com')
    expect(await page.getByText('Another person has this').count()).toBe(0)
  })
})

describe('the state of a user', () => {
  test('the state is explained in words, next to the button that helps', async () => {
    const id = await ada({ sendEmail: true })
    const page = await world.openAs(null, `/people/${id}`)
    await state(page, 'An e-mail is on the way.')
    const outbox = await world.db.selectFrom('outbox').select('id').executeTakeFirstOrThrow()
    await world.db
      .updateTable('outbox')
      .set({ state: 'sent', sent_at: new Date('2026-03-03T14:02:00Z') })
      .execute()
    await sql`INSERT INTO activation_links (id, person_id, token_hash, issued_at, expires_at)
      VALUES (${outbox.id}, ${id}, ${Buffer.alloc(32)}, '2026-03-03T14:02:00Z', '2026-03-05T14:02:00Z')`.execute(
      world.db,
    )
    await page.reload()
    await state(page, 'no password yet. Written to on 3 March, link ran out on 5 March.')
    await shoot(page, 'person')
    await page.getByRole('button', { name: 'Send activation again' }).click()
    await page.getByText('Links that were sent there before stop working').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Send activation again' }).click()
    await state(page, 'An e-mail is on the way.')
  })

  test('the state of an active user shows the date of the activation', async () => {
    const id = await ada()
    await world.db
      .updateTable('users')
      .set({ activated_at: new Date('2026-03-04T09:10:00Z') })
      .execute()
    const page = await world.openAs(null, `/people/${id}`)
    await state(page, 'Active since 4 March: Ada can sign in.')
    expect(await page.getByRole('button', { name: 'Send activation again' }).count()).toBe(0)
    await shoot(page, 'person-active')
  })

  test('a user is disabled, and enabled again, after one question each', async () => {
    const id = await ada()
    const page = await world.openAs(null, `/people/${id}`)
    await confirm(page, 'Disable')
    await state(page, 'Ada is disabled and cannot sign in.')
    await shoot(page, 'person-disabled')
    await confirm(page, 'Enable')
    await state(page, 'Nothing was sent yet.')
  })

  test('a withdrawn invitation no longer exists', async () => {
    const id = await ada({ sendEmail: false }, 'invitations')
    const page = await world.openAs(null, `/people/${id}`)
    await state(page, 'Invited, but nothing was sent yet.')
    await page.getByRole('button', { name: 'Take back the invitation' }).click()
    await page.getByText('This cannot be undone').waitFor()
    await shoot(page, 'person-take-back')
    await page.getByRole('dialog').getByRole('button', { name: 'Take back the invitation' }).click()
    await page.waitForURL('**/people')
    expect((await companies.platform.get(`/v1/users/${id}`)).status).toBe(404)
  })
})

describe('the history of a user', () => {
  test('the history shows the mail server’s reply to a failed e-mail', async () => {
    const id = await ada({ sendEmail: true })
    const error = { code: 'refused', reply: 550, message: '550 no such mailbox' }
    await world.db
      .updateTable('outbox')
      .set({ state: 'failed', error: JSON.stringify(error) })
      .execute()
    const page = await world.openAs(null, `/people/${id}`)
    await page.getByText('The mail server said: 550 no such mailbox').waitFor()
    await state(page, 'The last e-mail could not be delivered.')
    await shoot(page, 'person-mail-failed')
  })
})

describe('the imports of a user', () => {
  test('the history shows the values that each import replaced', async () => {
    await companies.made('custom-fields', { key: 'costCentre', label: 'Cost centre', type: 'text' })
    const id = await ada()
    const file = await storedImport(world, 'people-march.xlsx', { status: 'completed' })
    const before = { jobRole: 'Clerk', company: companies.red.company, custom: { costCentre: 'R-12' } }
    await world.db
      .insertInto('outcomes')
      .values({ import_id: file, row_no: 7, outcome: 'updated', user_id: id, before: JSON.stringify(before) })
      .execute()
    const page = await world.openAs(null, `/people/${id}`)
    const entry = page.getByRole('listitem').filter({ hasText: 'people-march.xlsx' })
    await entry.getByText('Changed this person.').waitFor()
    await entry.getByText('Company: it was Red Hill').waitFor()
    await entry.getByText('Cost centre: it was').waitFor()
    const text = /row 7 · Mira Tóth.*Job role: it was Clerk.*Cost centre: it was R-12/
    await expect.poll(() => entry.textContent()).toMatch(text)
    await shoot(page, 'person-imports')
    await page.goto(`/people?import=${file}`)
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor()
    const chosen = page.getByRole('combobox', { name: 'Import' })
    await expect.poll(() => chosen.inputValue()).toContain('people-march.xlsx')
  })
})

describe('the page of a user', () => {
  test('a user of another company is not found', async () => {
    const id = await ada()
    const page = await world.openAs([companies.red.company], `/people/${id}`)
    await page.getByText('There is no such person.').waitFor()
    await shoot(page, 'person-unknown')
  })

  test('the loading page of a user has the layout of the loaded one', async () => {
    const id = await ada()
    const page = await world.openAs(null, '/people')
    await page.route('**/v1/users/*', () => undefined)
    await page.getByRole('link', { name: 'Ada Lovelace' }).click()
    // Not the placeholder lines that the page shows while its code loads.
    await page.getByRole('heading', { name: 'Person', level: 1 }).waitFor()
    await page.getByRole('status', { name: 'Loading' }).first().waitFor()
    await shoot(page, 'person-loading')
    expect(page.url()).toContain(id)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
})
