/**
 * Stays on the page when a file is dropped where nobody takes it: a browser would leave the page and open the file, and
 * whoever missed the area by a little would have lost what they were doing.
 */
export function keepPage(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    })
  }
}
