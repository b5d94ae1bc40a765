import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sink, startSink } from '../support/servers/smtp-sink.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'
import { launchBrowser, shoot } from '../web/support/browser.ts'
import {
  button,
  checkAndImport,
  choose,
  download,
  drop,
  examples,
  heading,
  IMPORT_TIMEOUT_MS,
  link,
  newVisitor,
  signIn,
} from './visitor.ts'

const TITLES = 'onboarding-wrong-titles.csv'
/** Each test continues where the one before it ended. The timeout allows for a busy machine. */
const STORY = { sequential: true, timeout: 180_000 }

const PASSWORD = 'seven lanterns over the quay'

const faults: string[] = []
let browser: Browser
let stack: TestStack
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  expect(faults).toEqual([])
})

const region = (name: string) => page.getByRole('region', { name, exact: true })

describe('a first-time administrator', STORY, () => {
  beforeAll(async () => {
    stack = await startStack()
    page = await newVisitor(browser, stack.info.api, faults)
  })
  afterAll(() => stack?.stop())

  test('an administrator signs in with the printed password and reads what an import is', async () => {
    expect(stack.output()).toContain(stack.info.admin.password)
    await page.goto('/')
    await page.getByLabel('E-mail address').waitFor()
    await shoot(page, 'sign-in')
    await signIn(page, stack.info.admin)
    await page.getByText('An import turns a spreadsheet of people').waitFor()
    await shoot(page, 'story-empty')
  })

  test('an administrator drops a wrong file, reads why it is rejected, and tries again in place', async () => {
    await link(page, 'Import people').first().click()
    await drop(page, join(examples, 'mess-pdf.csv'))
    await page.getByRole('alert').filter({ hasText: 'mess-pdf.csv: The file cannot be read' }).waitFor()
    await choose(page, TITLES)
    await region('Choices').getByText('Somebody in the file is there already').waitFor()
    expect(await region('File').textContent()).toContain(`${TITLES} · 25 people`)
    expect(await region('Columns').textContent()).toContain('exactly those of the template Onboarding')
  })

  test('an administrator finds the draft after a reload', async () => {
    await page.getByRole('radio', { name: 'Update them' }).check()
    await page.getByText('Existing users get the values, groups and courses of the file').waitFor()
    await page.reload()
    await expect.poll(() => page.getByRole('radio', { name: 'Update them' }).isChecked()).toBe(true)
  })

  test('an administrator sees every title without a course and creates the two missing courses', async () => {
    await button(page, 'Check what will happen').click()
    await page.getByText('course titles are not known.').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    await shoot(page, 'story-titles')
    const main = page.getByRole('navigation', { name: 'Main' })
    await main.getByRole('link', { name: 'Set up' }).click()
    await link(page, 'Courses').click()
    await link(page, 'Add a course').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title').fill('Underwater Basket Weaving')
    await addCompany('Blue Harbour')
    await dialog.getByRole('button', { name: 'Add a course' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('table').getByRole('link', { name: 'Welding – Basics' }).click()
    await addCompany('Harbour, Lane & Partners')
    await shoot(page, 'story-course')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  test('an administrator continues with the draft, maps the other titles to courses, and imports', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Imports' }).click()
    await link(page, 'Import people').first().click()
    await link(page, `Go on with ${TITLES}`).click()
    const meant = (title: string, company: string) =>
      page.getByRole('combobox', { name: `The course that “${title}” of ${company} means` })
    await expect.poll(() => meant('Saftey – Level 1', 'Blue Harbour').inputValue()).toBe('Safety – Level 1')
    const howLong = page.getByRole('radiogroup', { name: 'How long “Saftey – Level 1” of Blue Harbour means it' })
    await howLong.getByText('Always').click()
    for (const company of ['Harbour, Lane & Partners', 'Mesa Verde Foods']) {
      await meant('CUSTOMER CARE – BASICS', company).click()
      await page.getByRole('option', { name: 'Customer Care – Basics', exact: true }).click()
    }
    await button(page, 'Check again').click()
    await page.getByText(/^Creates 25 people/).waitFor({ timeout: IMPORT_TIMEOUT_MS })
    await shoot(page, 'story-check')
    await button(page, 'Import 25 people').click()
    await heading(page, 'Done').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    await shoot(page, 'story-done')
  })

  test('an administrator opens a count and a user in it, and finds the user’s courses and e-mails', async () => {
    expect(await link(page, /Created/).textContent()).toContain('25')
    await link(page, /Created/).click()
    await link(page, 'sinead.walsh@blueharbour.example').click()
    await page.getByRole('heading', { name: 'Sinéad Walsh', level: 1 }).waitFor()
    await page.getByText('Underwater Basket Weaving', { exact: true }).waitFor()
    await page.getByText('Link to choose a password').waitFor()
    await page.getByText(TITLES).waitFor()
    await shoot(page, 'story-person')
  })

  test('an administrator imports a file with invalid rows, corrects them, and finds both imports linked', async () => {
    await page.goto('/import')
    await choose(page, 'mess-bad-rows.csv')
    await checkAndImport(page, 3)
    await heading(page, 'Done').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    await link(page, /Errors/).click()
    await page.getByRole('table', { name: 'Errors' }).getByText('“Blue Harbor”').waitFor()
    await shoot(page, 'story-errors')
    const bad = await download(page, 'Download the rows with errors')
    const { text, rows } = repaired(bad)
    await link(page, 'Import another file').waitFor()
    await link(page, 'Upload a corrected file').click()
    await choose(page, { name: 'corrected.csv', text })
    await checkAndImport(page, rows)
    await heading(page, 'Done').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    expect(await link(page, /Created/).textContent()).toContain(String(rows))
    await shoot(page, 'story-corrected')
    await link(page, 'an earlier import').click()
    await page.getByRole('heading', { name: 'mess-bad-rows.csv', level: 1 }).waitFor()
  })

  test('a user chooses a password behind the link of an e-mail, once', async () => {
    const mails = (await (await fetch(`${stack.info.inbox}/email`)).json()) as { text: string }[]
    const address = mails.map(({ text }) => /https?:\/\/\S+\/activate\/\S+/.exec(text)?.[0]).find(Boolean) ?? ''
    const person = await newVisitor(browser, stack.info.api, faults)
    await person.goto(address)
    await shoot(person, 'story-activation')
    await person.locator(':focus').fill('too short')
    await person.locator('[data-strength=tooShort]').waitFor()
    await person.locator('[type=submit]').click()
    await person.locator('[aria-invalid=true]').waitFor()
    await shoot(person, 'story-activation-refused')
    await person.locator(':focus').fill(PASSWORD)
    await person.locator('[data-strength=strong]').waitFor()
    await person.locator('[type=submit]').click()
    await person.locator('input').waitFor({ state: 'detached' })
    await shoot(person, 'story-activation-done')
    await person.goto(address)
    expect(await person.locator('input').count()).toBe(0)
    await shoot(person, 'story-activation-used')
  })
})

describe('an administrator whose mail server rejects the sign-in', STORY, () => {
  let sink: Sink
  beforeAll(async () => {
    sink = await startSink()
    stack = await startStack({ env: { SMTP_URL: sink.url } })
    page = await newVisitor(browser, stack.info.api, faults)
  })
  afterAll(async () => {
    await stack?.stop()
    await sink?.close()
  })

  test('an administrator reads why the import paused, fixes the cause, and resumes with one click', async () => {
    sink.script.mail = () => ({ code: 535, text: '5.7.8 Authentication credentials invalid' })
    await signIn(page, stack.info.admin)
    await link(page, 'Import people').first().click()
    await choose(page, 'onboarding.csv')
    await checkAndImport(page, 60)
    await heading(page, 'The mail settings do not work').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    await page.getByText('Stopped', { exact: true }).waitFor()
    await page.getByText('60 people created').waitFor()
    await shoot(page, 'story-paused')
    delete sink.script.mail
    await button(page, 'Resume').click()
    await heading(page, 'Done').waitFor({ timeout: IMPORT_TIMEOUT_MS })
    // The administrator who started the import gets a report when it has ended.
    const people = sink.journal.flatMap(({ to }) => to).filter((to) => to !== stack.info.admin.email)
    expect(people).toHaveLength(60)
    expect(new Set(people).size).toBe(60)
  })
})

/** Adds a company in the open form of a course. */
async function addCompany(name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: 'Companies that may use it' }).click()
  await page.getByRole('option', { name, exact: true }).click()
  await page.keyboard.press('Tab')
}

/** Corrects the invalid rows as an administrator would. The column with the reasons stays. */
function repaired(errors: string): { text: string; rows: number } {
  const [header = [], ...rows] = parse(errors, { bom: true }) as string[][]
  const column = (name: string) => header.indexOf(name)
  const mended = rows.map((row, index) =>
    row
      .with(column('enabled'), '1')
      .with(column('name'), row[column('name')] || 'Somebody')
      .with(column('email'), `mended.${index}@blueharbour.example`)
      .with(column('companyName'), 'Blue Harbour')
      .with(column('languageCode'), 'en-GB'),
  )
  return { text: stringify([header, ...mended]), rows: rows.length }
}
