import type { Page } from 'playwright-core'

interface Shift {
  value: number
  /** Each element that moved, with its old and new position in pixels. */
  moves: string[]
}

type Watched = typeof globalThis & { shifts: Shift[] }

/**
 * Records the layout shifts that the browser reports (Layout Instability, wicg.github.io/layout-instability), except those
 * within half a second after a click or key press.
 */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = globalThis as Watched
    watched.shifts = []
    const told = (node: Node | null): string => {
      const element = node instanceof Element ? node : (node?.parentElement ?? null)
      const text = (element?.textContent ?? '').trim().slice(0, 30)
      return `${element?.tagName.toLowerCase() ?? 'gone'}.${element?.className ?? ''} “${text}”`
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[]) {
        if (entry.hadRecentInput) continue
        const moves = entry.sources.map(
          ({ node, previousRect: a, currentRect: b }) => `${told(node)} ${a.x},${a.y} → ${b.x},${b.y}`,
        )
        watched.shifts.push({ value: entry.value, moves })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

interface LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
}

/** Waits two frames, after which pending changes are painted. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

/**
 * Delivers responses of the API one after the other, each after the page has painted the one before.
 *
 * @returns a function that waits until the page has painted every response
 */
export async function answerOneByOne(page: Page): Promise<() => Promise<void>> {
  let last = Promise.resolve()
  await page.route(
    (url) => url.pathname.startsWith('/v1/') && !url.pathname.endsWith('/events'),
    (route) => {
      last = last
        .then(async () => {
          const response = await route.fetch()
          await drawn(page)
          await route.fulfill({ response })
          await drawn(page)
        })
        // The page navigated away meanwhile.
        .catch(() => undefined)
    },
  )
  return async () => {
    for (let known: unknown; known !== last; ) {
      known = last
      await last
      await drawn(page)
    }
  }
}

/** Returns the shifts since the last call. */
export async function shiftsOf(page: Page): Promise<{ score: number; moves: string[] }> {
  const shifts = await page.evaluate(() => (globalThis as Watched).shifts.splice(0))
  return {
    score: shifts.reduce((sum, { value }) => sum + value, 0),
    moves: shifts.flatMap(({ value, moves }) => [value.toFixed(3), ...moves]),
  }
}
