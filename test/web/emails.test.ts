import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from '../api/catalogue.ts'
import { shoot } from './browser.ts'
import { type ConsoleWorld, consoleWorld } from './world.ts'

let world: ConsoleWorld
let given: Awaited<ReturnType<typeof twoCompanies>>
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
  given = await twoCompanies(world)
})
afterAll(() => world.close())

const letter = (page: Page) => page.frameLocator('iframe')
const languages = (page: Page) => page.getByRole('navigation', { name: 'Language' })
const inLanguage = (page: Page, name: string) => languages(page).getByRole('link', { name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const texts = async (query = '') => (await given.platform.get(`/v1/email-texts${query}`)).body.items
const words = { subject: 'Welcome, {firstName}', intro: 'Your courses wait.', button: 'Begin' }

/** Waits until everything that the page keeps has the value. */
const subject = (page: Page) => page.getByLabel('Subject', { exact: true })

describe('the e-mail texts', () => {
  test('are seen in each language before one is sent, in a frame that can do nothing', async () => {
    const page = await world.openAs(null, '/setup/emails?kind=invitation&language=de')
    await letter(page).locator('html[lang="de"]').waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('')
    const { backgroundColor } = await letter(page)
      .locator('.button')
      .first()
      .evaluate((element) => getComputedStyle(element))
    expect(backgroundColor).not.toBe('rgba(0, 0, 0, 0)')
    await page.getByLabel('Message (may stay empty)').fill('Herzlich willkommen bei uns!')
    await letter(page).getByText('Herzlich willkommen bei uns!').waitFor()
    await page.getByText('Muster’s own words', { exact: true }).waitFor()
    await shoot(page, 'emails')
    for (const name of ['English', 'Spanish', 'French', 'Hungarian', 'Japanese', 'Dutch', 'Portuguese']) {
      await inLanguage(page, name).click()
      await page.waitForURL((url) => url.searchParams.get('language') !== 'de')
      await inLanguage(page, name).and(page.locator('[aria-current="page"]')).waitFor()
      const tag = new URL(page.url()).searchParams.get('language') ?? ''
      await letter(page).locator(`html[lang="${tag}"]`).waitFor()
      const shown = page.getByRole('region', { name: 'Preview' }).locator('strong')
      expect(await shown.textContent()).not.toBe('')
    }
    await page.getByText('As plain text').click()
    await page.locator('pre').getByText('Herzlich willkommen bei uns!').waitFor()
    await shoot(page, 'emails-text')
  })

  test('are written for everybody, followed by the preview, and given up with one question', async () => {
    const page = await world.openAs(null, '/setup/emails?kind=welcome&language=de')
    await page.getByText('Muster’s own words', { exact: true }).waitFor()
    expect(await subject(page).inputValue()).toBe('Ihr Konto bei {company}')
    expect(await button(page, 'Save').isDisabled()).toBe(true)
    await subject(page).fill('Ahoi {firstName} {lastName}')
    await page.getByLabel('Text', { exact: true }).fill('Ihr Konto bei {company} ist da.\n\nBis bald!')
    await page.getByLabel('Button').fill('Los geht’s')
    await letter(page).locator('p').getByText('Ihr Konto bei Muster ist da.').waitFor()
    await letter(page).getByText('Bis bald!').waitFor()
    await letter(page).getByText('Los geht’s').waitFor()
    await page.getByRole('region', { name: 'Preview' }).getByText('Ahoi Ada Lovelace').first().waitFor()
    expect(await texts()).toEqual([])
    await inLanguage(page, 'German').getByText('not saved').waitFor()
    await shoot(page, 'emails-written')
    await button(page, 'Save').click()
    await page.getByText('Saved.').waitFor()
    await page.getByText('Everybody’s words').waitFor()
    await inLanguage(page, 'German').getByText('everybody’s').waitFor()
    expect(await texts()).toMatchObject([{ company: null, subject: 'Ahoi {firstName} {lastName}', language: 'de' }])
    await subject(page).fill('Ahoi {firstName}')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.').waitFor()
    expect(await texts()).toMatchObject([{ subject: 'Ahoi {firstName}', button: 'Los geht’s' }])
    await shoot(page, 'emails-own')
    await button(page, 'Go back to Muster’s words').click()
    const question = page.getByRole('dialog', { name: 'Go back to Muster’s words?' })
    await question.getByText('What was written here is deleted.').waitFor()
    await shoot(page, 'emails-go-back')
    await question.getByRole('button', { name: 'Go back to Muster’s words' }).click()
    await page.getByText('Muster’s own words', { exact: true }).waitFor()
    expect(await subject(page).inputValue()).toBe('Ihr Konto bei {company}')
    expect(await texts()).toEqual([])
  })

  test('say at the field what is wrong, while it is written and when it is saved', async () => {
    const page = await world.openAs(null, '/setup/emails?language=fr')
    await page.getByLabel('Text', { exact: true }).fill('Bonjour {{firstName}}')
    await page.getByText('“{{firstName}}” cannot be filled in: in braces stand only').waitFor()
    await page.getByText('This is how it was before.').waitFor()
    await shoot(page, 'emails-wrong')
    await button(page, 'Save').click()
    await page.locator('textarea[aria-invalid="true"]').and(page.locator(':focus')).waitFor()
    await page.getByLabel('Text', { exact: true }).fill('Bonjour {firstName}')
    await letter(page).locator('p').getByText('Bonjour Ada', { exact: true }).waitFor()
    await page.getByText('This is how it was before.').waitFor({ state: 'detached' })
    await page.getByLabel('Button').fill('')
    await page.getByText('Expected a text.').waitFor()
    await button(page, 'Back to what it was').click()
    await page.getByText('Expected a text.').waitFor({ state: 'detached' })
    expect(await texts()).toEqual([])
  })

  test('that are not saved are there again after a look at others, and after the page was left', async () => {
    const page = await world.openAs(null, '/setup/emails?language=nl')
    await subject(page).fill('Hallo {firstName}')
    await inLanguage(page, 'Hungarian').click()
    await letter(page).locator('html[lang="hu"]').waitFor()
    await page.getByRole('link', { name: 'Activation in Dutch, for everybody' }).waitFor()
    await shoot(page, 'emails-not-saved')
    await page.getByRole('combobox', { name: 'E-mail' }).click()
    await page.getByRole('option', { name: 'Password' }).click()
    await page.reload()
    await page.getByRole('link', { name: 'Activation in Dutch, for everybody' }).click()
    await letter(page).locator('html[lang="nl"]').waitFor()
    expect(await subject(page).inputValue()).toBe('Hallo {firstName}')
    await page.getByRole('region', { name: 'Preview' }).getByText('Hallo Ada').first().waitFor()
    await button(page, 'Back to what it was').click()
    await inLanguage(page, 'Dutch').getByText('not saved').waitFor({ state: 'detached' })
  })

  test('that somebody else wrote meanwhile are not overwritten unseen', async () => {
    const page = await world.openAs(null, '/setup/emails?kind=password&language=es')
    await subject(page).fill('Hola {firstName}')
    const id = await given.made('email-texts', { company: null, kind: 'password', language: 'es', ...words })
    await button(page, 'Save').click()
    await page.getByText('There are words for this e-mail in this language already').waitFor()
    await inLanguage(page, 'Spanish').getByText('everybody’s').waitFor()
    expect(await texts()).toMatchObject([{ id, ...words }])
    await given.platform.delete(`/v1/email-texts/${id}`)
  })
})

describe('an administrator of one company', () => {
  test('has everybody’s words until they write their own, and goes back to them', async () => {
    const everybodys = await given.made('email-texts', { company: null, kind: 'activation', language: 'en', ...words })
    const page = await world.openAs([given.blue.company], '/setup/emails')
    await page.getByText('Blue Harbour has no words of its own here.').waitFor()
    await page.getByText('Everybody’s words').waitFor()
    await subject(page).fill('Aboard {company}, {firstName}')
    await page.getByRole('region', { name: 'Preview' }).getByText('Aboard Blue Harbour, Ada').first().waitFor()
    await button(page, 'Save').click()
    await page.getByText('Blue Harbour’s own words').waitFor()
    await inLanguage(page, 'English').getByText('its own').waitFor()
    await shoot(page, 'emails-company')
    const own = await texts(`?company=${given.blue.company}`)
    expect(own).toMatchObject([{ company: given.blue.company, subject: 'Aboard {company}, {firstName}' }])
    expect(await texts('?company=everybody')).toMatchObject([{ id: everybodys, ...words }])
    await button(page, 'Go back to everybody’s words').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to everybody’s words' }).click()
    await page.getByText('Blue Harbour has no words of its own here.').waitFor()
    expect(await subject(page).inputValue()).toBe(words.subject)
    await given.platform.delete(`/v1/email-texts/${everybodys}`)
  })

  test('of two reads what is for everybody and changes only what is theirs', async () => {
    const page = await world.openAs([given.blue.company, given.red.company], '/setup/emails?language=de')
    await page.getByText('Administrators of the platform write what is for everybody.').waitFor()
    expect(await button(page, 'Save').count()).toBe(0)
    expect(await subject(page).getAttribute('readonly')).not.toBeNull()
    await shoot(page, 'emails-read-only')
    await page.getByRole('combobox', { name: 'For whom' }).click()
    await page.getByRole('option', { name: 'Red Hill' }).click()
    await page.getByText('Red Hill has no words of its own here.').waitFor()
    expect(await button(page, 'Save').count()).toBe(1)
  })
})
