import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { RunningWorker } from '../../../../worker/run.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker } from '../../../support/imports.ts'
import { anAccount, PASSWORD } from '../../../support/visitor.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

/** Screenshots take long on a busy machine. */
const PATIENT = { timeout: 180_000 }

let world: ConsoleWorld
let all: Catalogue
let worker: RunningWorker
let email: string
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  all = await twoCompanies(world)
  await all.made('custom-fields', { key: 'shift', label: 'Shift', type: 'text' })
  await all.made('groups', { name: 'Night shift' })
  worker = await startWorker(world)
  email = (await anAccount(world)).email
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

/** Opens a window of the importing administrator. All of these windows find the same drafts. */
async function window(path = '/import'): Promise<Page> {
  const page = await world.open(path)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return page
}

const give = (page: Page, name: string, text: string | Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const step = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const column = (page: Page, header: string) =>
  page.getByRole('combobox', { name: `What the column “${header}” is`, exact: true })
const people = (page: Page) => page.getByRole('region', { name: 'The first people', exact: true })

async function pick(page: Page, list: Locator, option: string | RegExp): Promise<void> {
  await list.click()
  await page.getByRole('option', { name: option }).click()
}

async function onToChoices(page: Page): Promise<void> {
  await button(page, 'Go on to the choices').click()
  await step(page, 'Choices').getByText('Somebody in the file is there already').waitFor()
}

/** Users of Blue Harbour in a file whose columns no saved mapping has. */
const list = (who: string) =>
  [
    'Mailadresse;Rufname;Familienname;Wann;Kurs;Firma',
    `${who}.1@list.example;Anna;Berg;Night;Safety at Blue Harbour;Blue Harbour`,
    `${who}.2@list.example;Béla;Nagy;Day;;Blue Harbour`,
    '',
  ].join('\n')

/** Matches each column by hand, whatever the console suggested. */
async function matchAll(page: Page): Promise<void> {
  await column(page, 'Wann').waitFor()
  await pick(page, column(page, 'Mailadresse'), /^E-mail/)
  await pick(page, column(page, 'Rufname'), /^First name/)
  await pick(page, column(page, 'Familienname'), 'Do not import')
  await pick(page, column(page, 'Wann'), 'Shift')
  await pick(page, column(page, 'Firma'), /^Company/)
}

const matched = { Mailadresse: /^E-mail/, Rufname: 'First name', Familienname: 'Do not import', Wann: 'Shift' }

async function expectMatched(page: Page): Promise<void> {
  for (const [header, field] of Object.entries(matched)) {
    await expect.poll(() => column(page, header).inputValue(), { message: header }).toMatch(field)
  }
}

describe('columns matched by hand', PATIENT, () => {
  test('columns matched by hand are kept after Back, after a reload and in another window, and are imported', async () => {
    const page = await window()
    await give(page, 'crew.csv', list('crew'))
    await matchAll(page)
    await people(page).getByText('Night').waitFor()
    await shoot(page, 'columns-custom')
    await onToChoices(page)
    expect(await step(page, 'Columns').textContent()).toContain('5 matched · 1 not imported')
    await page.goBack()
    await expectMatched(page)
    await page.goForward()
    await page.reload()
    await button(page, 'Change the step Columns').click()
    await expectMatched(page)
    await page.context().close()

    const later = await window()
    await later.getByRole('link', { name: 'Go on with crew.csv' }).click()
    await button(later, 'Change the step Columns').click()
    await expectMatched(later)
    await onToChoices(later)
    await later.getByRole('radio', { name: 'Send none' }).check()
    await button(later, 'Check what will happen').click()
    await button(later, 'Import 2 people').click()
    await later.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
    await later.getByRole('region', { name: 'Done' }).waitFor()
    const { body } = await all.platform.get('/v1/users?q=crew.1')
    expect(body.items).toMatchObject([{ firstName: 'Anna', lastName: null, custom: { shift: 'Night' } }])
  })

  test('removing a column also removes the choice that needs it, so the check is not rejected', async () => {
    const page = await window()
    await give(page, 'back.csv', list('back'))
    await matchAll(page)
    await onToChoices(page)
    const enrolled = page.getByRole('radio', { name: 'Are enrolled, too' })
    await page.getByRole('radio', { name: 'Leave them as they are' }).check()
    await enrolled.check()
    await button(page, 'Change the step Columns').click()
    await pick(page, column(page, 'Kurs'), 'Do not import')
    await onToChoices(page)
    await expect.poll(() => enrolled.isChecked()).toBe(false)
    await page.getByText('The file has no column of course titles, and no course').waitFor()
    await button(page, 'Check what will happen').click()
    await button(page, 'Import 2 people').waitFor()
  })
})

describe('a file that was read wrongly', PATIENT, () => {
  test('a file is read again with another encoding or separator, and then with the detected ones', async () => {
    const page = await window()
    await give(page, 'letters.csv', list('letters'))
    await matchAll(page)
    await people(page).getByText('Béla').waitFor()
    const otherwise = async (name: string, option: string) => {
      await button(page, 'Change the step File').click()
      await page.getByText('Letters look wrong').click()
      await pick(page, page.getByRole('combobox', { name }), option)
      await button(page, 'Read it so').click()
    }
    await otherwise('Letters are written as', 'Windows-1252')
    await step(page, 'File').getByText('Windows-1252').waitFor()
    await button(page, 'Change the step File').click()
    await page.getByText('Letters look wrong').click()
    await shoot(page, 'new-import-file-again')
    await page.getByRole('button', { name: 'As found' }).first().click()
    await button(page, 'Read it so').click()
    await step(page, 'File').getByText('UTF-8').waitFor()
    await otherwise('Cells are separated by', 'Pipe')
    await page.getByText('Still needed:').waitFor()
    expect(await step(page, 'File').textContent()).toContain('pipe')
    await button(page, 'Change the step File').click()
    await button(page, 'Keep letters.csv').click()
  })

  test('a file is read from another of its sheets, and a missing sheet is reported', async () => {
    const march = [
      ['E-mail', 'First name'],
      ['marta@sheet.example', 'Marta'],
    ]
    const team = [
      ['First name', 'Last name', 'Email', 'Description'],
      ['April', 'Sheet', 'april@sheet.example', ''],
    ]
    const workbook = writeWorkbook([
      { sheet: 'March', data: march.map(asCells) },
      { sheet: 'April', data: team.map(asCells) },
    ])
    const page = await window()
    await give(page, 'months.xlsx', await workbook.toBuffer())
    await step(page, 'Columns').getByText('marta@sheet.example').first().waitFor()
    expect(await step(page, 'File').textContent()).toContain('sheet “March”, one of 2')
    const otherwise = async () => {
      await button(page, 'Change the step File').click()
      await page.getByText('Letters look wrong').click()
    }
    await otherwise()
    await page.getByRole('combobox', { name: 'Sheet' }).click()
    expect(await page.getByRole('option').allTextContents()).toEqual(['March', 'April'])
    await page.getByRole('option', { name: 'April' }).click()
    await button(page, 'Read it so').click()
    await step(page, 'Columns').getByText('april@sheet.example').first().waitFor()
    expect(await step(page, 'File').textContent()).toContain('sheet “April”')
    expect(await page.getByRole('combobox', { name: 'Read the file as' }).inputValue()).toBe('Team')

    await world.db
      .updateTable('drafts')
      .set({ reading: JSON.stringify({ sheet: 'May' }) })
      .where('id', '=', new URL(page.url()).pathname.split('/').at(-1) ?? '')
      .execute()
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'no sheet of that name. It has "March", "April"' }).waitFor()
    await shoot(page, 'new-import-no-sheet')
    await page.getByRole('link', { name: 'Choose another file, or say how this one is to be read' }).click()
    await button(page, 'Keep months.xlsx').click()
    await otherwise()
    await button(page, 'As found').click()
    await button(page, 'Read it so').click()
    await step(page, 'Columns').getByText('marta@sheet.example').first().waitFor()
  })
})

