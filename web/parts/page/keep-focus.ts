/**
 * Gives a button the focus back that it lost by being busy. A browser takes it from whatever is disabled, and whoever
 * uses the keyboard would begin anew at the top of the page, or behind the dialog that they are in.
 */
export function keepFocus(): void {
  let lost: Element | null = null
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLButtonElement)) continue
      // What changes the page is told before the browser takes the focus away.
      if (target.disabled && target === document.activeElement) lost = target
      if (!target.disabled && target === lost) {
        if (document.activeElement === null || document.activeElement === document.body) target.focus()
        lost = null
      }
    }
  }).observe(document, { subtree: true, attributeFilter: ['disabled'] })
}
