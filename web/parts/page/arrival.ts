import { type RefObject, useEffect } from 'react'

/** The address that was arrived at last; whether any was, since the browser has loaded the page that it began with. */
let at = location.pathname
let moved = false
let back = false

addEventListener('popstate', () => {
  back = true
})
// As wouter calls what it does to the history.
addEventListener('pushState', () => {
  back = false
})

/**
 * Brings whoever follows a link to the beginning of the page: the focus to its heading, for those who hear the page or
 * use the keyboard, and the window to its top. The page that the browser began with is left as it is, one that was
 * gone back to where it was scrolled, and one that puts the focus somewhere itself there.
 */
export function useArrival(heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const elsewhere = at !== location.pathname
    at = location.pathname
    moved ||= elsewhere
    const { activeElement } = document
    const nowhere = activeElement === null || activeElement === document.body
    // A page that takes the place of its own grey lines takes the focus that was on their heading.
    if (!moved || !(elsewhere || nowhere)) return
    if (heading.current?.closest('main')?.contains(activeElement)) return
    if (elsewhere && !back) window.scrollTo({ top: 0 })
    heading.current?.focus({ preventScroll: true })
  }, [heading])
}
