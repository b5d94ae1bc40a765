/**
 * An e-mail as it may be shown under the console's policy, which knows no style attributes: they become rules of a
 * `<style>` that carries the page's nonce. Its links lead nowhere, and nothing in it can be sent.
 */
export function letterDocument(html: string, nonce: string): string {
  // Before it is read: the policy holds for what is only read, too.
  const allowed = html.replaceAll(' style="', ' data-style="').replaceAll('<style>', `<style nonce="${nonce}">`)
  const letter = new DOMParser().parseFromString(allowed, 'text/html')
  const rules = [...letter.querySelectorAll<HTMLElement>('[data-style]')].map((element, place) => {
    const style = element.dataset.style ?? ''
    delete element.dataset.style
    element.dataset.place = String(place)
    return `[data-place="${place}"]{${style}}`
  })
  const inline = letter.createElement('style')
  inline.setAttribute('nonce', nonce)
  inline.textContent = rules.join('\n')
  letter.head.append(inline)
  for (const link of letter.querySelectorAll('a')) link.removeAttribute('href')
  return `<!doctype html>${letter.documentElement.outerHTML}`
}
