import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ImportStatus } from '../../../../domain/imports/states.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'
import { storedImport } from '../../support/stored-import.ts'

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
})
afterAll(() => world.close())
beforeEach(() => world.db.deleteFrom('imports').execute())

/** The columns in the order in which CONSOLE.md draws them. */
const DRAWN = ['State', 'File', 'Company', 'Who', 'When', 'Created', 'Changed', 'Unchanged', 'Errors']

/** Stores an import of a company with the given status. */
const given = (name: string, status: ImportStatus, company = 'Blue Harbour') =>
  storedImport(world, name, { status, companies: [company] })

describe('the list of imports', () => {
  test('an empty list explains what an import does and offers the templates', async () => {
    const page = await world.openAs(null, '/imports')
    await page.getByText('An import turns a spreadsheet of people').waitFor()
    expect(await page.getByRole('link', { name: 'Import people' }).count()).toBe(1)
    expect(await page.getByRole('search').count()).toBe(0)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Onboarding as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('onboarding.csv')
    await shoot(page, 'imports-empty')
  })

  test('imports that need action come first, and each row opens its import', async () => {
    await given('stopped.csv', 'paused')
    const running = await given('running.csv', 'applying')
    await given('done.csv', 'completed')
    await given('refused.csv', 'rejected')
    await given('asks.csv', 'review')
    const page = await world.openAs(null, '/imports')
    const rows = page.getByRole('table', { name: 'Imports' }).getByRole('link')
    await rows.first().waitFor()
    const files = ['asks.csv', 'stopped.csv', 'running.csv', 'refused.csv', 'done.csv']
    expect(await rows.allTextContents()).toEqual(files)
    const heads = page.getByRole('table', { name: 'Imports' }).getByRole('columnheader')
    expect(await heads.allTextContents()).toEqual(DRAWN)
    await shoot(page, 'imports')
    await page.getByRole('link', { name: 'running.csv' }).press('Enter')
    await page.waitForURL(`**/imports/${running}`)
  })

  test('each count of an import opens the people behind it', async () => {
    const id = await given('done.csv', 'completed')
    await world.db.updateTable('imports').set({ phase: 'done' }).where('id', '=', id).execute()
    await world.db
      .insertInto('import_batches')
      .values({ import_id: id, first_row: 2, last_row: 4, created: 3, invited: 0, updated: 0, skipped: 0 })
      .execute()
    const page = await world.openAs(null, '/imports')
    await page.getByRole('link', { name: 'Created by done.csv: 3' }).click()
    await page.waitForURL(`**/imports/${id}?show=created`)
  })

  test('a count of a million fits on one line, in the list and on the page of the import', async () => {
    const id = await given('million.csv', 'completed')
    await world.db.updateTable('imports').set({ phase: 'done', records: 1_000_000 }).where('id', '=', id).execute()
    const counts = { created: 1_000_000, invited: 0, updated: 1_000_000, skipped: 1_000_000, assignments: 12_345_678 }
    await world.db
      .insertInto('import_batches')
      .values({ import_id: id, first_row: 2, last_row: 4, ...counts })
      .execute()
    const page = await world.openAs(null, '/imports')
    await page.getByRole('link', { name: 'Created by million.csv: 1,000,000' }).waitFor()
    await shoot(page, 'imports-million')
    await page.getByRole('link', { name: 'million.csv', exact: true }).click()
    await page.getByText('12,345,678').first().waitFor()
    await shoot(page, 'import-million')
  })

  test('the list can be filtered, and the URL of a filtered view opens it again', async () => {
    await given('north.csv', 'completed', 'North Wind')
    await given('blue.csv', 'completed')
    await given('stopped.csv', 'paused')
    const page = await world.openAs(null, '/imports?company=North%20Wind')
    const rows = page.getByRole('table', { name: 'Imports' }).getByRole('link')
    await rows.first().waitFor()
    expect(await rows.allTextContents()).toEqual(['north.csv'])
    await page.goto('/imports')
    await page.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Stopped' }).click()
    await page.waitForURL('**/imports?state=paused')
    await expect.poll(() => rows.allTextContents()).toEqual(['stopped.csv'])
  })

  test('the list shows that Muster does not respond, and loads when it responds again', async () => {
    const page = await world.openAs(null, '/people')
    await page.route('**/v1/imports?*', (route) => route.abort())
    await page.getByRole('link', { name: 'Imports', exact: true }).click()
    await page.getByText('Muster cannot be reached').waitFor()
    await shoot(page, 'imports-unreachable')
    await page.unroute('**/v1/imports?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('An import turns a spreadsheet of people').waitFor()
  })

  test('the list scrolls through any number of imports with few of them in the page', async () => {
    for (let index = 0; index < 130; index++) await given(`file-${index}.csv`, 'completed')
    const page = await world.openAs(null, '/imports')
    await page.getByRole('link', { name: 'file-129.csv' }).waitFor()
    const last = page.getByRole('link', { name: 'file-0.csv' })
    while (!(await last.isVisible())) await page.keyboard.press('End')
    expect(await page.getByRole('row').count()).toBeLessThan(70)
  })
})

test('an import that sends no e-mails shows at its end that it finishes, not that it sends 0 of 0', async () => {
  const id = await given('quiet.csv', 'notifying')
  await world.db.updateTable('imports').set({ phase: 'notify' }).where('id', '=', id).execute()
  const page = await world.openAs(null, `/imports/${id}`)
  const bar = page.getByRole('progressbar', { name: 'Finishing' })
  await bar.waitFor()
  expect(await bar.getAttribute('aria-valuenow')).toBeNull()
  expect(await page.getByText('0 of 0').count()).toBe(0)
})
