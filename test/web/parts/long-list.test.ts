import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../support/catalogue.ts'
import { shoot } from '../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'
import { drawn, inWindow, scrollTo } from '../support/scrolling.ts'

const MANY = 3_000

let world: ConsoleWorld

/** Creates the users of one company. `Person 1` comes first. */
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  const { blue } = await twoCompanies(world)
  await sql`TRUNCATE users, invitations CASCADE`.execute(world.db)
  await sql`INSERT INTO users (id, email, email_key, first_name, last_name, company_id, language, enabled)
    SELECT uuidv7(make_interval(secs => n - ${MANY}::int)), 'person' || n || '@example.com', 'person' || n || '@example.com',
      'Person', n::text, ${blue.company}, 'en', true FROM generate_series(1, ${MANY}::int) n`.execute(world.db)
})
afterAll(() => world.close())

const person = (page: Page, number: number) => page.getByRole('link', { name: `Person ${number}`, exact: true })

/** Checks that the rows in the window are consecutive, and that each shows the name of its place. */
async function areInOrder(page: Page): Promise<{ first: number; last: number }> {
  const rows = await inWindow(page)
  const first = rows[0]?.row ?? 0
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, place) => first + place))
  expect(rows.map(({ name }) => name)).toEqual(rows.map(({ row }) => `Person ${row}`))
  return { first, last: rows.at(-1)?.row ?? 0 }
}

async function isOpened(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'people' }).first().waitFor()
  await areInOrder(page)
}

describe('a long list of users', () => {
  test('the list shows the total, and its scroll bar covers all users', async () => {
    const page = await world.openAs(null, '/people')
    await page.getByText('3,000 people', { exact: true }).waitFor()
    await isOpened(page)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(MANY + 1))
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(MANY * 57)
    await page.keyboard.press('End')
    await person(page, MANY).waitFor()
    expect((await areInOrder(page)).last).toBe(MANY)
    expect(await drawn(page).count()).toBeLessThan(70)
    const { first } = await areInOrder(page)
    await page.waitForURL(`**/people?row=${first}`)
    await page.keyboard.press('PageUp')
    await page.waitForURL((url) => Number(url.searchParams.get('row')) < first)
    await areInOrder(page)
    await page.keyboard.press('Home')
    await person(page, 1).waitFor()
    await page.waitForURL((url) => !url.searchParams.has('row'))
  })

  test('the list jumps to any place without loading the rows between, and unloads distant rows', async () => {
    const page = await world.openAs(null, '/people')
    await isOpened(page)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).search))
    await scrollTo(page, 0.5)
    const { first } = await areInOrder(page)
    expect(Math.abs(first - MANY / 2)).toBeLessThan(30)
    await scrollTo(page, 0.03)
    await areInOrder(page)
    await scrollTo(page, 0.97)
    await areInOrder(page)
    expect(asked.filter((search) => search.includes('limit=')).length).toBeLessThan(10)
    await scrollTo(page, 0.92)
    await areInOrder(page)
    // No response arrives from here on. Rows in memory still appear, and no others do.
    await page.route('**/v1/users?*', () => undefined)
    await scrollTo(page, 0.97)
    expect((await areInOrder(page)).first).toBeGreaterThan(2_880)
    await scrollTo(page, 0.5)
    await page.locator('[role="row"][aria-rowindex="1510"][aria-busy]').waitFor()
    await shoot(page, 'people-being-read')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('the list opens again at its place, after Back, after a reload and from its URL', async () => {
    const page = await world.openAs(null, '/people')
    await isOpened(page)
    await scrollTo(page, 0.6)
    const { first } = await areInOrder(page)
    await page.waitForURL(`**/people?row=${first}`)
    await person(page, first + 5).click()
    await page.getByRole('heading', { level: 1, name: `Person ${first + 5}` }).waitFor()
    await page.goBack()
    await person(page, first + 5).waitFor()
    expect(Math.abs((await areInOrder(page)).first - first)).toBeLessThan(2)
    await page.reload()
    await person(page, first + 5).waitFor()
    expect(Math.abs((await areInOrder(page)).first - first)).toBeLessThan(2)
    await page.goto('/people?row=2000')
    await person(page, 2_005).waitFor()
    expect((await areInOrder(page)).first).toBe(2_000)
    await page.getByRole('searchbox').fill('person29')
    await page.waitForURL('**/people?q=person29')
    await page.getByText('111 people found').waitFor()
    await person(page, 29).waitFor()
  })

  test('the list keeps its place in the window of a phone, and its last row is reachable there', async () => {
    const page = await world.openAs(null, '/people?row=1500')
    await person(page, 1_505).waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    await person(page, 1_505).waitFor()
    expect(Math.abs((await areInOrder(page)).first - 1_500)).toBeLessThan(3)
    await page.keyboard.press('End')
    await person(page, MANY).waitFor()
    expect((await areInOrder(page)).last).toBe(MANY)
    await shoot(page, 'people-end')
  })
})

