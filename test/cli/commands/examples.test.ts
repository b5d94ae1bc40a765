import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'

// Written from FORMATS.md only and without the code of the import, so that two readings of one contract are compared.

interface Demo {
  companies: { name: string; cohorts: string[] }[]
  courses: { title: string; companies: string[] }[]
}

const folder = join(import.meta.dirname, '../../../examples')
const bytes = (name: string) => readFileSync(join(folder, name))
const demo = JSON.parse(bytes('demo.json').toString()) as Demo
const good = people('onboarding.csv')
const wrong = people('onboarding-wrong-titles.csv')
const HEADERS =
  'enabled,name,last_name,email,companyName,cohortName,languageCode,job_role,region,module requested 1,module requested 2,module requested 3'

function people(name: string) {
  const [header, ...rows] = parse(bytes(name), { encoding: 'utf8' }) as string[][]
  return rows.map((cells, i) => ({
    row: i + 2,
    titles: cells.slice(9).filter((title) => title.trim() !== ''),
    person: Object.fromEntries(header!.map((key, column) => [key, cells[column] ?? ''])) as Record<string, string>,
  }))
}

const words = (title: string) =>
  title
    .toLowerCase()
    .split(/\s*[-‐‑‒–—―−]\s*/u)
    .map((part) => part.trim().split(/\s+/u).join(' '))
    .join(' – ')

/** Returns the courses that a title matches for a company: exact matches if there are any, otherwise loose matches. */
function fitting(title: string, company: string): string[] {
  const titles = demo.courses.filter((course) => course.companies.includes(company)).map((course) => course.title)
  const exact = titles.filter((candidate) => candidate === title.trim())
  return exact.length > 0 ? exact : titles.filter((candidate) => words(candidate) === words(title))
}

const misfits = (list: typeof good) =>
  list.flatMap(({ row, titles, person }) =>
    titles
      .filter((title) => fitting(title, person.companyName!).length !== 1)
      .map((title) => ({ row, title, company: person.companyName! })),
  )

describe('the demo data', () => {
  test('the demo data has no duplicate company or title, and every course belongs to existing companies', () => {
    const companies = demo.companies.map(({ name }) => name)
    expect(new Set(companies).size).toBe(4)
    expect(new Set(demo.courses.map(({ title }) => title)).size).toBe(demo.courses.length)
    for (const course of demo.courses) {
      expect(course.companies.length).toBeGreaterThan(0)
      expect(companies).toEqual(expect.arrayContaining(course.companies))
    }
  })
})

describe.each([
  ['onboarding.csv', good, 60],
  ['onboarding-wrong-titles.csv', wrong, 25],
] as const)('%s', (name, list, size) => {
  test('the file has exactly the headers of the template, in UTF-8 without a byte order mark', () => {
    expect(bytes(name).toString().split(/\r?\n/)[0]).toBe(HEADERS)
    expect(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes(name))).not.toThrow()
    expect(bytes(name)[0]).toBe('e'.charCodeAt(0))
  })

  test(`the file has ${size} users, all enabled, each with a unique address in a reserved domain`, () => {
    expect(list).toHaveLength(size)
    const addresses = [...good, ...wrong].map(({ person }) => person.email!.toLowerCase())
    expect(new Set(addresses).size).toBe(85)
    for (const { person } of list) {
      expect(person.enabled).toBe('1')
      expect(person.name).not.toBe('')
      expect(person.email).toMatch(/^[a-z0-9.-]+@([a-z]+\.)?(example|example\.com|example\.org)$/)
      expect(Intl.getCanonicalLocales(person.languageCode)).toEqual([person.languageCode])
    }
  })

  test('the file names existing companies and cohorts exactly', () => {
    for (const { person } of list) {
      const company = demo.companies.find((candidate) => candidate.name === person.companyName)
      expect([...(company?.cohorts ?? []), ...(company ? [''] : [])]).toContain(person.cohortName)
    }
  })
})

test('every title of onboarding.csv matches exactly one course of its company, and no user has a course twice', () => {
  expect(misfits(good)).toEqual([])
  let assignments = 0
  for (const { titles, person } of good) {
    const courses = titles.flatMap((title) => fitting(title, person.companyName!))
    expect(new Set(courses).size).toBe(courses.length)
    assignments += courses.length
  }
  expect(assignments).toBe(119)
})

test('onboarding.csv contains the irregularities of real files', () => {
  const text = bytes('onboarding.csv').toString()
  const titles = good.flatMap((person) => person.titles)
  expect(text).toContain('"Harbour, Lane & Partners"')
  expect(text).toContain('""')
  expect(text).toMatch(/José.*Zoë.*Łukasz.*Mária.*健二/s)
  expect(titles.filter((title) => !demo.courses.some((course) => course.title === title)).length).toBeGreaterThan(15)
  expect(
    good.filter(({ person }) => person['module requested 1'] === '' && person['module requested 2'] !== ''),
  ).not.toEqual([])
})

test('onboarding-wrong-titles.csv has six wrong titles, each with its own reason', () => {
  const found = new Map<string, number[]>()
  for (const { title, row } of misfits(wrong)) found.set(title, [...(found.get(title) ?? []), row])
  expect(Object.fromEntries(found)).toEqual({
    'Saftey – Level 1': [2, 3, 4, 5, 7, 8, 21, 25],
    'Forklift License – Theory': [9, 10],
    'Underwater Basket Weaving': [11],
    'Welding – Basics': [12, 16],
    'CUSTOMER CARE – BASICS': [13, 14, 24],
    'Wundversorgung – Aufbaukurz': [18, 19],
  })
  expect(fitting('CUSTOMER CARE – BASICS', 'Mesa Verde Foods')).toHaveLength(2)
  expect(fitting('Welding – Basics', 'Blue Harbour')).toEqual(['Welding – Basics'])
})
