import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../../support/catalogue.ts'
import type { Catalogue } from '../../../support/imports.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

let world: ConsoleWorld
let all: Catalogue
let page: Page
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  all = await twoCompanies(world)
  await sql`TRUNCATE users, invitations, outbox, mailings CASCADE`.execute(world.db)
  await everyState()
  page = await world.openAs(null, '/people')
})
afterAll(() => world.close())

async function given(firstName: string, more: object = {}, path = 'users'): Promise<string> {
  const email = `${firstName.toLowerCase()}@states.example`
  return all.made(path, { email, firstName, company: all.blue.company, sendEmail: false, ...more })
}

/** Sends an e-mail whose link has expired. */
async function writtenTo(id: string): Promise<void> {
  const outbox = await world.db.selectFrom('outbox').where('person_id', '=', id).select('id').executeTakeFirstOrThrow()
  await world.db
    .updateTable('outbox')
    .set({ state: 'sent', sent_at: new Date('2026-03-03T14:02:00Z') })
    .where('id', '=', outbox.id)
    .execute()
  await sql`INSERT INTO activation_links (id, person_id, token_hash, issued_at, expires_at)
    VALUES (${outbox.id}, ${id}, sha256(${id}::text::bytea), '2026-03-03T14:02:00Z', '2026-03-05T14:02:00Z')`.execute(
    world.db,
  )
}

/** Creates a user in each state of the filter. */
async function everyState(): Promise<void> {
  await given('Pia')
  await given('Dora', { enabled: false })
  const active = await given('Asta')
  await world.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', active).execute()
  await writtenTo(await given('Lena', { sendEmail: true }))
  await given('Inga', {}, 'invitations')
  await writtenTo(await given('Ilse', { sendEmail: true }, 'invitations'))
}

const names = () => page.getByRole('table', { name: 'People' }).getByRole('link').allTextContents()
const chip = (name: string) => page.getByRole('button', { name, exact: true })
const queued = async () => {
  const open = world.db.selectFrom('outbox').innerJoin('people', 'people.id', 'person_id').where('state', '=', 'queued')
  return (await open.select('people.email').orderBy('people.email').execute()).map(({ email }) => email)
}

async function sendAgain(): Promise<void> {
  await page.getByRole('button', { name: 'Send activation again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send activation again' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

describe('the users in a list', { timeout: 120_000 }, () => {
  test.each([
    ['Invited', 'invited', ['Ilse', 'Inga']],
    ['Not activated', 'pending', ['Lena', 'Pia']],
    ['Link expired', 'expired', ['Ilse', 'Lena']],
    ['Active', 'active', ['Asta']],
    ['Disabled', 'disabled', ['Dora']],
  ])('the state filter finds users in one state: %s', async (label, state, expected) => {
    await chip(label).click()
    await page.waitForURL(`**/people?state=${state}`)
    await expect.poll(async () => (await names()).sort()).toEqual(expected)
    await page.reload()
    await expect.poll(async () => (await names()).sort()).toEqual(expected)
    expect(await chip(label).getAttribute('aria-pressed')).toBe('true')
    await chip(label).click()
    await page.waitForURL('**/people')
    await expect.poll(async () => (await names()).length).toBe(6)
  })

  test('users with an expired link, invited or not, get a new e-mail, and no other user gets one', async () => {
    await page.goto('/people?state=expired')
    await page.getByRole('checkbox', { name: 'All 2' }).check()
    await sendAgain()
    await page.getByText('2 e-mails are on the way.').waitFor()
    expect(await queued()).toEqual(['ilse@states.example', 'lena@states.example'])
  })

  test('a new e-mail goes to all users except the active and disabled ones, who are counted', async () => {
    await world.db.updateTable('outbox').set({ state: 'superseded' }).where('state', '=', 'queued').execute()
    await page.goto('/people')
    await page.getByRole('checkbox', { name: 'All 6' }).check()
    await sendAgain()
    const said = page.getByText('4 e-mails are on the way. 2 people get none:')
    await said.waitFor()
    expect(await said.textContent()).toMatch(/1 active already/)
    expect(await said.textContent()).toMatch(/1 disabled/)
    const four = ['ilse', 'inga', 'lena', 'pia'].map((name) => `${name}@states.example`)
    expect(await queued()).toEqual(four)
    await shoot(page, 'people-sent-to-all')
  })
})

describe('a new user', { timeout: 120_000 }, () => {
  test.each([
    ['added', '/people/new', 'Add this person'],
    ['invited', '/people/invite', 'Invite this person'],
  ])(
    'a user who is %s with an existing address gets an error at the address, and the other fields keep their text',
    async (_, path, name) => {
      await page.goto(path)
      await page.getByLabel('E-mail address').fill('PIA@states.example')
      await page.getByLabel('First name').fill('Pia Two')
      await page.getByRole('button', { name }).click()
      const address = page.getByLabel('E-mail address')
      await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true')
      expect(await page.locator('[aria-invalid="true"]').count()).toBe(1)
      await address.and(page.locator(':focus')).waitFor()
      expect(await page.getByLabel('First name').inputValue()).toBe('Pia Two')
      await address.fill(`pia.${path.at(-1)}@states.example`)
      await page.getByRole('button', { name }).click()
      await page.getByRole('heading', { name: 'Pia Two', level: 1 }).waitFor()
    },
  )

  test('an invited user without an e-mail can be sent one from the page of the user', async () => {
    await page.goto('/people/invite')
    await page.getByLabel('E-mail address').fill('late@states.example')
    await page.getByLabel('Send the invitation now').uncheck()
    await page.getByText('Nobody is written to.').waitFor()
    await page.getByRole('button', { name: 'Invite this person' }).click()
    await page.getByText('Invited, but nothing was sent yet.').waitFor()
    await page.getByRole('button', { name: 'Send the invitation again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send the invitation again' }).click()
    await page.getByText('An e-mail is on the way.').first().waitFor()
    expect(await queued()).toContain('late@states.example')
  })
})
