import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../support/catalogue.ts'
import type { Catalogue } from '../../support/imports.ts'
import { anAccount, PASSWORD, visitor } from '../../support/visitor.ts'
import { shoot } from '../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'
import { storedImport } from '../support/stored-import.ts'

let world: ConsoleWorld
let all: Catalogue
/** The window of an administrator of Red Hill, who opens the URLs of another company's pages. */
let page: Page
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  all = await twoCompanies(world)
  page = await world.openAs([all.red.company], '/imports')
})
afterAll(() => world.close())

const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
const dialog = () => page.getByRole('dialog')

describe('set-up pages that only platform administrators can change', { timeout: 120_000 }, () => {
  test.each([
    ['companies', 'Companies'],
    ['courses', 'Courses'],
    ['groups', 'Groups'],
    ['collections', 'Collections'],
    ['campaigns', 'Campaigns'],
    ['permission-sets', 'Permission sets'],
    ['custom-fields', 'Custom fields'],
  ])('a company administrator sees no way to change the page of %s', async (part, title) => {
    await page.goto(`/setup/${part}/new`)
    await heading(title)
    await page.getByText('Administrators of the platform look after these.').waitFor()
    expect(await dialog().count()).toBe(0)
    expect(
      await page
        .getByRole('main')
        .getByRole('link', { name: /^(Add|Make)/ })
        .count(),
    ).toBe(0)
  })

  test('a company administrator does not see the list of administrators', async () => {
    const { id } = await anAccount(world)
    for (const path of ['', '/new', `/${id}`]) {
      await page.goto(`/setup/accounts${path}`)
      await heading('Administrators')
      await page.getByRole('heading', { name: 'Not for your account' }).waitFor()
      await page.getByText('Administrators of the platform say who may sign in.').waitFor()
    }
    await page.goto('/setup')
    await heading('Set up')
    await page.getByRole('link', { name: 'API keys' }).waitFor()
    expect(await page.getByRole('link', { name: 'Administrators' }).count()).toBe(0)
  })
})

describe('the URL of a resource of another company', { timeout: 120_000 }, () => {
  test('a company, course, cohort or key of another company is not found', async () => {
    const { blue, platform } = all
    const key = (await platform.post('/v1/api-keys', { name: 'Blue only', companies: [blue.company] })).body.id
    const there: [string, string][] = [
      ['companies', blue.company],
      ['courses', blue.course],
      ['cohorts', blue.cohort],
      ['api-keys', key],
    ]
    for (const [part, id] of there) {
      await page.goto(`/setup/${part}/${id}`)
      await dialog()
        .getByText(/^There is no /)
        .first()
        .waitFor()
      expect(await page.locator('body').innerText(), part).not.toMatch(/Blue Harbour|Blue only/)
    }
    await shoot(page, 'setup-of-others')
    await page.keyboard.press('Escape')
    await page.waitForURL('**/setup/api-keys')
  })

  test('a user and an import of another company are not found, and their lists are empty', async () => {
    const id = await storedImport(world, 'blue.csv', { status: 'completed', companies: ['Blue Harbour'] })
    await page.goto(`/people/${all.blue.user}`)
    await page.getByText('There is no such person.').waitFor()
    await page.goto(`/imports/${id}?show=created`)
    await page.getByText('There is no such import.').waitFor()
    await heading('Import')
    await shoot(page, 'import-of-others')
    await page.goto(`/people?company=${all.blue.company}`)
    await page.getByText('Nobody matches this search and these filters.').waitFor()
    await page.goto('/imports?company=Blue%20Harbour')
    await heading('Imports')
    await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' })
    expect(await page.getByText('blue.csv').count()).toBe(0)
  })

  test('a draft of another administrator is not found, and its page offers to choose a file', async () => {
    const { email } = await anAccount(world)
    const other = visitor(world, world.origin)
    await other.signIn(email, PASSWORD)
    const form = new FormData()
    form.append('file', new File(['E-mail,First name\nann@list.example,Ann\n'], 'theirs.csv', { type: 'text/csv' }))
    const { status, body } = await other.send('POST', '/v1/drafts', form)
    expect(status).toBe(201)
    await page.goto(`/import/${body.id}`)
    await page.getByText('There is no such draft').waitFor()
    await shoot(page, 'new-import-no-draft')
    await page.getByRole('link', { name: 'Choose a file' }).click()
    await page.getByText('No file yet?').waitFor()
    expect(await page.getByText('theirs.csv').count()).toBe(0)
  })

  test('an id that cannot exist is reported as not found, not as an error', async () => {
    for (const path of ['/people/none', '/imports/none', '/import/none', '/setup/groups/none']) {
      await page.goto(path)
      await page
        .getByText(/There is no /)
        .first()
        .waitFor()
      expect(await page.getByRole('button', { name: 'Try again' }).count(), path).toBe(0)
    }
    await page.goto('/setup/nothing')
    await page.waitForURL('**/setup')
  })
})
