import { type Scale, scaleOf } from './scroll-scale.ts'

/** The lowest that a row can be (data-table.module.css), and what is expected of one that nobody has seen yet. */
const LEAST_HEIGHT = 57
/** Rows drawn beyond the window, so that a turn of the wheel meets no gap. */
const BEYOND = 12
/** Windows beyond the drawn rows after which a scroll is a jump, and not a way through the rows between. */
const JUMP = 2
/** Milliseconds without a scroll after which it is over, for a browser that does not say so itself. */
const REST = 250
/** Pixels by which rows must differ from what was expected for the scale to be made anew. */
const WRONG = 6

/** The row at the window's top, which keeps its place while others come, go, or change their heights. */
interface Anchor {
  row: number
  /**
   * Pixels from the top of the page to the row's. Not from the window's: it may have been scrolled already when somebody
   * asks, and nobody may take that for a row that has moved.
   */
  y: number
  /** The list begins in the window: its rows go where the page goes. */
  isTop: boolean
}

/** Draws what `LongScroll` wants drawn; `now`: before the browser paints, or it is seen as a gap. */
type Draw = (now: boolean) => void

/**
 * Which rows of a list of any length are drawn, and where. The window scrolls over a frame of a bounded height
 * (scroll-scale.ts). A jump draws the rows of that place. Any other scroll goes through the rows pixel by pixel, as high
 * as they are; when it rests, rows and scroll bar move together to where these rows belong, which nobody sees.
 */
export class LongScroll {
  /** The rows that are drawn. */
  first = 0
  last = -1
  /** Pixels of the frame above the first. */
  private top = 0
  private anchor: Anchor = { row: 0, y: 0, isTop: true }
  /** Where the window stands on the end of the list, to stay there when the last rows become higher; null: elsewhere. */
  private end: number | null = null
  private rowHeight = LEAST_HEIGHT
  private scale: Scale
  /** Pixels of the width for which the height of rows is known. */
  private width = 0
  private resting: ReturnType<typeof setTimeout> | undefined
  private frame: HTMLElement | null = null
  private body: HTMLElement | null = null

  constructor(
    private count: number,
    private readonly draw: Draw,
    private readonly onRest: () => void,
  ) {
    this.scale = scaleOf(count, LEAST_HEIGHT)
    this.show(0)
  }

  /** The row at the window's top. */
  get row(): number {
    return this.anchor.row
  }

  /** A row in the middle of the window. */
  get middle(): number {
    return Math.min(this.count - 1, this.anchor.row + Math.floor(window.innerHeight / this.rowHeight / 2))
  }

  /** From now on there are so many rows. */
  resize(count: number): void {
    if (count === this.count) return
    this.count = count
    this.scale = scaleOf(count, this.rowHeight)
    this.end = null
    this.show(Math.max(0, Math.min(this.first, count - 1)))
    this.draw(false)
  }

  /**
   * Begins to follow the window.
   *
   * @param frame as high as the list
   * @param body holds the rows that are drawn, in the frame
   */
  attach(frame: HTMLElement, body: HTMLElement): () => void {
    this.frame = frame
    this.body = body
    const onScroll = () => this.follow(true)
    const onResize = () => {
      this.show(this.first)
      this.draw(true)
    }
    const observer = new ResizeObserver(() => this.settle())
    observer.observe(body)
    const onEnd = () => this.rest()
    window.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('scrollend', onEnd)
    window.addEventListener('resize', onResize)
    this.fit()
    this.follow(false)
    return () => {
      clearTimeout(this.resting)
      observer.disconnect()
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('scrollend', onEnd)
      window.removeEventListener('resize', onResize)
      this.frame = null
      this.body = null
    }
  }

  /** Scrolls so that a row stands at the window's top; the first one, at the top of its page. */
  goTo(row: number): void {
    const { frame } = this
    if (!frame) return
    frame.style.height = `${this.scale.height}px`
    const top = frame.getBoundingClientRect().top + window.scrollY
    window.scrollTo({ top: row <= 0 ? 0 : top + this.scale.toPixel(row), behavior: 'instant' })
    this.jump(this.above())
    this.draw(false)
  }

