import { isAtBottom, onWindow, ScrollFrame, scrollPage } from './scroll-frame.ts'
import { type Scale, scaleOf } from './scroll-scale.ts'

/** The lowest that a row can be (data-table.module.css), and what is expected of one that nobody has seen yet. */
const LEAST_HEIGHT = 57
/** Rows drawn beyond the window, so that a turn of the wheel meets no gap. */
const BEYOND = 12
/** Windows beyond the drawn rows after which a scroll is a jump, and not a way through the rows between. */
const JUMP = 2
const PAUSE = 250
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
  /** Pixels of a row that was not read yet: what comes is as high. */
  rowHeight = LEAST_HEIGHT
  private scale: Scale
  /** Pixels of the width for which the height of rows is known. */
  private width = 0
  private frame: ScrollFrame | null = null

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

  /** Begins to follow the window; the elements are those of `ScrollFrame`. */
  attach(frame: HTMLElement, body: HTMLElement): () => void {
    this.frame = new ScrollFrame(frame, body)
    const observer = new ResizeObserver(() => this.settle())
    observer.observe(body)
    // What stands above the list may come later than the list.
    observer.observe(document.body)
    const resized = () => {
      this.show(this.first)
      this.draw(true)
    }
    const leave = onWindow(
      () => this.follow(true),
      () => this.rest(),
      resized,
      PAUSE,
    )
    this.fit()
    this.follow(false)
    return () => {
      observer.disconnect()
      leave()
      this.frame = null
    }
  }

  /** Scrolls so that a row stands at the window's top; the first one, at the top of its page. */
  goTo(row: number): void {
    const { frame } = this
    if (!frame) return
    frame.stretch(this.scale.height)
    const pixel = this.scale.toPixel(row)
    if (row <= 0) scrollPage(0)
    else frame.scrollTo(pixel)
    const { above } = frame
    // Windows stand on whole pixels, and rows need not.
    this.jump(above, row > 0 && Math.abs(above - pixel) < 1 ? row : this.scale.toRow(above))
    this.draw(false)
  }

  /** After each drawing: whatever became higher or lower, the anchor stands where it stood. */
  settle(): void {
    const { frame } = this
    if (!frame) return
    this.fit()
    this.expect(frame)
    const place = this.anchor.row - this.first
    if (this.end !== null && (window.scrollY >= this.end - 1 || isAtBottom())) {
      this.place(this.scale.height - frame.drawn)
      if (!isAtBottom()) scrollPage(document.documentElement.scrollHeight)
      this.end = window.scrollY
      this.anchor = { ...this.anchor, y: frame.topOf(place) ?? this.anchor.y }
      return
    }
    const moved = (frame.topOf(place) ?? this.anchor.y) - this.anchor.y
    if (!this.anchor.isTop && Math.abs(moved) >= 0.5) this.place(this.top - moved)
    if (this.first === 0 && this.top !== 0) this.shift(-this.top)
    else if (this.top < 0) this.align(frame)
  }

  private follow(now: boolean): void {
    const { frame } = this
    if (!frame) return
    const { above } = frame
    const far = (JUMP + 1) * window.innerHeight
    if (above < this.top - far || above > this.top + frame.drawn + far - window.innerHeight)
      this.jump(above, this.scale.toRow(above))
    else this.walk(frame)
    this.end = this.first > 0 && this.last === this.count - 1 && isAtBottom() ? window.scrollY : null
    this.draw(now)
  }

  /** To the rows of a pixel of the frame; `to`: the row at it, and how much of that is above. */
  private jump(above: number, to: number): void {
    const place = Math.min(Math.max(to, 0), Math.max(0, this.count - 1))
    const row = Math.floor(place)
    const at = above < 0 ? -above : -(place - row) * this.rowHeight
    this.anchor = { row, y: window.scrollY + at, isTop: above < 0 }
    this.show(Math.max(0, row - BEYOND))
    this.top = above + at - (row - this.first) * this.rowHeight
  }

  /** Through the rows that are drawn, to others beside them. */
  private walk(frame: ScrollFrame): void {
    const { above } = frame
    const height = (row: number) => frame.heightOf(row - this.first) ?? this.rowHeight
    let row = this.first
    let start = this.top
    // Of a row above, less than a pixel may be left: nobody sees that.
    for (; start + height(row) < above + 1 && row < this.count - 1; row += 1) start += height(row)
    for (; start >= above + 1 && row > 0; row -= 1) start -= height(row - 1)
    this.anchor = { row, y: window.scrollY + start - above, isTop: above < 0 }
    const first = Math.max(0, row - BEYOND)
    this.top = start
    for (let before = row - 1; before >= first; before -= 1) this.top -= height(before)
    this.show(first)
  }

  private show(first: number): void {
    const inView = Math.ceil(window.innerHeight / LEAST_HEIGHT) + 1
    this.first = first
    this.last = Math.min(this.count - 1, Math.max(first, this.anchor.row) + inView + BEYOND)
  }

  private rest(): void {
    if (this.frame) this.align(this.frame)
    this.onRest()
  }

  /** Moves rows and scroll bar to where the rows in the window belong. */
  private align(frame: ScrollFrame): void {
    const { above } = frame
    if (above <= 0 || this.first === 0) return
    const height = frame.heightOf(this.anchor.row - this.first) ?? this.rowHeight
    const belongs =
      this.last === this.count - 1
        ? this.scale.height - (this.top + frame.drawn - above)
        : this.scale.toPixel(this.anchor.row + (window.scrollY - this.anchor.y) / height)
    if (Math.abs(belongs - above) >= 1) this.shift(belongs - above)
  }

  /** Moves rows and window together. */
  private shift(pixels: number): void {
    this.anchor = { ...this.anchor, y: this.anchor.y + pixels }
    this.place(this.top + pixels)
    scrollPage(window.scrollY + pixels)
  }

  private place(top: number): void {
    this.top = top
    this.fit()
  }

  /** With its last row on the page, the list ends there. */
  private fit(): void {
    if (!this.frame) return
    const bottom = this.top + this.frame.drawn
    const ends = this.frame.last === this.count - 1
    this.frame.place(this.top, ends ? bottom : Math.max(this.scale.height, bottom))
  }

  /** How high rows are is known when the first are there, and anew when the window has another width. */
  private expect(frame: ScrollFrame): void {
    const usual = frame.width === this.width ? undefined : frame.usualHeight()
    if (usual === undefined) return
    this.width = frame.width
    if (Math.abs(usual - this.rowHeight) < WRONG) return
    this.rowHeight = usual
    this.scale = scaleOf(this.count, usual)
    this.fit()
    this.align(frame)
  }
}
