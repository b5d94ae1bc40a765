import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFormats } from './document.ts'
import { rules } from './rules/index.ts'

const folder = resolve(import.meta.dirname, '..')
const titles = new Map<string, ReadonlySet<string>>()

/** Titles of the tests in a file that run: in each call of `test` or `it`, the first text followed by a function. */
function titlesOf(file: string): ReadonlySet<string> {
  const known = titles.get(file)
  if (known) return known
  const path = resolve(folder, `${file}.test.ts`)
  const source = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const calls = source
    .split(/^(?=[ \t]*(?:test|it|describe)[.(])/m)
    .filter((call) => /^\s*(?:test|it)(?!\.(?:skip|todo|fails))[.(]/.test(call))
  const found = calls.flatMap((call) => {
    const title = /\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1,\s*(?:async\b|function\b|\()/.exec(call)?.[2]
    return title === undefined ? [] : [title.replace(/\\(.)/g, '$1')]
  })
  titles.set(file, new Set(found))
  return new Set(found)
}

const exists = (named: string) => {
  const [, file = '', title = ''] = /^([^>]+) > (.+)$/.exec(named) ?? []
  return titlesOf(file).has(title)
}

/** Tests in these folders go through HTTP, as every client does. */
const usesHttp = (named: string) => /^(formats|api|story|web|e2e)\//.test(named)

describe('FORMATS.md', () => {
  test('every line of FORMATS.md belongs to a rule, and every rule is in it word for word and in order', () => {
    const { text, lineAt } = readFormats()
    let at = 0
    for (const rule of rules) {
      const found = text.indexOf(rule.text, at)
      expect(found, `${rule.id}: FORMATS.md does not have this text, or has it elsewhere.`).toBeGreaterThan(-1)
      expect(text.slice(at, found).trim(), `line ${lineAt(at)}: no rule for this, before ${rule.id}`).toBe('')
      at = found + rule.text.length + 1
    }
    expect(text.slice(at), `line ${lineAt(at)}: no rule for this`).toBe('')
  })

  test('every test that a rule names exists', () => {
    const missing = rules.flatMap(({ id, tests }) =>
      tests.filter((named) => !exists(named)).map((named) => [id, named]),
    )
    expect(missing).toEqual([])
  })

  test('every rule is tested through HTTP, and a rule of the console in a browser', () => {
    const without = rules.filter(({ tests }) => !tests.some(usesHttp))
    expect(without.map(({ id }) => id)).toEqual([])
    const untestedInBrowser = rules.filter(
      (rule) => rule.console && !rule.tests.some((named) => /^(web|e2e)\//.test(named)),
    )
    expect(untestedInBrowser.map(({ id }) => id)).toEqual([])
  })

  test('every rule has an id of its own', () => {
    const ids = rules.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  test('a rule names every test in this folder', () => {
    const named = new Set(rules.flatMap(({ tests }) => tests))
    const files = ['onboarding', 'invitation', 'team', 'no-template', 'options', 'single-person', 'links']
    const unnamed = files.flatMap((file) =>
      [...titlesOf(`formats/${file}`)].map((title) => `formats/${file} > ${title}`).filter((test) => !named.has(test)),
    )
    expect(unnamed).toEqual([
      'formats/onboarding > an import of every kind of row completes, and each row has one outcome',
    ])
  })
})
