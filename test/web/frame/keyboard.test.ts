import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDemoData } from '../../../db/demo.ts'
import type { RunningWorker } from '../../../worker/run.ts'
import { startWorker, stopWorker } from '../../support/imports.ts'
import { anAccount, PASSWORD } from '../../support/visitor.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'
import { pick, tabTo, untilFocused } from '../support/keyboard.ts'

const examples = join(import.meta.dirname, '../../../examples')

let world: ConsoleWorld
let worker: RunningWorker
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  await addDemoData(world.db, JSON.parse(await readFile(join(examples, 'demo.json'), 'utf8')))
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })
const field = (page: Page, name: string) => page.getByRole('combobox', { name })

describe('with the keyboard alone, and the focus always visible', () => {
  test('an administrator signs in, chooses a file, matches its columns, makes the choices and imports', async () => {
    const { email } = await anAccount(world)
    const page = await world.open('/import')
    await untilFocused(page.getByLabel('E-mail address'))
    await page.keyboard.type(email)
    await tabTo(page, page.getByRole('textbox', { name: 'Password' }))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')

    await untilFocused(title(page, 'New import'))
    // The test waits for this event before it presses Tab. On a busy page, a key can arrive before Playwright
    // intercepts file choosers.
    const chosen = page.waitForEvent('filechooser')
    const pressed = tabTo(page, button(page, /^Drop a file here/)).then(() => page.keyboard.press('Enter'))
    const [chooser] = await Promise.all([chosen, pressed])
    await chooser.setFiles(join(examples, 'invitation-eu.csv'))

    await untilFocused(page.getByRole('heading', { name: 'Columns' }))
    await tabTo(page, field(page, 'Read the file as'))
    await pick(page, 'Invitation')
    await tabTo(page, field(page, 'Company of people whose row names none'))
    await pick(page, 'Blue Harbour')
    await tabTo(page, button(page, 'Go on to the choices'))
    await page.keyboard.press('Enter')

    await untilFocused(page.getByRole('heading', { name: 'Choices' }))
    const existing = page.getByRole('radiogroup', { name: 'Somebody in the file is there already' }).getByRole('radio')
    await tabTo(page, existing)
    const other = existing.and(page.locator(':not(:checked)'))
    const wished = await other.getAttribute('value')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator(':focus:checked').getAttribute('value')).toBe(wished)
    await tabTo(page, field(page, 'Collections'))
    await pick(page, 'First day')
    await page.keyboard.press('Escape')
    await tabTo(page, button(page, 'Check what will happen'))
    await page.keyboard.press('Enter')

    await untilFocused(page.getByRole('heading', { name: 'Check' }))
    await tabTo(page, button(page, 'Import 4 people'))
    await page.keyboard.press('Enter')
    await untilFocused(title(page, 'invitation-eu.csv'))
  })

  test('an administrator finds, filters, chooses and opens people, and a closed question returns the focus', async () => {
    const office = world.as(await world.key())
    const { items: companies } = (await office.get('/v1/companies?limit=1')).body
    for (const name of ['Ada Keys', 'Grace Keys', 'Mary Keys', 'Zora Other']) {
      const [firstName, lastName] = name.split(' ')
      const person = { email: `${firstName}@keys.example`, firstName, lastName, company: companies[0].id }
      expect((await office.post('/v1/users', { ...person, sendEmail: false })).status).toBe(201)
    }
    const page = await world.openAs(null, '/people')
    await page.goto('/people')
    await title(page, 'People').waitFor()
    await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }))
    await page.keyboard.press('Enter')
    await untilFocused(page.getByRole('main'))
    await tabTo(page, page.getByRole('searchbox'))
    await page.keyboard.type('keys')
    await page.getByRole('checkbox', { name: 'All 3' }).waitFor()
    await tabTo(page, button(page, 'Not activated'))
    await page.keyboard.press('Space')
    await button(page, 'Not activated').and(page.locator('[aria-pressed=true]')).waitFor()
    await tabTo(page, page.getByRole('checkbox', { name: 'Choose Grace Keys' }))
    await page.keyboard.press('Space')
    await page.getByText('1 person chosen').waitFor()

    await tabTo(page, button(page, 'Send activation again'), 'Shift+Tab')
    await page.keyboard.press('Enter')
    const question = page.getByRole('dialog')
    await untilFocused(question.locator('*'))
    for (let stop = 0; stop < 4; stop++) await tabTo(page, question.locator('*'))
    await page.keyboard.press('Escape')
    await untilFocused(button(page, 'Send activation again'))

    await tabTo(page, page.getByRole('link', { name: 'Grace Keys' }))
    await page.keyboard.press('Enter')
    await untilFocused(title(page, 'Grace Keys'))
  })
})

const manyPeople = () =>
  sql`INSERT INTO users (email, email_key, first_name, language, enabled)
    SELECT 'many' || n || '@keys.example', 'many' || n || '@keys.example', 'Many', 'en', true
    FROM generate_series(1, 100) n`.execute(world.db)

describe('the focus and scroll position of a page', () => {
  test('a page opened by a link starts at its top, and Back restores the scroll position of the page before', async () => {
    await manyPeople()
    const page = await world.openAs(null, '/people')
    const line = page.getByRole('table').getByRole('link').nth(18)
    await line.press('Enter')
    await page.waitForURL(/people\/[0-9a-f-]{36}/)
    await untilFocused(page.getByRole('heading', { level: 1 }))
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.goBack()
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100)
  })

  test('a closed dialog returns the focus to what opened it, and a dialog whose request fails keeps the focus', async () => {
    const page = await world.openAs(null, '/setup/groups')
    const add = page.getByRole('link', { name: 'Add a group' })
    await tabTo(page, add)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await untilFocused(dialog.getByLabel('Name'))
    await page.keyboard.type('Night shift')
    await tabTo(page, dialog.getByRole('button', { name: 'Add a group' }))
    await page.route('**/v1/groups', (route) => route.abort())
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    await untilFocused(dialog.getByRole('button', { name: 'Add a group' }))
    await page.keyboard.press('Escape')
    await untilFocused(add)
  })
})
