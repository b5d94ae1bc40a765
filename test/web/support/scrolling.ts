import type { Page } from 'playwright-core'

/** The rows in the document: those in the window and a few beyond it. */
export const drawn = (page: Page) => page.locator('[role="row"][data-index]')

/**
 * Waits until all rows in the window are loaded. Returns them from top to bottom, with the numbers that screen readers
 * announce.
 */
export async function inWindow(page: Page): Promise<{ row: number; name: string; top: number }[]> {
  const read = await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role="row"][data-index]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return bottom > 1 && top < window.innerHeight - 1
    })
    if (rows.length === 0 || rows.some((row) => row.ariaBusy)) return null
    return rows.map((row) => ({
      row: Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')) - 1,
      name: row.querySelector('a')?.textContent ?? '',
      top: row.getBoundingClientRect().top,
    }))
  })
  return (await read.jsonValue()) as { row: number; name: string; top: number }[]
}

/** Scrolls to a fraction of the page. 1 is its end. */
export const scrollTo = (page: Page, part: number) =>
  page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), part)
