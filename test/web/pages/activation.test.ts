import { sql } from 'kysely'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { localeFor } from '../../../domain/texts/index.ts'
import { pass, sentLink, writeAgain } from '../../support/links.ts'
import type { PeopleOptions } from '../../support/mail-world.ts'
import { shoot } from '../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'

const STRONG = 'eleven gulls above the pier'
const SIGN_IN_URL = 'https://learn.example/sign-in'
const LANGUAGES = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt']

let world: ConsoleWorld
let companies = 0
beforeAll(async () => {
  world = await consoleWorld(import.meta.url, { SIGN_IN_URL })
})
afterAll(() => world.close())

/** Creates a user with a link, in a company with a realistic name. */
async function sent(options: PeopleOptions = {}) {
  const link = await sentLink(world.db, options)
  const name = companies++ === 0 ? 'Blue Harbour' : `Blue Harbour ${companies}`
  await sql`UPDATE companies SET name = ${name} WHERE id = (SELECT company_id FROM people WHERE id = ${link.id})`.execute(
    world.db,
  )
  return link
}

/** Opens a page in a browser context that is set up for one test. */
async function aPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await world.browser.newContext({ baseURL: world.origin, ...options })
  onTestFinished(() => context.close())
  return context.newPage()
}

const field = (page: Page) => page.locator('#password')
const word = (page: Page) => page.getByRole('status')
const submit = (page: Page) => page.locator('form button[type=submit]')

/** Counts the bars, of four, that have the colour of the word. */
const bars = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const colour = getComputedStyle(document.querySelector('#strength-word')!).color
    return [...document.querySelectorAll('.bars i')].filter((bar) => getComputedStyle(bar).backgroundColor === colour)
      .length
  })

/** Types a password, waits for the text that rates it, and returns the number of coloured bars. */
async function judged(page: Page, password: string, said: string) {
  await field(page).fill(password)
  await word(page).getByText(said, { exact: true }).waitFor()
  return bars(page)
}

describe('the form behind a link', () => {
  test('the page shows how strong a password is while it is typed, before anything is sent', async () => {
    const { path, id } = await sent()
    const page = await world.open(path)
    await page.getByRole('heading', { name: 'Choose your password' }).waitFor()
    await shoot(page, 'activation')
    expect(await judged(page, 'short', 'Too short')).toBe(1)
    expect(await judged(page, 'x'.repeat(129), 'Too long')).toBe(1)
    expect(await judged(page, 'password123456', 'Easy to guess: choose another')).toBe(1)
    await shoot(page, 'activation-weak')
    const personal = 'Little more than your name, address or company: choose another'
    expect(await judged(page, 'Mira Tóth Mira', personal)).toBe(1)
    await shoot(page, 'activation-personal')
    expect(await judged(page, 'Sommer2026!!', 'Strength: fair')).toBe(2)
    await shoot(page, 'activation-fair')
    expect(await judged(page, 'blue kettle 7', 'Strength: good')).toBe(3)
    expect(await judged(page, STRONG, 'Strength: strong')).toBe(4)
    await shoot(page, 'activation-strong')
    await field(page).fill('')
    await expect.poll(() => word(page).textContent()).toBe('')

    await field(page).fill(STRONG)
    await submit(page).click()
    await page.getByRole('heading', { name: 'Your account is active' }).waitFor()
    await shoot(page, 'activation-done')
    const user = await world.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(user.activated_at).not.toBeNull()
  })

  test('the page sends no request while a password is typed', async () => {
    const { path } = await sent()
    // `world.open` would count the request that the policy blocks as a fault.
    const page = await aPage()
    await page.goto(path)
    await judged(page, 'password123456', 'Easy to guess: choose another')
    const asked: string[] = []
    page.context().on('request', (request) => asked.push(request.url()))
    await field(page).fill('')
    await field(page).pressSequentially(STRONG)
    await word(page).getByText('Strength: strong').waitFor()
    // The policy makes the browser block every request, whatever the script tries.
    const escaped = await page.evaluate(() =>
      fetch('/activate/x').then(
        () => true,
        () => false,
      ),
    )
    expect(escaped).toBe(false)
    expect(asked).toEqual([])
  })

  test('a rejected password shows its reason in place until another one is typed', async () => {
    const { path } = await sent()
    const page = await world.open(path)
    await field(page).fill('password123456')
    // A browser that has not loaded the script yet submits the form like this.
    await page.evaluate(() => document.forms[0]!.submit())
    await page.getByRole('alert').waitFor()
    await shoot(page, 'activation-refused')
    const place = await submit(page).boundingBox()
    expect(await judged(page, STRONG, 'Strength: strong')).toBe(4)
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await submit(page).boundingBox()).toEqual(place)
  })

  test('a password that would be rejected is not sent and stays in the field', async () => {
    const { path } = await sent()
    const page = await world.open(path)
    await judged(page, 'password123456', 'Easy to guess: choose another')
    await submit(page).click()
    expect(await field(page).inputValue()).toBe('password123456')
    expect(await field(page).getAttribute('aria-invalid')).toBe('true')
    await field(page).fill(STRONG)
    await word(page).getByText('Strength: strong').waitFor()
    expect(await field(page).getAttribute('aria-invalid')).toBe('false')
  })

  test('a button shows and hides the typed password', async () => {
    const { path } = await sent({ language: 'fr' })
    const page = await world.open(path)
    await field(page).fill(STRONG)
    await page.getByRole('button', { name: 'Afficher Mot de passe' }).click()
    expect(await field(page).getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Masquer Mot de passe' }).click()
    expect(await field(page).getAttribute('type')).toBe('password')
  })

  test.each(LANGUAGES)('the form works in %s, and no rating moves its button', async (language) => {
    const { path } = await sent({ language })
    const page = await world.open(path, 'phone')
    const { strength } = localeFor(language).texts.page
    const place = await submit(page).boundingBox()
    const passwords = ['kurz', 'x'.repeat(129), 'password123456', 'Mira Tóth Mira', 'Sommer2026!!', STRONG]
    const said = ['tooShort', 'tooLong', 'common', 'personal', 'fair', 'strong'] as const
    for (const [n, password] of passwords.entries()) {
      await judged(page, password, strength[said[n]!])
      expect(await submit(page).boundingBox()).toEqual(place)
    }
    await judged(page, 'Mira Tóth Mira', strength.personal)
    await shoot(page, `activation-${language}`)
  })

  test('without the script that rates passwords, the page shows no rating and accepts the password', async () => {
    const { path } = await sent()
    const page = await aPage()
    await page.route('**/assets/thread-*', (route) => route.abort())
    await page.goto(path)
    await field(page).fill('short')
    await word(page).getByText('Too short').waitFor()
    await field(page).fill(STRONG)
    await expect.poll(() => word(page).textContent()).toBe('')
    await submit(page).click()
    await page.getByRole('heading', { name: 'Your account is active' }).waitFor()
  })

  test('without scripts, the form works to its end and shows an error in place', async () => {
    const { path } = await sent({ language: 'de' })
    const page = await aPage({ javaScriptEnabled: false })
    await page.goto(path)
    expect(await page.getByRole('status').isVisible()).toBe(false)
    expect(await page.getByRole('button').count()).toBe(1)
    await field(page).fill('kurz')
    await submit(page).click()
    await page.getByText('Das sind 4 Zeichen. Bitte verwenden Sie mindestens 12.').waitFor()
    await field(page).fill(STRONG)
    await submit(page).click()
    await page.getByRole('heading', { name: 'Ihr Konto ist aktiv' }).waitFor()
  })
})

