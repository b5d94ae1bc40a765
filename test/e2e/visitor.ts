import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { collectFaults, SIZES } from '../web/support/browser.ts'

export const examples = join(import.meta.dirname, '../../examples')

/** An import ends within this time on a busy machine. */
export const IMPORT_TIMEOUT_MS = 60_000

/** Opens a window without cookies or stored data. Errors of its pages are added to `faults`. */
export async function newVisitor(browser: Browser, origin: string, faults: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, viewport: SIZES.screen, reducedMotion: 'reduce' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  collectFaults(page, origin, faults)
  return page
}

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name })
export const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name })
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, level: 2 })
const dropArea = (page: Page): Locator => button(page, /^Drop a file here/)

export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await button(page, 'Sign in').click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** Drops a file on the drop area. */
export async function drop(page: Page, path: string): Promise<void> {
  const given = { bytes: [...(await readFile(path))], name: basename(path) }
  const dataTransfer = await page.evaluateHandle(({ bytes, name }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'text/csv' }))
    return transfer
  }, given)
  await dropArea(page).dispatchEvent('drop', { dataTransfer })
}

/** Chooses a file in the dialogue that the drop area opens. */
export async function choose(page: Page, file: string | { name: string; text: string }): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dropArea(page).click()])
  if (typeof file === 'string') await chooser.setFiles(join(examples, file))
  else await chooser.setFiles({ name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) })
}

/** Follows a download link and returns the text of the file. */
export async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), link(page, name).click()])
  return readFile(await file.path(), 'utf8')
}

/** Checks the file, starts the import and waits for its page. */
export async function checkAndImport(page: Page, people: number): Promise<void> {
  await button(page, 'Check what will happen').click()
  await button(page, `Import ${people} people`).click({ timeout: IMPORT_TIMEOUT_MS })
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
}
