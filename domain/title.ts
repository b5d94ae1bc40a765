import { MAX_SUGGESTIONS } from './limits.ts'

export interface Course {
  id: string
  title: string
}

export type TitleMatch = { course: Course } | { course: null; reason: 'unknown' | 'ambiguous' }

/** Hyphen-minus, hyphen, non-breaking hyphen, figure, en, em, horizontal bar, minus; with any space around it. */
const DASH = /[\s\u0085]*[-\u2010\u2011\u2012\u2013\u2014\u2015\u2212][\s\u0085]*/g

/** Unicode's White_Space: JavaScript's `\s` and NEL, which it leaves out. */
const SPACE = /[\s\u0085]+/g

/**
 * The loose form of a title: two titles with the same one are the same course to a person (FORMATS.md). Case,
 * repeated and surrounding white space (any Unicode white space) and the kind of dash do not count.
 */
export function looseTitle(title: string): string {
  return title.normalize('NFC').replace(DASH, '-').replace(SPACE, ' ').trim().toLowerCase()
}

/** Looks titles up among the courses of one company. Built once per company, asked once per distinct title. */
export class TitleIndex {
  readonly #exact = new Map<string, Course[]>()
  readonly #loose = new Map<string, Course[]>()
  readonly #courses: readonly Course[]

  constructor(courses: readonly Course[]) {
    this.#courses = courses
    for (const course of courses) {
      push(this.#exact, course.title, course)
      push(this.#loose, looseTitle(course.title), course)
    }
  }

  /** An exact match wins over a loose one; two courses that match equally well are ambiguous, which is no match. */
  match(title: string): TitleMatch {
    const found = this.#exact.get(title) ?? this.#loose.get(looseTitle(title)) ?? []
    const [course, second] = found
    if (course && !second) return { course }
    return { course: null, reason: course ? 'ambiguous' : 'unknown' }
  }

  /** The closest titles, best first: "did you mean". An ambiguous title gets the courses it could be. */
  suggest(title: string): string[] {
    const loose = looseTitle(title)
    const same = this.#loose.get(loose)
    if (same) return same.slice(0, MAX_SUGGESTIONS).map((course) => course.title)
    return this.#courses
      .map((course) => ({ title: course.title, score: similarity(loose, looseTitle(course.title)) }))
      .filter(({ score }) => score >= 0.35)
      .sort((a, b) => b.score - a.score || a.title.localeCompare(b.title, 'en'))
      .slice(0, MAX_SUGGESTIONS)
      .map((candidate) => candidate.title)
  }
}

/**
 * Dice coefficient over letter pairs, 0 to 1: forgives transposed letters and reordered words, and costs
 * milliseconds for ten thousand courses where edit distance costs a second.
 */
function similarity(a: string, b: string): number {
  const pairs = new Map<string, number>()
  for (const pair of bigrams(a)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  let shared = 0
  let total = Math.max(a.length - 1, 0)
  for (const pair of bigrams(b)) {
    total += 1
    const left = pairs.get(pair) ?? 0
    if (left > 0) {
      shared += 1
      pairs.set(pair, left - 1)
    }
  }
  return total === 0 ? 0 : (2 * shared) / total
}

function* bigrams(text: string): Generator<string> {
  for (let i = 0; i < text.length - 1; i++) yield text.slice(i, i + 2)
}

function push(index: Map<string, Course[]>, key: string, course: Course): void {
  const list = index.get(key)
  if (list) list.push(course)
  else index.set(key, [course])
}
