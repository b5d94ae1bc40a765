import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../../../support/catalogue.ts'
import type { Catalogue } from '../../../support/imports.ts'
import { anAccount, codeOf, PASSWORD, visitor } from '../../../support/visitor.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

/** Screenshots take long on a busy machine. */
const PATIENT = { timeout: 180_000 }

/** A page that sends no requests by itself. */
const QUIET = '/account'

let world: ConsoleWorld
let all: Catalogue
/** The window of a platform administrator who manages the others. */
let boss: Page
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  all = await twoCompanies(world)
  boss = await world.openAs(null, '/setup/accounts')
})
afterAll(() => world.close())

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const inside = (page: Page) => page.getByRole('navigation', { name: 'Main' }).waitFor()

/** Creates an administrator with a second factor, and returns the secret of the authenticator app. */
async function withFactor(name: string) {
  const account = await anAccount(world, null, name)
  const browser = visitor(world, world.origin)
  await browser.signIn(account.email)
  const { secret } = (await browser.post('/v1/account/second-factor', { password: PASSWORD })).body
  // Each code works once. The previous code is still valid for a moment, so confirming with it leaves the current one
  // unused.
  const { status } = await browser.post('/v1/account/second-factor/confirm', { code: codeOf(secret, -1) })
  if (status !== 200) throw new Error(`The second factor was not turned on: ${status}`)
  return { ...account, secret }
}

/** Opens an administrator on the administrators page. */
async function opened(name: string): Promise<void> {
  await boss.goto('/setup/accounts')
  await boss.getByRole('table').getByRole('link', { name, exact: true }).click()
  await boss.getByRole('dialog', { name }).waitFor()
}

/** Presses a button, and then the button with the same name in the question. */
async function confirm(name: string): Promise<void> {
  await boss.getByRole('button', { name, exact: true }).click()
  const question = boss.getByRole('dialog', { name: `${name}?` })
  await question.getByRole('button', { name, exact: true }).click()
  await question.waitFor({ state: 'detached' })
}

