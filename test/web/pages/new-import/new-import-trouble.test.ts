import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDemoData } from '../../../../db/demo.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { startWorker, stopWorker } from '../../../support/imports.ts'
import { anAccount, PASSWORD } from '../../../support/visitor.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

const examples = join(import.meta.dirname, '../../../../examples')

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

const choose = (page: Page, name: string) => page.locator('input[type=file]').setInputFiles(join(examples, name))
const step = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const radio = (page: Page, name: string) => page.getByRole('radio', { name })
const check = (page: Page) => button(page, 'Check what will happen').click()
/** Waits for the response to a change of the draft. */
const kept = (page: Page) => page.waitForResponse((response) => response.request().method() === 'PATCH')

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await button(page, 'Sign in').click()
}

describe('the choices of a draft', { timeout: 120_000 }, () => {
  test('choices that could not be saved are reported, and are saved when Muster responds again', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding.csv')
    await radio(page, 'Refuse the file').waitFor()
    await page.route('**/v1/drafts/*', (route) => route.abort())
    await radio(page, 'Refuse the file').check()
    const notKept = page.getByRole('alert', { name: 'Not kept yet' })
    await notKept.getByText('Muster does not answer just now; it is tried again.').waitFor()
    await shoot(page, 'new-import-not-kept')
    await page.unroute('**/v1/drafts/*')
    await notKept.waitFor({ state: 'detached' })
    await page.reload()
    await radio(page, 'Refuse the file').waitFor()
    expect(await radio(page, 'Refuse the file').isChecked()).toBe(true)
  })

  test('choices are kept when the session ends and the administrator signs in again', async () => {
    const { email } = await anAccount(world)
    const page = await world.open('/import')
    await signIn(page, email)
    await choose(page, 'onboarding.csv')
    await radio(page, 'Refuse the file').waitFor()
    await page.context().clearCookies()
    await radio(page, 'Refuse the file').click()
    await page.waitForURL('**/sign-in?from=%2Fimport%2F*')
    await Promise.all([kept(page), signIn(page, email)])
    await page.reload()
    await radio(page, 'Refuse the file').waitFor()
    expect(await radio(page, 'Refuse the file').isChecked()).toBe(true)
  })

  test('choices in one tab appear in another, and neither tab undoes the other', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'onboarding.csv')
    await radio(page, 'Update them').waitFor()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await radio(other, 'Update them').waitFor()
    await radio(page, 'Update them').check()
    await expect.poll(() => radio(other, 'Update them').isChecked()).toBe(true)
    await radio(other, 'Refuse the file').check()
    await expect.poll(() => radio(page, 'Refuse the file').isChecked()).toBe(true)
    await check(page)
    await step(other, 'Choices').getByText('Update them').waitFor()
    await button(page, /^Import \d/).click()
    await page.waitForURL('**/imports/*')
    await radio(other, 'Send none').check()
    await other.getByText('There is no such draft: it was imported or discarded').waitFor()
  })
})

describe('a file', { timeout: 120_000 }, () => {
  test('a file that did not arrive is sent again with one click, and is stored once', async () => {
    const page = await world.openAs(null, '/import')
    await page.route('**/v1/drafts/*/preview', (route) => route.abort())
    await choose(page, 'onboarding.csv')
    await page.getByRole('alert').getByText('onboarding.csv: Muster cannot be reached').waitFor()
    expect(await page.getByRole('alert').textContent()).not.toContain('mend this one')
    await page.unroute('**/v1/drafts/*/preview')
    await button(page, 'Try again with onboarding.csv').click()
    await radio(page, 'Update them').waitFor()
    await page.goto('/import')
    await page.getByRole('link', { name: 'Go on with onboarding.csv' }).waitFor()
    expect(await page.getByRole('link', { name: /^Go on with/ }).count()).toBe(1)
  })

  test('a file can be dropped anywhere on the page', async () => {
    const page = await world.openAs(null, '/import')
    await button(page, /^Drop a file here/).waitFor()
    const text = await readFile(join(examples, 'team.csv'), 'utf8')
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'team.csv', { type: 'text/csv' }))
      return transfer
    }, text)
    await page.getByRole('heading', { name: 'New import' }).dispatchEvent('drop', { dataTransfer: dropped })
    await step(page, 'File').getByText('team.csv · 4 people').waitFor()
  })

  test('a duplicate header is explained at both columns', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'mess-duplicate-header.csv')
    const columns = step(page, 'Columns')
    await columns.getByText('Still needed: E-mail address').waitFor()
    expect(await columns.getByText('another column has this header. Rename one in your spreadsheet.').count()).toBe(2)
    const selects = columns.getByRole('combobox', { name: 'What the column “email” is' })
    expect(await Promise.all((await selects.all()).map((select) => select.isDisabled()))).toEqual([true, true])
    await shoot(page, 'new-import-header-twice')
  })

  test('a file with headers unknown to its template shows one error and asks for no unmatched columns', async () => {
    const page = await world.openAs(null, '/import')
    await choose(page, 'mess-wrong-headers.csv')
    await page.getByRole('combobox', { name: 'Read the file as' }).click()
    await page.getByRole('option', { name: 'Onboarding' }).click()
    const alert = step(page, 'Columns').getByRole('alert')
    await alert.getByText('Column A is “Enabled” and should be “enabled”').waitFor()
    await alert.getByText('Or read it above as “No template”').waitFor()
    expect(await alert.count()).toBe(1)
    await shoot(page, 'new-import-wrong-headers')
  })
})

