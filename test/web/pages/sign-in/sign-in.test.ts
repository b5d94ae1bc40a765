import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anAccount, PASSWORD } from '../../../support/visitor.ts'
import { shoot } from '../../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../../support/console-world.ts'

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
})
afterAll(() => world.close())

describe('the sign-in page', () => {
  test('signing in opens the requested page', async () => {
    const page = await world.openAs(null, '/people?company=Blue')
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    expect(page.url()).toBe(`${world.origin}/people?company=Blue`)
  })

  test('a rejected sign-in is explained, and the typed address stays', async () => {
    const page = await world.open('/sign-in')
    await page.getByLabel('E-mail address').fill('nobody@example.com')
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('No administrator has this address and password')
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('nobody@example.com')
    await shoot(page, 'sign-in-refused')
  })

  test('signing in opens only pages of the console', async () => {
    const { email } = await anAccount(world)
    const page = await world.open('/sign-in?from=//evil.example/')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/imports')
  })

  test('an ended session leads to the sign-in page', async () => {
    const page = await world.openAs(null, '/people?state=active')
    await page.getByText('Nobody').waitFor()
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Invited' }).click()
    await page.waitForURL('**/sign-in?from=%2Fpeople%3Fstate%3Dinvited')
  })
})
