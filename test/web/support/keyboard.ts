import type { Locator, Page } from 'playwright-core'

/** The number of Tab presses after which an element counts as unreachable. */
const FAR = 60

/** The focus has moved past the last element of the page. */
const END = 'nothing has the focus'

interface Box {
  name: string
  left: number
  top: number
  bottom: number
}

/**
 * Presses Tab until the wished element has the focus. A `key` of `Shift+Tab` goes backwards.
 *
 * @throws when the element is not reached, and when an element on the way is not visible, looks the same without the
 * focus, or is placed before the previous one
 */
export async function tabTo(page: Page, wished: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  // While the page finds out what a change means, its button is disabled and cannot get the focus.
  await wished.and(page.locator(':not(:disabled)')).first().waitFor()
  const stops: Box[] = []
  for (let presses = 0; presses < FAR; presses++) {
    await page.keyboard.press(key)
    const { fault, ...stop } = await lookAt(page)
    const before = stops.at(-1)
    if (fault === END) break
    if (fault) throw new Error(`“${stop.name}”, after “${before?.name}”, ${fault}.`)
    const [first, then] = key === 'Tab' ? [before, stop] : [stop, before]
    if (first && then && then.bottom <= first.top && then.left <= first.left) {
      throw new Error(`“${then.name}” stands before “${first.name}”, and has the focus after it.`)
    }
    if (await hasFocus(wished)) return
    stops.push(stop)
  }
  throw new Error(`Not reached: ${wished}. The way: ${stops.map(({ name }) => name).join(' → ')}`)
}

/** Waits until an element has the focus by itself. */
export async function untilFocused(wished: Locator): Promise<void> {
  await wished.and(wished.page().locator(':focus')).waitFor()
}

const hasFocus = async (wished: Locator): Promise<boolean> =>
  (await wished.and(wished.page().locator(':focus')).count()) > 0

/** Opens the list of the focused field, moves down to an option, and chooses it. */
export async function pick(page: Page, option: string): Promise<void> {
  const wished = page.getByRole('option', { name: option, exact: true })
  await page.keyboard.press('ArrowDown')
  await wished.waitFor()
  for (let presses = 0; (await wished.getAttribute('data-combobox-selected')) === null; presses++) {
    if (presses > FAR) throw new Error(`No arrow key leads to “${option}”.`)
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

/** Returns the focused element, and what hides the focus, if anything does (WCAG 2.2, 2.4.7 and 2.4.11). */
function lookAt(page: Page): Promise<Box & { fault: string | null }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const name = (element.getAttribute('aria-label') || element.textContent || element.id).trim().slice(0, 40)
    const around = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling]
    const look = (): string => {
      // Transitions fade these colours into those of another state.
      const styles = () =>
        around.map((one) => {
          if (!one) return ''
          const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one)
          return [outline, boxShadow, borderColor, backgroundColor].join()
        })
      styles()
      for (const fade of document.getAnimations()) if (fade instanceof CSSTransition) fade.finish()
      return styles().join()
    }
    const box = element.getClientRects()[0] ?? new DOMRect()
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    const focused = look()
    element.blur()
    const blurred = look()
    element.focus({ preventScroll: true })
    const fault =
      element === document.body
        ? 'nothing has the focus'
        : box.width === 0 || box.height === 0
          ? 'has no size'
          : !hit || !(element.contains(hit) || hit.contains(element) || hit.closest('label')?.contains(element))
            ? `is out of sight, or behind “${hit?.textContent?.slice(0, 40)}”`
            : focused === blurred
              ? 'looks as it does without the focus'
              : null
    const [left, top, bottom] = [box.left + scrollX, box.top + scrollY, box.bottom + scrollY]
    return { name, left, top, bottom, fault }
  })
}