  /** After each drawing: whatever became higher or lower, the anchor stands where it stood. */
  settle(): void {
    if (!this.frame) return
    this.fit()
    this.expect()
    const rows = this.rows()
    const anchor = rows[this.anchor.row - this.first]
    if (this.end !== null && (window.scrollY >= this.end - 1 || isAtBottom())) {
      this.place(this.scale.height - heightOf(rows))
      if (!isAtBottom()) window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })
      this.end = window.scrollY
      if (anchor) this.anchor = { ...this.anchor, y: anchor.getBoundingClientRect().top + window.scrollY }
      return
    }
    if (anchor && !this.anchor.isTop) {
      const moved = anchor.getBoundingClientRect().top + window.scrollY - this.anchor.y
      if (Math.abs(moved) >= 0.5) this.place(this.top - moved)
    }
    if (this.first === 0 && this.top !== 0) this.shift(-this.top)
    else if (this.top < 0) this.align()
  }

  private follow(now: boolean): void {
    if (!this.frame) return
    const above = this.above()
    const view = window.innerHeight
    const bottom = this.top + heightOf(this.rows())
    if (above + view < this.top - JUMP * view || above > bottom + JUMP * view) this.jump(above)
    else this.walk(above)
    this.end = this.first > 0 && this.last === this.count - 1 && isAtBottom() ? window.scrollY : null
    this.draw(now)
    if ('onscrollend' in window) return
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.rest(), REST)
  }

  /** To the rows of a pixel of the frame. */
  private jump(above: number): void {
    const place = Math.min(Math.max(this.scale.toRow(above), 0), Math.max(0, this.count - 1))
    const row = Math.floor(place)
    const at = above < 0 ? -above : -(place - row) * this.rowHeight
    this.anchor = { row, y: window.scrollY + at, isTop: above < 0 }
    this.show(Math.max(0, row - BEYOND))
    this.top = above + at - (row - this.first) * this.rowHeight
  }

  /** Through the rows that are drawn, to others beside them. */
  private walk(above: number): void {
    const rows = this.rows()
    const height = (row: number) => rows[row - this.first]?.getBoundingClientRect().height ?? this.rowHeight
    let row = this.first
    let start = this.top
    while (start + height(row) <= above && row < this.count - 1) {
      start += height(row)
      row += 1
    }
    while (start > above && row > 0) {
      row -= 1
      start -= height(row)
    }
    this.anchor = { row, y: window.scrollY + start - above, isTop: above < 0 }
    const first = Math.max(0, row - BEYOND)
    let top = start
    for (let before = row - 1; before >= first; before -= 1) top -= height(before)
    this.top = top
    this.show(first)
  }

  private show(first: number): void {
    const inView = Math.ceil(window.innerHeight / LEAST_HEIGHT) + 1
    this.first = first
    this.last = Math.min(this.count - 1, Math.max(first, this.anchor.row) + inView + BEYOND)
  }

  private rest(): void {
    this.align()
    this.onRest()
  }

  /** Moves rows and scroll bar to where the rows in the window belong. */
  private align(): void {
    const above = this.above()
    if (above <= 0 || this.first === 0) return
    const rows = this.rows()
    const height = rows[this.anchor.row - this.first]?.getBoundingClientRect().height ?? this.rowHeight
    const belongs =
      this.last === this.count - 1
        ? this.scale.height - (this.top + heightOf(rows) - above)
        : this.scale.toPixel(this.anchor.row + (window.scrollY - this.anchor.y) / height)
    if (Math.abs(belongs - above) >= 1) this.shift(belongs - above)
  }

  /** Moves rows and window together. */
  private shift(pixels: number): void {
    this.anchor = { ...this.anchor, y: this.anchor.y + pixels }
    this.place(this.top + pixels)
    window.scrollTo({ top: window.scrollY + pixels, behavior: 'instant' })
  }

  private place(top: number): void {
    this.top = top
    this.fit()
  }

  /** With its last row on the page, the list ends there. */
  private fit(): void {
    if (!this.frame || !this.body) return
    const rows = this.rows()
    const bottom = this.top + heightOf(rows)
    const ends = Number(rows.at(-1)?.dataset.index) === this.count - 1
    this.body.style.top = `${this.top}px`
    this.frame.style.height = `${ends ? bottom : Math.max(this.scale.height, bottom)}px`
  }

  /** How high rows are is known when the first are there, and anew when the window has another width. */
  private expect(): void {
    const width = this.body?.clientWidth ?? 0
    const rows = this.rows().filter((row) => !row.hasAttribute('aria-busy'))
    if (width === this.width || rows.length === 0) return
    this.width = width
    const usual = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0) / rows.length
    if (Math.abs(usual - this.rowHeight) < WRONG) return
    this.rowHeight = usual
    this.scale = scaleOf(this.count, usual)
    this.fit()
    this.align()
  }

  /** Pixels of the frame above the window; negative: the frame begins below the window's top. */
  private above(): number {
    return this.frame ? -this.frame.getBoundingClientRect().top : 0
  }

  private rows(): HTMLElement[] {
    return this.body ? (Array.from(this.body.children) as HTMLElement[]) : []
  }
}

function isAtBottom(): boolean {
  return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1
}

function heightOf(rows: HTMLElement[]): number {
  const first = rows[0]?.getBoundingClientRect()
  const last = rows.at(-1)?.getBoundingClientRect()
  return first && last ? last.bottom - first.top : 0
}
