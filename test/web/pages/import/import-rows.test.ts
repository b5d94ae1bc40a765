import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../../support/catalogue.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'
import { tabTo } from '../../support/keyboard.ts'
import { drawn, inWindow, scrollTo } from '../../support/scrolling.ts'
import { storedImport } from '../../support/stored-import.ts'

const MANY = 3_000

let world: ConsoleWorld
let all: Awaited<ReturnType<typeof twoCompanies>>
let id: string

/**
 * Rows of a finished import. Every fourth row has errors, the first of these has many. Every other row is a new user.
 */
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  all = await twoCompanies(world)
  id = await storedImport(world, 'many.csv', { status: 'completed', companies: ['Blue Harbour'] })
  await given(id, 1, MANY)
  const plan = {
    create: (MANY / 4) * 3,
    invite: 0,
    update: 0,
    skip: 0,
    invalid: MANY / 4,
    assignments: MANY / 2,
    emails: 0,
  }
  await world.db
    .updateTable('imports')
    .set({ plan: JSON.stringify(plan), records: MANY })
    .execute()
})
afterAll(() => world.close())

/** Stores rows. Row `n` of the list is row `n + 1` of the file. */
async function given(importId: string, from: number, to: number): Promise<void> {
  const numbers = sql`generate_series(${from}::int, ${to}::int) n`
  // The first half of an id is its time, which imports of the same minute share.
  const email = sql`'row' || n || '.' || right(${importId}::text, 12) || '@example.com'`
  await sql`INSERT INTO import_rows (import_id, row_no, email, errors)
    SELECT ${importId}, n + 1, ${email}, CASE WHEN n % 4 = 0 THEN (SELECT jsonb_agg(jsonb_build_object(
      'column', 'languageCode', 'code', 'unknown-language', 'value', 'xx', 'message', 'expected a language tag such as en'))
      FROM generate_series(1, 1 + n % 3)) END FROM ${numbers}`.execute(world.db)
  await sql`WITH added AS (INSERT INTO users (email, email_key, first_name, company_id, language, enabled)
      SELECT ${email}, ${email}, 'Row', ${all.blue.company}, 'en', true FROM ${numbers} WHERE n % 4 <> 0
      RETURNING id, email_key)
    INSERT INTO outcomes (import_id, row_no, outcome, user_id)
      SELECT r.import_id, r.row_no, 'created', a.id FROM added a JOIN import_rows r ON r.email = a.email_key`.execute(
    world.db,
  )
  await sql`INSERT INTO import_batches (import_id, first_row, last_row, created, invalid)
    SELECT ${importId}, ${from}::int, ${to}::int, count(*) FILTER (WHERE n % 4 <> 0), count(*) FILTER (WHERE n % 4 = 0)
    FROM ${numbers}`.execute(world.db)
  await sql`INSERT INTO enrolments (user_id, course_id, import_id) SELECT user_id, ${all.blue.course}, import_id
    FROM outcomes WHERE import_id = ${importId} AND row_no % 2 = 0 ON CONFLICT DO NOTHING`.execute(world.db)
}

const line = (page: Page, n: number) => page.getByRole('table').getByText(new RegExp(`^row${n}\\.`))

/** Returns the row numbers that are visible in the window, from top to bottom, and checks that they are in order. */
async function rowsInWindow(page: Page, ofList: (place: number) => number): Promise<number[]> {
  const rows = await inWindow(page)
  const texts = await page.evaluate(
    (places) =>
      places.map(
        (place) => document.querySelector(`[role="row"][data-index][aria-rowindex="${place + 1}"]`)?.textContent,
      ),
    rows.map(({ row }) => row),
  )
  const found = texts.map((text) => Number(/row(\d+)\./.exec(text ?? '')?.[1]))
  expect(found).toEqual(rows.map(({ row }) => ofList(row)))
  return rows.map(({ row }) => row)
}

/** Returns the `n` of a place in the list of created users, which has three of every four rows. */
const created = (place: number) => place + Math.floor((place - 1) / 3)
const invalid = (place: number) => place * 4