const asCells = (row: string[]) => row.map((value) => ({ value }))

test('templates are offered as CSV and XLSX where a file is chosen', async () => {
  const page = await window()
  for (const [name, file, begin] of [
    ['Team as XLSX', 'team.xlsx', 'PK'],
    ['Invitation as CSV', 'invitation.csv', 'first_name'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
    expect(download.suggestedFilename()).toBe(file)
    expect((await readFile(await download.path(), 'latin1')).replace(/^\S{0,3}?(?=first)/, '')).toMatch(
      new RegExp(`^${begin}`),
    )
  }
})

describe('with the keyboard alone', PATIENT, () => {
  /** Presses Tab until `target` has the focus. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    for (let presses = 0; presses < 80; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('Tab does not lead there.')
  }

  /** Chooses the first option of the open list, which must be `name`. A key pressed before the list is drawn is lost. */
  async function chooseFirst(page: Page, name: string | RegExp): Promise<void> {
    await page.getByRole('option', { name }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.locator('[role="option"][data-combobox-selected]').filter({ hasText: name }).waitFor()
    await page.keyboard.press('Enter')
  }

  test('an administrator matches columns, adds and removes groups, and starts the import with the keyboard alone', async () => {
    const page = await window()
    await give(page, 'keys.csv', list('keys'))
    await matchAll(page)
    const last = column(page, 'Familienname')
    await tabTo(page, last)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Last na')
    await chooseFirst(page, 'Last name')
    await expect.poll(() => last.inputValue()).toBe('Last name')
    await people(page).getByText('Nagy').waitFor()
    await tabTo(page, button(page, 'Go on to the choices'))
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Choices')
    const leave = page.getByRole('radio', { name: 'Leave them as they are' })
    await tabTo(page, leave)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => page.getByRole('radio', { name: 'Update them' }).isChecked()).toBe(true)
    const groups = page.getByRole('combobox', { name: 'Groups' })
    await tabTo(page, groups)
    await page.keyboard.type('night')
    await chooseFirst(page, /night/i)
    await page.getByRole('radio', { name: 'These and no others' }).waitFor()
    await page.keyboard.press('Backspace')
    await page.getByRole('radio', { name: 'These and no others' }).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: 'These and no others' }).waitFor()
    await page.keyboard.press('Escape')
    await tabTo(page, button(page, 'Check what will happen'))
    await page.keyboard.press('Enter')
    const go = button(page, 'Import 2 people')
    await go.waitFor()
    await tabTo(page, go)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  })
})

