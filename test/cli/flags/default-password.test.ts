import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { withPassword } from '../../../cli/flags/default-password.ts'
import type { Io } from '../../../cli/terminal/io.ts'

const forAll = { passwords: { set: 'default' } }

/** A terminal at which a user types this text. `shown` collects its output. */
function terminal(typed: string[], env: Record<string, string> = {}) {
  const shown: string[] = []
  const raw: boolean[] = []
  const keys = new PassThrough()
  const stdin = Object.assign(keys, { isTTY: true, setRawMode: (on: boolean) => raw.push(on) })
  const stop = new AbortController()
  const err = (text: string) => {
    shown.push(text)
    if (text.endsWith(': ')) setImmediate(() => keys.write(typed.shift() ?? ''))
  }
  return { io: { env, stdin, err, signal: stop.signal } as unknown as Io, shown, raw, stop }
}

test('the shared password comes from the environment, and only for options that need it', async () => {
  const { io, shown } = terminal([], { MUSTER_DEFAULT_PASSWORD: 'gravel teapot' })
  expect(await withPassword(forAll, io)).toEqual({ passwords: { set: 'default', default: 'gravel teapot' } })
  expect(await withPassword({ passwords: { set: 'generate' } }, io)).toEqual({ passwords: { set: 'generate' } })
  expect(await withPassword({}, io)).toEqual({})
  expect(shown).toEqual([])
})

test('at a terminal, the password is typed twice and never shown, and backspace works', async () => {
  const { io, shown, raw } = terminal(['gravel teaX\u007fpot\r', 'gravel teapot\n'])
  expect(await withPassword(forAll, io)).toMatchObject({ passwords: { default: 'gravel teapot' } })
  expect(shown.join('')).toBe('Password for everybody in the file: \nThe same again: \n')
  expect(raw).toEqual([true, false, true, false])
})

test('two different passwords, or no terminal to ask at, end the command', async () => {
  await expect(withPassword(forAll, terminal(['one\r', 'two\r']).io)).rejects.toThrow('Two different passwords')
  const script = { env: {}, stdin: { isTTY: false } } as unknown as Io
  await expect(withPassword(forAll, script)).rejects.toThrow('set MUSTER_DEFAULT_PASSWORD')
})

test('an abort while the password is typed restores the terminal', async () => {
  const { io, raw, stop } = terminal(['half'])
  const asked = withPassword(forAll, io)
  setImmediate(() => stop.abort())
  await expect(asked).rejects.toThrow('aborted')
  expect(raw).toEqual([true, false])
})