describe('users chosen in a long list', () => {
  const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen people' })

  test('users chosen one by one or by the page stay chosen when they are far away', async () => {
    const page = await world.openAs(null, '/people')
    await page.getByRole('checkbox', { name: 'Choose Person 2', exact: true }).check()
    await scrollTo(page, 0.97)
    await areInOrder(page)
    await chosen(page).getByText('1 person chosen').waitFor()
    await chosen(page).getByRole('checkbox', { name: 'All in rows 2,901–3,000' }).check()
    await chosen(page).getByText('101 people chosen').waitFor()
    await scrollTo(page, 0)
    expect(await page.getByRole('checkbox', { name: 'Choose Person 2', exact: true }).isChecked()).toBe(true)
    expect(await page.getByRole('checkbox', { name: 'Choose Person 3', exact: true }).isChecked()).toBe(false)
    await shoot(page, 'people-some-chosen')
    await chosen(page).getByRole('button', { name: 'Choose nobody' }).click()
    await chosen(page).getByText('chosen').waitFor({ state: 'detached' })
  })

  test('all users but some can be chosen, and the question shows how many get an e-mail', async () => {
    const page = await world.openAs(null, '/people')
    await chosen(page).getByRole('button', { name: 'Choose all 3,000 that match' }).click()
    await chosen(page).getByText('All 3,000 that match are chosen').waitFor()
    await page.getByRole('button', { name: 'Send activation again' }).click()
    await page.getByRole('dialog').getByText('3,000 of those who match these filters get a new e-mail').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep as it is' }).click()
    await scrollTo(page, 0.5)
    const { first } = await areInOrder(page)
    await page.getByRole('checkbox', { name: `Choose Person ${first + 3}`, exact: true }).uncheck()
    await chosen(page).getByText('2,999 people chosen').waitFor()
    await page.getByRole('button', { name: 'Send activation again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send activation again' }).click()
    await page.getByText('2,999 e-mails are on the way').waitFor()
    const left = await sql<{ name: string }>`SELECT last_name AS name FROM users
      WHERE id NOT IN (SELECT person_id FROM outbox)`.execute(world.db)
    expect(left.rows).toEqual([{ name: String(first + 3) }])
  })
})

describe('a list of a million users', () => {
  const MILLION = 1_000_000
  /** The browser and the list are real. Only the responses are made up, as the API would give them. */
  const open = async () => {
    const page = await world.openAs(null, '/imports')
    await page.route('**/v1/users/count*', (route) => {
      const every = Number(new URL(route.request().url()).searchParams.get('every') ?? MILLION)
      const cursors = Array.from({ length: MILLION / every }, (_, place) => String((place + 1) * every))
      return route.fulfill({ json: { count: MILLION, cursors } })
    })
    await page.route('**/v1/users?*', (route) => {
      const query = new URL(route.request().url()).searchParams
      const start = Number(query.get('cursor') ?? 0) + Number(query.get('offset') ?? 0)
      const end = Math.min(MILLION, start + Number(query.get('limit')))
      const items = Array.from({ length: end - start }, (_, place) => somebody(start + place + 1))
      return route.fulfill({ json: { items, next: end === MILLION ? null : String(end) } })
    })
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByText('1,000,000 people', { exact: true }).waitFor()
    return page
  }
  const somebody = (number: number) => ({
    id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    email: `person${number}@example.com`,
    firstName: 'Person',
    lastName: String(number),
    company: null,
    status: 'pending',
    courses: [],
  })

  test('a list of a million users fits into the page, and its last, middle and first row are one jump away', async () => {
    const page = await open()
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(16_000_000)
    await page.keyboard.press('End')
    await person(page, MILLION).waitFor()
    expect((await areInOrder(page)).last).toBe(MILLION)
    await scrollTo(page, 0.5)
    expect(Math.abs((await areInOrder(page)).first - MILLION / 2)).toBeLessThan(100)
    expect(await drawn(page).count()).toBeLessThan(70)
    await page.keyboard.press('Home')
    await person(page, 1).waitFor()
  })

  test('a list of a million users scrolls through its compressed middle row by row', async () => {
    const page = await open()
    await scrollTo(page, 0.4)
    let seen = await areInOrder(page)
    for (let times = 0; times < 8; times += 1) {
      await page.keyboard.press('PageDown')
      await page.waitForURL((url) => Number(url.searchParams.get('row')) > seen.first)
      const now = await areInOrder(page)
      expect(now.first).toBeLessThanOrEqual(seen.last)
      seen = now
    }
    await page.keyboard.press('PageUp')
    await page.waitForURL((url) => Number(url.searchParams.get('row')) < seen.first)
    expect((await areInOrder(page)).last).toBeGreaterThanOrEqual(seen.first)
  })
})
