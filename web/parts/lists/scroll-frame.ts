/** The elements of a list of which only some rows are drawn, and where they are. */
export class ScrollFrame {
  /**
   * @param frame as high as the list
   * @param body holds the rows that are drawn, in the frame
   */
  constructor(
    private readonly frame: HTMLElement,
    private readonly body: HTMLElement,
  ) {}

  /** Pixels of the frame above the window; negative: it begins below the window's top. */
  get above(): number {
    return -this.frame.getBoundingClientRect().top
  }

  get width(): number {
    return this.body.clientWidth
  }

  get rows(): HTMLElement[] {
    return Array.from(this.body.children) as HTMLElement[]
  }

  /** Pixels of all rows that are drawn. */
  get drawn(): number {
    return this.body.getBoundingClientRect().height
  }

  /** Pixels of a drawn row; undefined for another. */
  heightOf(place: number): number | undefined {
    return this.body.children[place]?.getBoundingClientRect().height
  }

  /** Pixels from the top of the page to a drawn row; undefined for another. */
  topOf(place: number): number | undefined {
    const row = this.body.children[place]
    return row && row.getBoundingClientRect().top + window.scrollY
  }

  /** Pixels of a row of those that were read and are drawn, on average; undefined when there are none. */
  usualHeight(): number | undefined {
    const read = this.rows.filter((row) => !row.hasAttribute('aria-busy'))
    if (read.length === 0) return undefined
    return read.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0) / read.length
  }

  /** The index in the list of the last row that is drawn. */
  get last(): number {
    return Number(this.rows.at(-1)?.dataset.index ?? -1)
  }

  place(top: number, height: number): void {
    this.body.style.top = `${top}px`
    this.frame.style.height = `${height}px`
  }

  stretch(height: number): void {
    this.frame.style.height = `${height}px`
  }

  /** Scrolls so that a pixel of the frame is at the window's top. */
  scrollTo(pixel: number): void {
    scrollPage(window.scrollY + pixel - this.above)
  }
}

export function scrollPage(top: number): void {
  window.scrollTo({ top, behavior: 'instant' })
}

export function isAtBottom(): boolean {
  return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1
}

/**
 * Says when the window is scrolled, when that is over, and when it gets another size.
 *
 * @param pause milliseconds without a scroll after which it is over, for a browser that does not say so itself
 */
export function onWindow(scrolled: () => void, rested: () => void, resized: () => void, pause: number): () => void {
  const says = 'onscrollend' in window
  let waiting: ReturnType<typeof setTimeout> | undefined
  const onScroll = () => {
    scrolled()
    clearTimeout(waiting)
    if (!says) waiting = setTimeout(rested, pause)
  }
  window.addEventListener('scroll', onScroll, { passive: true })
  window.addEventListener('scrollend', rested)
  window.addEventListener('resize', resized)
  return () => {
    clearTimeout(waiting)
    window.removeEventListener('scroll', onScroll)
    window.removeEventListener('scrollend', rested)
    window.removeEventListener('resize', resized)
  }
}
