import { styleText } from 'node:util'

/** The streams that a command writes to, and its environment. */
export interface Io {
  /** Results, for scripts to read. */
  out: (text: string) => void
  /** Everything that only a human reads: progress, problems and hints. */
  err: (text: string) => void
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
  cwd: string
  signal: AbortSignal
}

export type Style = 'red' | 'green' | 'yellow' | 'bold' | 'dim'
export type Paint = (style: Style, text: string) => string

/** Returns a function that colours text on a terminal, unless colours are turned off (https://no-color.org). */
export function painter(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const colours = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
}

/** Leaves the text without colours, for tests and files. */
export const unpainted: Paint = (_, text) => text

/** Columns. A terminal of this width or less is too narrow for folded text. */
export const NARROW = 20

/** Columns of the terminal. Without a terminal, 100 keeps logs readable. */
export function columnsOf(stream: { columns?: number }): number {
  return stream.columns && stream.columns > NARROW ? stream.columns : 100
}
