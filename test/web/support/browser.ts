import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import axe, { type Result } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const SCREENSHOTS = resolve(import.meta.dirname, '../../e2e/screenshots')

/** Chromium as a program of this machine, that talks to nobody but the page. */
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

/** A phone and a screen. */
export const SIZES = { phone: { width: 390, height: 844 }, screen: { width: 1440, height: 900 } } as const

/** @throws when there is no Chromium, with a sentence that says where it was looked for */
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
 * Adds to `faults` what a page must not do: fail, be refused something by its policy, or load from elsewhere. Answers
 * that are problems are part of a test and not counted.
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

/** Waits until colours that fade into those of another scheme have arrived. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const fades = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.all(fades.map(({ finished }) => finished.catch(() => undefined)))
  })
}

/** What axe finds on the page as it stands, each with the places. */
async function axeFinds(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe }
    return (await loaded.run(document, { resultTypes: ['violations'] })).violations as Result[]
  })
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Titles, heads of columns and large numbers that go on in a next line in the middle of a word. */
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
      // On a phone nobody sees the heads of columns.
      if (head && head.offsetWidth < 10) continue
      // A file is called what it is called.
      const words = head ? /[^\s-]{2,16}(?=\s|$)/g : /(?<!\S)\d{1,3}(,\d{3})+(?!\S)/g
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(words)) {
        if (goesOn(node, index, index + word.length)) found.push(word)
      }
    }
    return found
  })
}

/** Pixels of a page up to which its picture shows all of it; of a longer one, as much from where it stands. */
const LONGEST = 4_000

/**
 * Pictures of the page as it stands, at both sizes and in both schemes, in test/e2e/screenshots/.
 *
 * @throws when a size makes it wider than the window or breaks a word that is to be read at a glance, and when axe finds
 *   anything in any of the four
 */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  const before = page.viewportSize()
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    // A window that has just changed its size is drawn anew by the page's own code, a moment later.
    const fits = await page
      .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
        timeout: 5_000,
      })
      .then(
        () => true,
        () => false,
      )
    if (!fits) throw new Error(`“${name}” is wider than a window of ${viewport.width} px.`)
    const broken = await brokenWords(page)
    if (broken.length > 0) throw new Error(`“${name}”, ${size}, breaks ${broken.join(', ')}.`)
    // As long as the page: a bar that keeps to the window's end would stand in the middle of the picture.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    const fullPage = height <= LONGEST
    await page.setViewportSize({ width: viewport.width, height: Math.min(LONGEST, height) })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await settled(page)
      const found = await axeFinds(page)
      if (found.length > 0) throw new Error(`axe about “${name}”, ${size}, ${colorScheme}: ${found.join('\n')}`)
      const path = join(SCREENSHOTS, `${name}-${size}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage, animations: 'disabled' })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}
