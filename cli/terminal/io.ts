import { styleText } from 'node:util'

/** Where a command writes and what surrounds it. */
export interface Io {
  /** Results: what a script reads. */
  out: (text: string) => void
  /** Everything for the person alone: progress, problems, hints. */
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

/** Colours on a terminal that has not said no (https://no-color.org); otherwise the text as it is. */
export function painter(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const colours = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
}

/** Text without colours, as tests and files want it. */
export const unpainted: Paint = (_, text) => text

/** A terminal of no more columns than this shows nothing well. */
export const NARROW = 20

/** Columns of a terminal; 100 where there is none, so that logs stay readable. */
export function columnsOf(stream: { columns?: number }): number {
  return stream.columns && stream.columns > NARROW ? stream.columns : 100
}