describe('a check', { timeout: 120_000 }, () => {
  test('a check fills in the likeliest course, not the one whose response came first', async () => {
    const page = await world.openAs(null, '/import')
    const isFirst = (url: URL) => url.pathname === '/v1/courses' && url.searchParams.get('title') === 'Safety – Level 1'
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route(isFirst, async (route) => {
      await held
      await route.continue()
    })
    const others = page.waitForResponse((response) => response.url().includes('Level+2'))
    await choose(page, 'onboarding-wrong-titles.csv')
    await check(page)
    const means = page.getByRole('combobox', { name: 'The course that “Saftey – Level 1” of Blue Harbour means' })
    await means.waitFor()
    await others
    // The field shows a course when all suggestions for its title have arrived.
    await expect
      .poll(() => page.getByRole('combobox', { name: /^The course that “Forklift License/ }).inputValue())
      .toBe('Forklift Licence – Theory')
    answer()
    await expect.poll(() => means.inputValue()).toBe('Safety – Level 1')
  })

  test('the import button stays within reach of a check with thousands of errors', async () => {
    const page = await world.openAs(null, '/import')
    const head = 'enabled,name,email,companyName,languageCode'
    const bad = Array.from({ length: 1_000 }, (_, number) => `1,Bad,bad${number},Blue Harbour,en-GB`)
    const buffer = Buffer.from([head, '1,Good,good@blueharbour.example,Blue Harbour,en-GB', ...bad].join('\n'))
    await page.locator('input[type=file]').setInputFiles({ name: 'many.csv', mimeType: 'text/csv', buffer })
    await check(page)
    await page.getByRole('link', { name: 'The 1,000 rows with errors' }).click()
    await button(page, 'Show more').waitFor()
    const read = () => page.getByRole('table', { name: 'What will happen' }).getAttribute('aria-rowcount')
    const before = await read()
    await button(page, 'Import 1 person').scrollIntoViewIfNeeded()
    await page.keyboard.press('End')
    await button(page, 'Show more').waitFor()
    expect(await read()).toBe(before)
    await button(page, 'Show more').click()
    await expect.poll(read).not.toBe(before)
  })
})

test('an import page reports that Muster does not respond, and recovers', { timeout: 60_000 }, async () => {
  const page = await world.openAs(null, '/import')
  await choose(page, 'invitation.csv')
  await check(page)
  await button(page, 'Import 8 people').waitFor()
  const { items } = (await (await page.request.get('/v1/imports?limit=1')).json()) as { items: { id: string }[] }
  await page.goto(`/imports/${items[0]?.id}`)
  await page.getByText('This waits for your confirmation').first().waitFor()
  await page.route('**/v1/imports/**', (route) => route.abort())
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText('Muster does not answer just now').waitFor()
  await page.getByText('This waits for your confirmation').first().waitFor()
  await page.unroute('**/v1/imports/**')
  await page.getByText('Muster does not answer just now').waitFor({ state: 'detached' })
  await button(page, 'Cancel the import').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the import' }).click()
  await page.getByText('Nothing was written, and nobody got an e-mail.').waitFor()
})