describe('an administrator with a second factor', PATIENT, () => {
  test('the sign-in asks for the code, reports a wrong one, and opens the requested page', async () => {
    const { email, secret } = await withFactor('Ines Ferrer')
    const page = await world.open('/people?q=ada')
    await signIn(page, email)
    await page.getByRole('heading', { name: 'Second step' }).waitFor()
    const code = page.getByRole('textbox', { name: 'Code' })
    expect(await code.evaluate((input) => input === document.activeElement)).toBe(true)
    await shoot(page, 'sign-in-code')
    const right = codeOf(secret)
    await code.fill(right === '000000' ? '000001' : '000000')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .filter({ hasText: 'This is neither the current code nor an unused backup code.' })
      .waitFor()
    await shoot(page, 'sign-in-code-wrong')
    expect((await page.request.get('/v1/account')).status()).toBe(401)
    await code.fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    expect(page.url()).toBe(`${world.origin}/people?q=ada`)
  })

  test('an administrator can start the sign-in over with another account', async () => {
    const { email } = await withFactor('Jun Mori')
    const other = await anAccount(world)
    const page = await world.open('/sign-in')
    await signIn(page, email)
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, other.email)
    await inside(page)
  })

  test('a platform administrator turns off the second factor of one who lost a phone, after a text that explains it', async () => {
    const { email, secret } = await withFactor('Lena Vogt')
    const page = await world.open(QUIET)
    await signIn(page, email)
    await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await inside(page)
    await opened('Lena Vogt')
    await boss.getByRole('button', { name: 'Turn the second factor off' }).click()
    await boss.getByText('For when Lena Vogt has lost their phone. They are signed out').waitFor()
    await shoot(boss, 'setup-factor-off')
    await boss.getByRole('button', { name: 'Keep as it is' }).click()
    await confirm('Turn the second factor off')
    await boss.getByRole('button', { name: 'Turn the second factor off' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.waitForURL('**/sign-in?from=%2Fpeople')
    await signIn(page, email)
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
  })
})

describe('another administrator', PATIENT, () => {
  test('a disabled administrator is signed out at the next request, and can sign in when enabled again', async () => {
    const { email } = await anAccount(world, null, 'Petra Kiss')
    const page = await world.open(QUIET)
    await signIn(page, email)
    await inside(page)
    await opened('Petra Kiss')
    await boss.getByRole('button', { name: 'Disable this account' }).click()
    await boss.getByText('Petra Kiss is signed out everywhere').waitFor()
    await boss.getByRole('button', { name: 'Keep as it is' }).click()
    await confirm('Disable this account')
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.waitForURL('**/sign-in?from=%2Fpeople')
    await signIn(page, email)
    await page.getByRole('alert').waitFor()
    await boss.getByRole('button', { name: 'Enable this account' }).click()
    await boss.getByRole('button', { name: 'Disable this account' }).waitFor()
    await signIn(page, email)
    await inside(page)
  })

  test('a change of role or companies takes effect on the next page', async () => {
    const { email } = await anAccount(world, [all.blue.company], 'Omar Haddad')
    const page = await world.open('/setup/companies')
    await signIn(page, email)
    const companies = page.getByRole('table', { name: 'Companies' }).getByRole('link')
    await companies.first().waitFor()
    expect(await companies.allTextContents()).toEqual(['Blue Harbour'])
    await opened('Omar Haddad')
    const dialog = boss.getByRole('dialog', { name: 'Omar Haddad' })
    await dialog.getByRole('combobox', { name: 'Companies' }).click()
    await boss.getByRole('option', { name: 'Red Hill' }).click()
    await boss.keyboard.press('Tab')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.reload()
    await companies.nth(1).waitFor()
    expect(await page.getByRole('link', { name: 'Add a company' }).count()).toBe(0)
    await page.goto(QUIET)
    await page.getByText(`${email}, administrator of Blue Harbour and Red Hill.`).waitFor()
    await shoot(page, 'account-of-companies')
    await page.goto('/setup/companies')
    await opened('Omar Haddad')
    await dialog.getByRole('combobox', { name: 'May do what' }).click()
    await boss.getByRole('option', { name: 'Administrator of the platform' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await boss.getByRole('row', { name: 'Omar Haddad' }).getByText('the whole platform').waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Add a company' }).waitFor()
  })

  test('an administrator is deleted after one question that says what stays, and cannot sign in', async () => {
    const { email } = await anAccount(world, [all.red.company], 'Sven Holm')
    const page = await world.open(QUIET)
    await signIn(page, email)
    await inside(page)
    await opened('Sven Holm')
    await boss.getByRole('button', { name: 'Delete this account' }).click()
    await boss.getByText('Their imports stay, with their name.').waitFor()
    await boss.getByRole('button', { name: 'Keep as it is' }).click()
    await confirm('Delete this account')
    await boss.getByRole('row', { name: 'Sven Holm' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.waitForURL('**/sign-in?from=%2Fpeople')
    await signIn(page, email)
    await page.getByRole('alert').waitFor()
  })

  test('a new invitation link replaces the one before', async () => {
    const body = { email: 'yuki@muster.example', name: 'Yuki Abe', role: 'platform' }
    const first = (await boss.request.post('/v1/accounts', { data: body, headers: { Origin: world.origin } })).json()
    const { invitation } = await first
    await opened('Yuki Abe')
    await boss.getByRole('button', { name: 'Send a new invitation' }).click()
    const link = (await boss.getByRole('dialog', { name: 'Yuki Abe' }).locator('code').textContent()) ?? ''
    expect(link).not.toBe(invitation.url)
    const page = await world.open(new URL(invitation.url).pathname)
    await page.getByText('This link does not work any more').waitFor()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Welcome to Muster' }).waitFor()
  })
})