describe('an administrator of one company', PATIENT, () => {
  test('an administrator of one company imports its users and no user of another company', async () => {
    const page = await world.openAs([all.blue.company], '/imports')
    await page.getByRole('link', { name: 'Import people' }).click()
    const rows = ['E-Mail;Vorname;Firma', 'own@list.example;Own;', 'other@list.example;Other;Red Hill', '']
    await give(page, 'own.csv', rows.join('\n'))
    await step(page, 'Columns').getByText('own@list.example').first().waitFor()
    await onToChoices(page)
    await page.getByRole('radio', { name: 'Send none' }).check()
    await page.getByRole('combobox', { name: 'Courses' }).click()
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(['Safety at Blue Harbour'])
    await page.getByRole('option').click()
    await page.keyboard.press('Escape')
    await button(page, 'Check what will happen').click()
    await page.getByRole('link', { name: /error/i }).first().click()
    await page.getByText('“Red Hill”').first().waitFor()
    await button(page, 'Import 1 person').click()
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
    await page.getByRole('region', { name: 'Done' }).getByText('1 person created, 1 course assignment').waitFor()
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByRole('table', { name: 'People' }).getByText('own@list.example').waitFor()
    const { body } = await all.platform.get('/v1/users?q=own@list')
    expect(body.items).toMatchObject([{ company: all.blue.company, courses: [all.blue.course] }])
  })
})
