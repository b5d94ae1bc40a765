import { describe, expect, test } from 'vitest'
import { runLine } from '../../../cli/main.ts'
import { fold } from '../../../cli/terminal/fold.ts'
import { displayWidth } from '../../../cli/terminal/text.ts'

describe('a line that is longer than the terminal', () => {
  test('a line that is too long continues below the start of its last column', () => {
    expect(fold('  -w, --watch  follow the import to its very end\n', 40)).toBe(
      '  -w, --watch  follow the import to its\n               very end\n',
    )
  })

  test('a line without room for its last columns has them below', () => {
    const line = 'row 3  email  "no.at.blueharbour.example"  Expected one e-mail address.'
    expect(fold(line, 48)).toBe('row 3  email  "no.at.blueharbour.example"\n    Expected one e-mail address.')
  })

  test('a folded line keeps the columns that fit', () => {
    const table =
      'Created  Status     Rows  ID                   File\n10:07    completed    10  01a21f54-9a46-7375  bad-rows.csv'
    expect(fold(table, 40)).toBe(
      'Created  Status     Rows\n    ID                   File\n10:07    completed    10\n    01a21f54-9a46-7375  bad-rows.csv',
    )
  })

  test('an indented line continues with more indentation, and a line at the edge continues at the edge', () => {
    expect(fold('  one two three four', 12)).toBe('  one two\n    three\n    four')
    expect(fold('one two three', 8)).toBe('one two\nthree')
  })

  test('a command stays whole, and its description goes below it', () => {
    const command = "muster alias 0198c0de 'Saftey – Level 1' --company 'Blue Harbour'"
    expect(fold(`${command}  teach what a title means`, 40)).toBe(`${command}\n    teach what a title means`)
    expect(fold('The import goes on. Follow it again: muster status 0198c0de --watch', 40)).toBe(
      'The import goes on. Follow it again:\nmuster status 0198c0de --watch',
    )
  })

  test('JSON and lines that move the cursor are not folded', () => {
    for (const text of [`{\n  "a": "${'b '.repeat(30)}"\n}\n`, `\r\u001b[K${'b '.repeat(30)}`])
      expect(fold(text, 20)).toBe(text)
  })

  test('colours do not count towards the width of a line', () => {
    const line = `\u001b[31m✗\u001b[39m \u001b[1m${'x'.repeat(16)}\u001b[22m`
    expect(fold(line, 20)).toBe(line)
  })
})

test('no help text is wider than a terminal of 80 columns', async () => {
  const names = ['templates', 'preview', 'import', 'status', 'list', 'plan', 'confirm', 'errors', 'alias', 'result']
  for (const name of [...names, 'cancel', 'resume', 'revalidate', 'help']) {
    let text = ''
    const io = {
      out: (part: string) => {
        text += part
      },
      err: () => undefined,
      env: {},
      signal: new AbortController().signal,
    }
    expect(await runLine(['help', name], io as never)).toBe(0)
    const wide = fold(text, 80)
      .split('\n')
      .filter((line) => displayWidth(line) > 80)
    expect(wide).toEqual([])
  }
})
