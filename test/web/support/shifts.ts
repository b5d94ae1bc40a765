import type { Page } from 'playwright-core'

interface Shift {
  value: number
  /** Each element that moved: what it is, and from where to where, in pixels. */
  moves: string[]
}

type Watched = typeof globalThis & { shifts: Shift[] }

/**
 * Keeps what the browser says of content that moved by itself (Layout Instability, wicg.github.io/layout-instability):
 * not what follows half a second after a click or key.
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

/** Two frames: what was asked to be drawn is drawn. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

/**
 * Lets answers of the API arrive one after the other, each when the page has been drawn with the one before.
 *
 * @returns what waits until everything that the page has asked for is drawn
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
        // The page was left meanwhile.
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

/** What has moved since this was last asked. */
export async function shiftsOf(page: Page): Promise<{ score: number; moves: string[] }> {
  const shifts = await page.evaluate(() => (globalThis as Watched).shifts.splice(0))
  return {
    score: shifts.reduce((sum, { value }) => sum + value, 0),
    moves: shifts.flatMap(({ value, moves }) => [value.toFixed(3), ...moves]),
  }
}
