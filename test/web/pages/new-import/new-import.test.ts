import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDemoData } from '../../../../db/demo.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { startWorker, stopWorker } from '../../../support/imports.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

const examples = join(import.meta.dirname, '../../../../examples')

let world: ConsoleWorld
let worker: RunningWorker
beforeAll(async () => {
  world = await consoleWorld(import.meta.url, { LINK_HOURS: '36' })
  await addDemoData(world.db, JSON.parse(await readFile(join(examples, 'demo.json'), 'utf8')))
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const choose = (page: Page, name: string) => page.locator('input[type=file]').setInputFiles(join(examples, name))
const step = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const check = (page: Page) => button(page, 'Check what will happen').click()

/** Waits until the page of the started import is open. */
async function imported(page: Page): Promise<void> {
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
}

// Most of the time goes to screenshots of every step, at two sizes and in two colour schemes.
describe('a new import', { timeout: 180_000 }, () => {
  test('a file of a template is imported in as few steps as possible', async () => {
    const page = await world.openAs(null, '/import')
    await page.getByText('No file yet?').waitFor()
    await page.getByRole('link', { name: 'Onboarding as CSV' }).waitFor()
    await shoot(page, 'new-import-file')
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/v1/drafts', async (route) => {
      await held
      await route.continue()
    })
    await choose(page, 'onboarding.csv')
    await button(page, /^Sending onboarding\.csv 0\.0 kB of/).waitFor()
    await shoot(page, 'new-import-to-be-sent')
    answer()
    await step(page, 'Choices').getByText('Somebody in the file is there already').waitFor()
    expect(await step(page, 'Columns').textContent()).toContain('exactly those of the template Onboarding')
    expect(await step(page, 'File').textContent()).toContain('onboarding.csv · 60 people · UTF-8, comma')
    expect(await step(page, 'Choices').textContent()).toContain('… and 50 more')
    await shoot(page, 'new-import-choices')
    await check(page)
    await page.getByText('119 course assignments · 60 activation e-mails, links live 36 h').waitFor()
    await page.getByRole('link', { name: '60 activation e-mails' }).click()
    await page.waitForURL('**/import/*?step=check&list=emails')
    await page.getByRole('heading', { name: 'Who gets an e-mail' }).waitFor()
    await page.getByText('jose.alvarez@blueharbour.example').waitFor()
    await page.getByRole('link', { name: 'Will be created' }).click()
    await page.getByRole('heading', { name: 'Who will be created' }).waitFor()
    await page.getByText('jose.alvarez@blueharbour.example').waitFor()
    await shoot(page, 'new-import-check')
    await page.getByText('Creates 60 people and sends 60 e-mails. E-mails cannot be called back.').waitFor()
    await button(page, 'Import 60 people').click()
    await imported(page)
    await page.goto('/import')
    await page.getByText('No file yet?').waitFor()
    expect(await page.getByText('Begun and not imported yet').count()).toBe(0)
  })

  test('a file that was imported before is reported with its importer, and changes no user', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding.csv')
    await page.getByText('This very file has been here before').waitFor()
    expect(await page.getByRole('region', { name: 'Seen before' }).textContent()).toContain('by Mira Tóth')
    await check(page)
    await page.getByRole('link', { name: 'Stay as they are' }).click()
    await page.getByText('is there already, and people who are there are left alone').first().waitFor()
    await page.getByText('there is nothing to import').waitFor()
    expect(await button(page, /^Import 0 people/).isDisabled()).toBe(true)
    await shoot(page, 'new-import-again')
  })

  test('the columns of any file can be matched, and the mapping is saved for the company', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'invitation-eu.csv')
    const columns = step(page, 'Columns')
    await columns.getByRole('combobox', { name: 'Read the file as' }).click()
    await page.getByRole('option', { name: 'Invitation' }).click()
    await columns.getByText('Größmann').first().waitFor()
    const first = columns.getByRole('combobox', { name: 'What the column “Vorname” is' })
    await expect.poll(() => first.inputValue()).toBe('First name')
    await columns.getByText('Suggested: the header says so').first().waitFor()
    await shoot(page, 'new-import-columns')
    await first.click()
    await page.getByRole('option', { name: 'Do not import' }).click()
    await columns.getByText('Still needed: First name').waitFor()
    expect(await button(page, 'Go on to the choices').isDisabled()).toBe(true)
    await shoot(page, 'new-import-columns-missing')
    await first.click()
    await page.getByRole('option', { name: 'First name', exact: true }).click()
    await columns.getByText('Still needed').waitFor({ state: 'detached' })
    await columns.getByRole('combobox', { name: 'Company of people whose row names none' }).click()
    await page.getByRole('option', { name: 'Blue Harbour' }).click()
    await columns.getByText('Remember these columns for the company').click()
    await button(page, 'Go on to the choices').click()
    await check(page)
    await button(page, 'Import 4 people').click()
    await imported(page)

    await page.goto('/import')
    await choose(page, 'invitation-eu.csv')
    await columns.getByText('As it was remembered for the company').first().waitFor()
    await button(page, 'Go on to the choices').click()
    expect(await step(page, 'Columns').textContent()).toContain('7 matched · 1 not imported')
  })

  test('a check shows the old and new values of existing users', async () => {
    const page = await world.openAs(null, '/import')
    const email = 'jose.alvarez@blueharbour.example'
    const text = (await readFile(join(examples, 'onboarding.csv'), 'utf8')).split(/\r?\n/)
    const lines = [text[0], text.find((line) => line.includes(email))?.replace('Crane operator', 'Head of cranes'), '']
    const file = { name: 'cranes.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('radio', { name: 'Update them' }).check()
    await page.getByText('Existing users get the values, groups and courses of the file').waitFor()
    await check(page)
    const fold = page.getByRole('link', { name: 'What changes for the one (old → new)' })
    await fold.and(page.locator('[aria-expanded=false]')).click()
    await page.getByText('Head of cranes').waitFor()
    await fold.and(page.locator('[aria-expanded=true]')).click()
    await page.getByText('Head of cranes').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Will change' }).click()
    await page.getByText('Head of cranes').waitFor()
    expect(await page.getByText('Crane operator').count()).toBe(1)
    await page.getByText('Updates 1 person. No e-mails are sent.').waitFor()
    await shoot(page, 'new-import-changes')
  })

  test('a wrong file is rejected in place, and a correct file is accepted there', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'mess-pdf.csv')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('mess-pdf.csv: The file cannot be read')
    await shoot(page, 'new-import-wrong-file')
    const text = await readFile(join(examples, 'mess-header-only.csv'), 'utf8')
    const dataTransfer = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'mess-header-only.csv', { type: 'text/csv' }))
      return transfer
    }, text)
    await button(page, /^Drop a file here/).dispatchEvent('drop', { dataTransfer })
    await page.getByText('mess-header-only.csv: The file has no people').waitFor()
    await choose(page, 'team.csv')
    await page.getByText('This template needs one permission set').waitFor()
    await page.getByText('every e-mail is written in this one').waitFor()
    await shoot(page, 'new-import-team')
    expect(await button(page, 'Check what will happen').isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: 'Permission set' }).click()
    await page.getByRole('option', { name: 'Administrator' }).click()
    await check(page)
    await button(page, 'Import 4 people').waitFor()
  })

  test('unmatched titles get courses, and a recheck needs no new upload', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding-wrong-titles.csv')
    await check(page)
    await page.getByText('6 course titles are not known.').waitFor()
    await shoot(page, 'new-import-titles')
    const open = page.getByRole('combobox', { name: /^The course that/ })
    for (const one of await open.all()) {
      if ((await one.inputValue()) !== '') continue
      await one.click()
      await page.getByRole('option').first().click()
    }
    await page.getByText('Every title is settled.').waitFor()
    await button(page, 'Check again').click()
    await button(page, 'Import 25 people').waitFor()
  })

  test('the choices of a draft are kept after a reload and after Back', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding.csv')
    await page.getByRole('radio', { name: 'Refuse the file' }).check()
    await page.getByRole('radio', { name: 'One for all' }).check()
    await page.getByLabel('The password for all').fill('password123456')
    await page.getByText('Easy to guess: choose another').waitFor()
    await page.getByLabel('The password for all').fill('seven gulls over a pier')
    await page.getByText('Strength: strong').waitFor()
    await page.getByRole('radio', { name: 'Send none' }).check()
    await page.getByText('No e-mails are sent that a personal text could be part of.').waitFor()
    expect(await page.getByLabel('A personal text in the e-mail').isDisabled()).toBe(true)
    expect(await page.getByRole('radio', { name: 'All to me' }).isDisabled()).toBe(true)
    expect(await page.getByRole('radio', { name: 'Empty it' }).isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: 'Collections' }).click()
    await page.getByRole('option', { name: 'First day' }).click()
    await page.keyboard.press('Escape')
    await shoot(page, 'new-import-chosen')
    await check(page)
    await page.getByRole('link', { name: 'Stay as they are' }).waitFor()
    await page.goBack()
    expect(await page.getByRole('radio', { name: 'Refuse the file' }).isChecked()).toBe(true)
    await page.getByText('Strength: strong').waitFor()
    await page.goForward()
    await page.getByRole('link', { name: 'Stay as they are' }).waitFor()
    await page.goto('/import')
    await page.getByRole('link', { name: 'Go on with onboarding.csv' }).waitFor()
    await shoot(page, 'new-import-drafts')
    await page.getByRole('link', { name: 'Go on with onboarding.csv' }).click()
    await button(page, 'Change the step Choices').click()
    expect(await page.getByRole('radio', { name: 'Send none' }).isChecked()).toBe(true)
    await page.getByText('First day').first().waitFor()
    expect(await button(page, 'Check what will happen').isDisabled()).toBe(true)
    await page.getByText('Enter the password that every user in the file gets.').waitFor()
    await page.reload()
    await page.getByText('Enter the password that every user in the file gets.').waitFor()
    await page.goto('/import')
    await button(page, 'Discard onboarding.csv').click()
    await page.getByText('The file and what was chosen for it are deleted.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard onboarding.csv' }).click()
    await page.getByText('Begun and not imported yet').waitFor({ state: 'detached' })
  })

  test('a choice appears at once, and the caret keeps its place while text is typed', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding.csv')
    const update = page.getByRole('radio', { name: 'Update them' })
    await update.waitFor()
    // The state is read in the task of the click, so that no later render can set it.
    expect(await update.evaluate((radio: HTMLInputElement) => [radio.click(), radio.checked].at(1))).toBe(true)
    const text = page.getByLabel('A personal text in the e-mail')
    await text.pressSequentially('Wecme')
    for (let step = 0; step < 3; step++) await text.press('ArrowLeft')
    await text.pressSequentially('l')
    await text.press('ArrowRight')
    await text.pressSequentially('o')
    expect(await text.inputValue()).toBe('Welcome')
  })

  test('a new import works with the keyboard alone', async () => {
    const page = await world.openAs(null, '/import')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      button(page, /^Drop a file here/).press('Enter'),
    ])
    await chooser.setFiles(join(examples, 'invitation.csv'))
    await button(page, 'Check what will happen').press('Enter')
    await button(page, 'Import 8 people').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Check')
    await page.getByRole('link', { name: 'Will be created' }).press('Enter')
    await page.getByRole('link', { name: 'Close the list' }).press('Enter')
    await button(page, 'Import 8 people').press('Enter')
    await imported(page)
  })

  test('an administrator of several companies is asked for the company of the file', async () => {
    const companies = await world.db.selectFrom('companies').select(['id']).limit(2).execute()
    const page = await world.openAs(
      companies.map(({ id }) => id as string),
      '/import',
    )
    await choose(page, 'team.csv')
    await page.getByText('everybody in the file belongs to this one').waitFor()
    expect(await button(page, 'Check what will happen').isDisabled()).toBe(true)
  })
})
