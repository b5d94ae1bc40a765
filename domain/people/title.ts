import { MAX_SUGGESTIONS } from '../imports/limits.ts'

export interface Course {
  id: string
  title: string
}

/** A title alias: a title, and the course that an administrator assigned to it. */
export interface Alias {
  /** The title in its loose form. */
  key: string
  courseId: string
  /** True for this import only. Such an alias takes precedence over a saved one. */
  once: boolean
}

export type UnmatchedReason = 'unknown' | 'ambiguous' | 'not-available'

export type TitleMatch = { course: Course } | { course: null; reason: UnmatchedReason }

/** Hyphen-minus, hyphen, non-breaking hyphen, figure, en and em dash, horizontal bar, minus; with any space around. */
const DASH = /[\s\u0085]*[-\u2010\u2011\u2012\u2013\u2014\u2015\u2212][\s\u0085]*/g

/** White space as defined by Unicode (White_Space): JavaScript's `\s`, and NEL, which `\s` does not match. */
const SPACE = /[\s\u0085]+/g

/**
 * Returns the loose form of a title. A reader takes two titles with the same loose form for the same course
 * (FORMATS.md). It ignores case, the kind of dash, and repeated or surrounding Unicode white space.
 */
export function looseTitle(title: string): string {
  return title.normalize('NFC').replace(DASH, '-').replace(SPACE, ' ').trim().toLowerCase()
}

/** Looks up titles among the courses of one company. It is built once per company and used once per distinct title. */
export class TitleIndex {
  readonly #exact = new Map<string, Course[]>()
  readonly #loose = new Map<string, Course[]>()
  readonly #aliases = new Map<string, Course>()
  /** Title aliases whose course is no longer open to the company. */
  readonly #closed = new Set<string>()
  readonly #courses: readonly Course[]
  #likeness: Likeness | null = null

  constructor(courses: readonly Course[], aliases: readonly Alias[] = []) {
    this.#courses = courses
    for (const course of courses) {
      push(this.#exact, course.title, course)
      push(this.#loose, looseTitle(course.title), course)
    }
    if (aliases.length > 0) this.#learn(aliases)
  }

  /**
   * Matches a title exactly, then by an alias, then loosely. Two courses that match equally well are ambiguous, which
   * is not a match. An alias whose course is no longer open to the company is not a match either.
   */
  match(title: string): TitleMatch {
    const exact = this.#exact.get(title)
    const [only] = exact ?? []
    if (only && exact?.length === 1) return { course: only }
    const key = looseTitle(title)
    const taught = this.#aliases.get(key)
    if (taught) return { course: taught }
    const [course, second] = exact ?? this.#loose.get(key) ?? []
    if (course && !second) return { course }
    return { course: null, reason: course ? 'ambiguous' : this.#closed.has(key) ? 'not-available' : 'unknown' }
  }

  /** Returns the closest titles for "Did you mean", best first. An ambiguous title gets the courses that match it. */
  suggest(title: string): string[] {
    const loose = looseTitle(title)
    const same = this.#loose.get(loose)
    if (same) return same.slice(0, MAX_SUGGESTIONS).map((course) => course.title)
    this.#likeness ??= new Likeness(this.#courses.map((course) => course.title))
    return this.#likeness.closest(loose)
  }

  #learn(aliases: readonly Alias[]): void {
    const open = new Map(this.#courses.map((course) => [course.id, course]))
    const inOrder = [...aliases].sort((a, b) => Number(a.once) - Number(b.once))
    for (const { key, courseId } of inOrder) {
      const course = open.get(courseId)
      if (course) this.#aliases.set(key, course)
      else this.#closed.add(key)
    }
  }
}

interface Candidate {
  title: string
  score: number
}

/** The lowest likeness for "Did you mean". */
const ALIKE = 0.35

/**
 * Finds similar titles by the Dice coefficient of their letter pairs, from 0 to 1, which tolerates transposed letters
 * and reordered words. An index from pairs to titles makes a search of ten thousand courses take milliseconds. Edit
 * distance would take a second.
 */
class Likeness {
  readonly #titles: readonly string[]
  readonly #pairs: number[]
  readonly #titlesWith = new Map<string, { at: number; times: number }[]>()

  constructor(titles: readonly string[]) {
    this.#titles = titles
    this.#pairs = titles.map((title, at) => {
      const pairs = pairsOf(looseTitle(title))
      for (const [pair, times] of pairs.counts) push(this.#titlesWith, pair, { at, times })
      return pairs.total
    })
  }

  closest(loose: string): string[] {
    const asked = pairsOf(loose)
    const shared = new Int32Array(this.#titles.length)
    for (const [pair, most] of asked.counts) {
      for (const { at, times } of this.#titlesWith.get(pair) ?? []) {
        shared[at] = (shared[at] ?? 0) + Math.min(times, most)
      }
    }
    return this.#best(shared, asked.total).map((candidate) => candidate.title)
  }

  /** Selects the best candidates in one pass. Sorting ten thousand slightly similar titles took most of the time. */
  #best(shared: Int32Array, asked: number): Candidate[] {
    const best: Candidate[] = []
    for (let at = 0; at < shared.length; at++) {
      const score = (2 * (shared[at] ?? 0)) / Math.max(asked + (this.#pairs[at] ?? 0), 1)
      const last = best.at(-1)
      if (score < ALIKE || (best.length === MAX_SUGGESTIONS && last && score < last.score)) continue
      best.push({ title: this.#titles[at] ?? '', score })
      best.sort((a, b) => b.score - a.score || a.title.localeCompare(b.title, 'en'))
      best.length = Math.min(best.length, MAX_SUGGESTIONS)
    }
    return best
  }
}

function pairsOf(text: string): { counts: Map<string, number>; total: number } {
  const counts = new Map<string, number>()
  for (let i = 0; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return { counts, total: Math.max(text.length - 1, 0) }
}

function push<Key, Value>(index: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = index.get(key)
  if (list) list.push(value)
  else index.set(key, [value])
}
