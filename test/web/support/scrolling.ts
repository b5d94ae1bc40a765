import type { Page } from 'playwright-core'

/** The rows that the page has, in the window and a little beyond. */
export const drawn = (page: Page) => page.locator('[role="row"][data-index]')

/** Once everything in the window was read: the rows in it, as they are counted aloud, from the top. */
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

/** Scrolls to a part of the page: 1 is its end. */
export const scrollTo = (page: Page, part: number) =>
  page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), part)
