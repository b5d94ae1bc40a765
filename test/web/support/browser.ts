import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join, resolve } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const SCREENSHOTS = resolve(import.meta.dirname, '../../e2e/screenshots')

/** Flags that stop Chromium from contacting any server other than the page's own. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Window sizes of a phone and of a screen, in pixels. */
export const SIZES = { phone: { width: 390, height: 844 }, screen: { width: 1440, height: 900 } } as const

/** @throws when Chromium is not installed */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error('No Chromium: install Debian’s package “chromium”, or name one with CHROMIUM_PATH.')
  }
  return chromium.launch({ executablePath, args: FLAGS, headless: true })
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, chromium.executablePath()].find((path) => path !== '' && existsSync(path))
}

/**
 * Adds script errors, console errors and requests to other origins to `faults`. Problem responses of the API belong to
 * the tests and are not added.
 */
export function collectFaults(page: Page, origin: string, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`failed: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(`says: ${text}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) faults.push(`loads ${url}`)
  })
}

/**
 * Waits for the CSS transitions from one colour scheme to the other, and after a second ends them, as a screenshot does.
 * Without screenshots, waiting without that limit hung on one page in every run.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const fades = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    const ended = Promise.all(fades.map(({ finished }) => finished.catch(() => undefined)))
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1_000))])
    for (const fade of fades) fade.finish()
  })
}

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Runs axe on the current state of the page.
 *
 * @returns each violation with the elements that cause it
 */
async function axeFinds(page: Page): Promise<string[]> {
  // Once for each document: loading axe takes longer than running it.
  const isLoaded = await page.evaluate(() => 'axe' in globalThis)
  if (!isLoaded) await page.evaluate(AXE_SOURCE)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(on: Document, how: RunOptions): Promise<AxeResults> } }
    return (await axe.run(document, { resultTypes: ['violations'] })).violations
  })
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Returns the words of titles and column headers, and the large numbers, that a line break splits. */
async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const goesOn = (node: Node, start: number, end: number): boolean => {
      const range = document.createRange()
      range.setStart(node, start)
      range.setEnd(node, end)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1
    }
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const head = node.parentElement?.closest<HTMLElement>('h1, [role="columnheader"]')
      // Column headers are hidden on a phone.
      if (head && head.offsetWidth < 10) continue
      // Words of more than 16 characters may break: file names can be that long.
      const words = head ? /[^\s-]{2,16}(?=\s|$)/g : /(?<!\S)\d{1,3}(,\d{3})+(?!\S)/g
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(words)) {
        if (goesOn(node, index, index + word.length)) found.push(word)
      }
    }
    return found
  })
}

/** Pixels. A screenshot of a longer page shows only this much of it. */
const MAX_HEIGHT = 4_000

/** `npm run screenshots` sets it. Other runs make the same checks and write no files. */
const TAKES_SCREENSHOTS = process.env.MUSTER_SCREENSHOTS === '1'

/**
 * Checks the current state of the page at both sizes and in both colour schemes, and writes screenshots to
 * test/e2e/screenshots/ under `npm run screenshots`.
 *
 * @throws when the page is wider than the window, when it breaks a word that must be read at a glance, or when axe
 * finds a violation
 */
export async function shoot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const size of ['phone', 'screen'] as const) {
    const height = await fitWindow(page, name, size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await settled(page)
      const found = await axeFinds(page)
      if (found.length > 0) throw new Error(`axe about “${name}”, ${size}, ${colorScheme}: ${found.join('\n')}`)
      if (TAKES_SCREENSHOTS) await takeScreenshot(page, `${name}-${size}-${colorScheme}`, height <= MAX_HEIGHT)
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
  // A key that is pressed before the page has its old size again can be lost.
  await settled(page)
}

/**
 * Makes the window as wide as `size` and as long as the page. In a shorter window, a bar at its bottom would appear in
 * the middle of the screenshot.
 *
 * @returns the height of the page in pixels
 */
async function fitWindow(page: Page, name: string, size: keyof typeof SIZES): Promise<number> {
  const { width, height } = SIZES[size]
  await page.setViewportSize({ width, height })
  // The page's own code redraws it a moment after the window changes its size.
  const fits = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
      timeout: 5_000,
    })
    .then(
      () => true,
      () => false,
    )
  if (!fits) throw new Error(`“${name}” is wider than a window of ${width} px.`)
  const broken = await brokenWords(page)
  if (broken.length > 0) throw new Error(`“${name}”, ${size}, breaks ${broken.join(', ')}.`)
  const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(MAX_HEIGHT, pageHeight) })
  return pageHeight
}

async function takeScreenshot(page: Page, name: string, fullPage: boolean): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage, animations: 'disabled' })
}