describe('the list behind a count of an import', () => {
  test('the list covers all its rows, and its last, middle and first row are one jump away', async () => {
    const page = await world.openAs(null, `/imports/${id}?show=created`)
    await line(page, 1).waitFor()
    const table = page.getByRole('table', { name: 'Created' })
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String((MANY / 4) * 3 + 1))
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.keyboard.press('End')
    await line(page, MANY - 1).waitFor()
    await rowsInWindow(page, created)
    await scrollTo(page, 0.5)
    const [middle = 0] = await rowsInWindow(page, created)
    expect(Math.abs(middle - MANY * 0.375)).toBeLessThan(60)
    expect(asked.filter((url) => url.includes('/rows?')).length).toBeLessThan(8)
    expect(await drawn(page).count()).toBeLessThan(70)
    await page.waitForURL(`**/imports/${id}?show=created&row=${middle}`)
    await shoot(page, 'import-created-far')
  })

  test('the list opens again at its place, from its URL and from the page of a user', async () => {
    const page = await world.openAs(null, `/imports/${id}?show=created&row=1500`)
    await line(page, created(1_503)).waitFor()
    expect((await rowsInWindow(page, created))[0]).toBe(1_500)
    await line(page, created(1_503)).click()
    await page.waitForURL('**/people/*')
    await page.goBack()
    await line(page, created(1_503)).waitFor()
    const [first = 0] = await rowsInWindow(page, created)
    expect(Math.abs(first - 1_500)).toBeLessThan(2)
    await page.keyboard.press('Home')
    await page.getByRole('link', { name: /Errors/ }).click()
    await page.waitForURL(`**/imports/${id}?show=errors`)
    await page.getByRole('heading', { name: 'Errors' }).waitFor()
    await rowsInWindow(page, invalid)
  })

  test('a list of rows with errors, whose heights differ, scrolls without a gap', async () => {
    const page = await world.openAs(null, `/imports/${id}?show=errors&row=300`)
    await line(page, 1_212).waitFor()
    let seen = await rowsInWindow(page, invalid)
    expect(seen[0]).toBe(300)
    for (let times = 0; times < 4; times += 1) {
      await page.keyboard.press('PageDown')
      await page.waitForURL((url) => Number(url.searchParams.get('row')) > (seen[0] ?? 0))
      const now = await rowsInWindow(page, invalid)
      expect(now[0]).toBeLessThanOrEqual(seen.at(-1) ?? 0)
      seen = now
    }
    await page.keyboard.press('End')
    await line(page, MANY).waitFor()
    expect((await rowsInWindow(page, invalid)).at(-1)).toBe(MANY / 4)
    await shoot(page, 'import-errors-far')
  })

  test('the list keeps its place on a phone, and its last row is reachable there', async () => {
    const page = await world.openAs(null, `/imports/${id}?show=assignments&row=400`, 'phone')
    const enrolled = (place: number) => place * 2 - 1
    await line(page, enrolled(402)).waitFor()
    expect((await rowsInWindow(page, enrolled))[0]).toBe(400)
    await page.reload()
    await line(page, enrolled(402)).waitFor()
    expect((await rowsInWindow(page, enrolled))[0]).toBe(400)
    await page.keyboard.press('End')
    await line(page, MANY - 1).waitFor()
    await shoot(page, 'import-assignments-end')
  })

  test('the list links to a search of all users of the import, with the keyboard alone', async () => {
    const page = await world.openAs(null, `/imports/${id}?show=created`)
    await line(page, 1).waitFor()
    await tabTo(page, page.getByRole('link', { name: 'Find somebody of this import' }))
    await tabTo(page, page.getByRole('table').getByRole('link').first())
    await page.getByRole('link', { name: 'Find somebody of this import' }).click()
    await page.waitForURL(`**/people?import=${id}`)
    await page.getByText(`${((MANY / 4) * 3).toLocaleString('en')} people found`).waitFor()
    await page.getByRole('searchbox').fill('row2999')
    await page.getByText('1 person found').waitFor()
    await page.goto(`/imports/${id}?show=errors`)
    await line(page, 4).waitFor()
    expect(await page.getByRole('link', { name: 'Find somebody of this import' }).count()).toBe(0)
  })
})

describe('the list behind a count of a running import', () => {
  test('the list grows while it is open, and beyond its first page', async () => {
    const running = await storedImport(world, 'running.csv', { status: 'applying', companies: ['Blue Harbour'] })
    const page = await world.openAs(null, `/imports/${running}?show=created`)
    await page.getByText('Nobody.').waitFor()
    await given(running, 1, 120)
    const rowCount = () => page.getByRole('table').getAttribute('aria-rowcount')
    await expect.poll(rowCount, { timeout: 20_000 }).toBe('91')
    await rowsInWindow(page, created)
    await given(running, 121, 240)
    await expect.poll(rowCount, { timeout: 20_000 }).toBe('181')
    await page.keyboard.press('End')
    await line(page, 239).waitFor()
    await rowsInWindow(page, created)
    await given(running, 241, 280)
    await expect.poll(rowCount, { timeout: 20_000 }).toBe('211')
    await page.keyboard.press('End')
    await line(page, 279).waitFor()
    await rowsInWindow(page, created)
  })
})
