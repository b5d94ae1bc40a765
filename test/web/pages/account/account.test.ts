import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anAccount, codeOf, PASSWORD, visitor } from '../../../support/visitor.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

const NEW_PASSWORD = 'eleven gulls above the pier'

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
})
afterAll(() => world.close())

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Opens a page of a new account, which signs in first. */
async function ownPage(path: string) {
  const { email } = await anAccount(world)
  const page = await world.open(path)
  await signIn(page, email, PASSWORD)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return { email, page }
}

describe('the account page', () => {
  test('an administrator changes their name, which appears in the navigation', async () => {
    const { page } = await ownPage('/account')
    await page.getByLabel('Your name').fill('Mira Kovács-Tóth')
    await page.getByRole('button', { name: 'Save the name' }).click()
    await page.getByText('The name is saved.').waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByText('Mira Kovács-Tóth').waitFor()
    await shoot(page, 'account')
  })

  test('an administrator changes their password, and a wrong current password is reported at the field', async () => {
    const { page, email } = await ownPage('/account')
    await page.getByRole('textbox', { name: 'Current password' }).fill('not the password')
    await page.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('This is not your password.').waitFor()
    await shoot(page, 'account-refused')
    await page.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('The password is changed.').waitFor()
    expect(await page.getByText(/^Strength/).count()).toBe(0)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in**')
    await signIn(page, email, NEW_PASSWORD)
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
  })

  test('an administrator turns on the second factor with a QR code drawn in the browser, signs in with a backup code, and turns it off', async () => {
    const { page, email } = await ownPage('/account')
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('img', { name: 'The code for your authenticator app' }).waitFor()
    await shoot(page, 'account-second-factor')
    const secret = ((await page.getByText(/^([A-Z2-7]{1,4} ?)+$/).textContent()) ?? '').replaceAll(' ', '')
    await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret))
    await page.getByRole('button', { name: 'Turn it on' }).click()
    const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
    await codes.first().waitFor()
    const [backup = ''] = await codes.allTextContents()
    await shoot(page, 'account-backup-codes')
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('It is on: whoever signs in').waitFor()
    expect(await page.getByText(backup).count()).toBe(0)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in**')
    await signIn(page, email, PASSWORD)
    await page.getByRole('textbox', { name: 'Code' }).fill(backup)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByText('It is off').waitFor()
  })
})

/** Invites an administrator and returns the path of the invitation link. */
async function invited(email: string): Promise<string> {
  const admin = await anAccount(world)
  const browser = visitor(world, world.origin)
  await browser.signIn(admin.email)
  const { status, body } = await browser.post('/v1/accounts', { email, name: 'Bela Nagy', role: 'platform' })
  if (status !== 201) throw new Error(`The invitation gave ${status}: ${JSON.stringify(body)}`)
  return new URL(body.invitation.url).pathname
}

describe('a link from an e-mail', () => {
  test('an invited administrator chooses a password and signs in, and the link works once', async () => {
    const email = 'bela@muster.example'
    const path = await invited(email)
    const page = await world.open(path)
    await page.getByRole('heading', { name: 'Welcome to Muster' }).waitFor()
    expect(await page.getByLabel('Your name').inputValue()).toBe('Bela Nagy')
    await shoot(page, 'accept')
    const password = page.getByRole('textbox', { name: 'Password' })
    for (const [typed, said] of [
      ['Bela Nagy Bela', 'Little more than your name or address'],
      ['password123456', 'Easy to guess: choose another'],
      ['Sommer2026!!', 'Strength: fair'],
      [NEW_PASSWORD, 'Strength: strong'],
      ['short', 'Too short'],
    ] as const) {
      await password.fill(typed)
      await page.getByRole('status').getByText(said, { exact: true }).waitFor()
    }
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await shoot(page, 'accept-refused')
    await page.getByRole('textbox', { name: 'Password' }).fill(NEW_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/sign-in')
    await page.getByText('Your password is kept. Sign in with it.').waitFor()
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(email)
    await shoot(page, 'sign-in-password-kept')
    await page.getByRole('textbox', { name: 'Password' }).fill(NEW_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('Bela Nagy').waitFor()
    const again = await world.open(path)
    await again.getByText('This account is already active').waitFor()
    await shoot(again, 'accept-used')
  })

  test('an unknown link is reported and its page offers a new one', async () => {
    const page = await world.open(`/accept/${'a'.repeat(43)}`)
    await page.getByText('This link does not work any more').waitFor()
    await shoot(page, 'accept-gone')
    await page.getByLabel('E-mail address').fill('nobody@muster.example')
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText('If there is an account with this address').waitFor()
  })

  test('a forgotten password is reset from the sign-in page', async () => {
    const page = await world.open('/sign-in')
    await page.getByRole('link', { name: 'Forgotten your password?' }).click()
    await page.getByRole('heading', { name: 'Forgotten password' }).waitFor()
    await shoot(page, 'reset')
    await page.getByLabel('E-mail address').fill('nobody@muster.example')
    await page.keyboard.press('Enter')
    await page.getByText('If there is an account with this address').waitFor()
  })
})
