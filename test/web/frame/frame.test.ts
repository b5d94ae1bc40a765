import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consolePaths } from '../../../api/console/console.ts'
import { shoot } from '../support/browser.ts'
import { type ConsoleWorld, consoleWorld } from '../support/console-world.ts'

/** The largest number of compressed bytes that the first page may load. */
const FIRST_LOAD = 300_000

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld(import.meta.url)
})
afterAll(() => world.close())

describe('the document of the console', () => {
  test('every URL of a page returns the document, with no-cache and under a policy without unsafe-inline', async () => {
    for (const path of consolePaths) {
      const response = await world.app.request(path.replace(/:\w+(\{.+\})?/, 'some'))
      expect(response.status, path).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
      const policy = response.headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
      expect(await response.text()).toContain(`nonce="${nonce}"`)
    }
  })

  test('the page stays open when a file is dropped outside a drop area', async () => {
    const page = await world.openAs(null, '/people')
    await page.getByRole('heading', { name: 'People' }).waitFor()
    const opened = (content: boolean) =>
      page.evaluate((withFile) => {
        const dataTransfer = new DataTransfer()
        if (withFile) dataTransfer.items.add(new File(['email'], 'people.csv'))
        else dataTransfer.setData('text/plain', 'Mira')
        const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
        return document.body.dispatchEvent(drop)
      }, content)
    expect(await opened(true)).toBe(false)
    expect(await opened(false)).toBe(true)
  })

  test('a program that requests a missing resource gets JSON, not the console', async () => {
    for (const [path, accept] of [
      ['/nowhere', '*/*'],
      ['/v1/nowhere', 'text/html'],
    ] as const) {
      const response = await world.app.request(path, { headers: { Accept: accept } })
      expect(response.headers.get('Content-Type'), path).toContain('json')
    }
  })

  test('files whose names change with their content are compressed and can be cached for ever', async () => {
    const page = await (await world.app.request('/')).text()
    const file = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const response = await world.app.request(file, { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(response.headers.get('Cache-Control')).toContain('immutable')
    expect(response.headers.get('Content-Encoding')).toBe('br')
    expect((await world.app.request('/assets/none.js')).status).toBe(404)
  })
})

describe('the frame', () => {
  test('the navigation works with the keyboard alone', async () => {
    const page = await world.openAs(null, '/setup')
    await page.reload()
    await page.getByRole('heading', { name: 'Set up', level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Import people')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/import')
  })

  test('the navigation is at the bottom of a phone', async () => {
    const page = await world.openAs(null, '/imports', 'phone')
    const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(844)
    await page.getByRole('link', { name: 'Set up' }).click()
    await page.getByRole('heading', { name: 'Set up', level: 1 }).waitFor()
  })

  test('an unknown URL returns 404 and shows that no page exists', async () => {
    const page = await world.openAs(null, '/setup')
    const opened = await page.goto('/imports/some/where/else')
    expect(opened?.status()).toBe(404)
    await page.getByText('This address leads to no page').waitFor()
    await shoot(page, 'nothing-here')
  })

  test('signing out ends the session and keeps the chosen appearance', async () => {
    const page = await world.openAs(null, '/account')
    await page.getByText('Dark', { exact: true }).click()
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in**')
    expect((await page.request.get('/v1/account')).status()).toBe(401)
    await page.reload()
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' })
  })

  test('the console loads less than 300 kB before the first page', async () => {
    const page = await world.openAs(null, '/imports')
    await page.reload()
    await page.getByText('An import turns a spreadsheet of people').waitFor()
    const loaded = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map((entry) => entry as PerformanceResourceTiming)
        .map(({ name, encodedBodySize }) => ({ name, encodedBodySize })),
    )
    const kinds = [/\/imports$/, /\.js$/, /\.css$/, /\/v1\/account$/]
    for (const kind of kinds) expect(loaded.some(({ name }) => kind.test(name))).toBe(true)
    // The largest files are compressed. The test counts the bytes that were sent.
    const sizes = loaded.map(({ encodedBodySize }) => encodedBodySize)
    expect(Math.max(...sizes)).toBeGreaterThan(20_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD)
  })
})
