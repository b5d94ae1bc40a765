import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { flagOfOption, optionsHelp } from '../../../cli/flags/options-help.ts'
import { describeOption, type OptionName, optionMeanings } from '../../../domain/imports/option-meanings.ts'
import { optionRules } from '../../../domain/imports/option-rules/index.ts'
import { defaultOptions } from '../../../domain/imports/options.ts'

const page = fileURLToPath(new URL('../../../docs/options.md', import.meta.url))
const names = Object.keys(optionMeanings) as OptionName[]

/** Replaces the block between two markers of the page. */
function withBlock(text: string, name: string, lines: string[]): string {
  const start = `<!-- ${name}: written from the code -->`
  const end = `<!-- end of ${name} -->`
  expect(text).toContain(start)
  expect(text).toContain(end)
  const [before] = text.split(start)
  const [, after] = text.split(end)
  return [before, start, '\n', lines.join('\n'), '\n', end, after].join('')
}

function defaultOf(name: OptionName): string {
  const value = name
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], defaultOptions)
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0) ? 'none' : `\`${value}\``
}

function optionRow(name: OptionName): string {
  const [flag, , value] = flagOfOption.find(([, option]) => option === name) ?? []
  const used = flag === undefined ? '' : `\`${flag}\`${value === undefined ? '' : ` (\`${value}\`)`}`
  return `| \`${name}\` | ${defaultOf(name)} | ${describeOption(name)} | ${used} |`
}

test('docs/options.md lists the options and rules as the code has them (npx vitest -u rewrites it)', async () => {
  const options = [
    '| option | default | meaning | flag of `muster import` |',
    '|---|---|---|---|',
    ...names.map(optionRow),
  ]
  const rules = optionRules.map(({ code, option, message }) => `| \`${option}\` | ${message} | \`${code}\` |`)
  const current = await readFile(page, 'utf8')
  const withOptions = withBlock(current, 'options', options)
  const expected = withBlock(withOptions, 'rules', [
    '| option | why it is rejected | code |',
    '|---|---|---|',
    ...rules,
  ])
  await expect(expected).toMatchFileSnapshot(page)
})

test('every option has a sentence for each value or one for all', () => {
  for (const name of names) expect(describeOption(name), name).toMatch(/^(`\w+`: )?[A-Z].*\.$/)
})

test('muster help import explains each flag and stays within 120 columns', () => {
  for (const [flag] of flagOfOption) expect(optionsHelp).toContain(`      ${flag} `)
  for (const line of optionsHelp.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
})