describe('every other page behind a link', () => {
  /** Opens the link, waits for its title, and takes the screenshots. */
  async function shows(path: string, title: string, name: string): Promise<Page> {
    const page = await world.open(path)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await shoot(page, name)
    return page
  }

  test('the page of an invitation names who invites, and creates the account', async () => {
    const { path } = await sent({ invited: true })
    const page = await shows(path, 'Accept the invitation', 'activation-invitation')
    await page.getByText(/^Blue Harbour.* invites you to its learning platform/).waitFor()
    await judged(page, STRONG, 'Strength: strong')
    await page.getByRole('button', { name: 'Create my account' }).click()
    await page.getByRole('heading', { name: 'Your account is active' }).waitFor()
  })

  test('the page of an expired link shows when it expired, and sends a new one', async () => {
    const { path, outboxId } = await sent()
    await pass(world.db, outboxId, '3 days')
    const page = await shows(path, 'This link has run out', 'activation-expired')
    await page.getByText(/^It ran out on \d+ \w+ \d{4} at .* UTC\. Shall we send you a new one\?$/).waitFor()
    await page.getByRole('button', { name: 'Send me a new link' }).click()
    await page.getByRole('heading', { name: 'Check your inbox' }).waitFor()
    await shoot(page, 'activation-renewed')
  })

  test('the page of a used link shows where to sign in', async () => {
    const { path } = await sent()
    await world.app.request(path, { method: 'POST', body: new URLSearchParams({ password: STRONG }) })
    const page = await shows(path, 'This account is already active', 'activation-used')
    expect(await page.getByRole('link').getAttribute('href')).toBe(SIGN_IN_URL)
  })

  test('the page of a replaced link shows which e-mail to look for', async () => {
    const { path, id } = await sent()
    await writeAgain(world.db, id)
    const page = await shows(path, 'There is a newer link', 'activation-replaced')
    await page.getByRole('button', { name: 'Send me a new link' }).waitFor()
  })

  test('the page of a disabled account refers the user to the company’s administrator', async () => {
    const { path, id } = await sent()
    await world.db.updateTable('users').set({ enabled: false }).where('id', '=', id).execute()
    const page = await shows(path, 'This account is switched off', 'activation-disabled')
    await page.getByText(/^Please ask the administrator of Blue Harbour/).waitFor()
  })

  test('the page of an unknown link explains how the link may have been damaged', async () => {
    await shows(`/activate/1.${'A'.repeat(43)}`, 'We do not know this link', 'activation-unknown')
  })
})
