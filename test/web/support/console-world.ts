import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, TestRunner } from 'vitest'
import { apiWorld } from '../../support/api-world.ts'
import { anAccount, PASSWORD } from '../../support/visitor.ts'
import { collectFaults, launchBrowser, SIZES } from './browser.ts'

export type ConsoleWorld = Awaited<ReturnType<typeof consoleWorld>>

/**
 * Starts the console on its own port and database, with a browser. Imports run only when the test starts a worker.
 *
 * @param url the test file's `import.meta.url`
 * @param env configuration in addition to the address
 */
export async function consoleWorld(url: string, env: NodeJS.ProcessEnv = {}) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const world = await apiWorld(url, { env: { PUBLIC_URL: origin, ...env } })
  const server = serve({ fetch: world.app.fetch, port })
  if (!server.listening) await once(server, 'listening')
  const browser = await launchBrowser()
  const faults: string[] = []

  /** Opens a window without a session. It closes when the test ends, or with the world. */
  const open = async (path: string, size: keyof typeof SIZES = 'screen'): Promise<Page> => {
    const context = await browser.newContext({ baseURL: origin, viewport: SIZES[size], reducedMotion: 'reduce' })
    // An open page keeps polling and rendering while later tests run.
    if (TestRunner.getCurrentTest()) onTestFinished(() => context.close())
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    collectFaults(page, origin, faults)
    await page.goto(path)
    return page
  }

  return {
    ...world,
    origin,
    browser,
    open,
    /** Opens a window and signs in through the sign-in page. `companies` null is a platform administrator. */
    async openAs(companies: string[] | null, path: string, size: keyof typeof SIZES = 'screen'): Promise<Page> {
      const { email } = await anAccount(world, companies)
      const page = await open(path, size)
      await page.getByLabel('E-mail address').fill(email)
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      return page
    },
    /** @throws when a page had a script error or a console error, or sent a request to another origin */
    async close(): Promise<void> {
      await browser.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await world.close()
      expect(faults).toEqual([])
    },
  }
}

/** The API rejects requests from other origins, so the port must be known before the API starts. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port
}
