import { formatExactly, formatTime } from './format.ts'

/** A moment as people say it; the whole of it when somebody points at it. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExactly(at)}>
      {formatTime(at)}
    </time>
  )
}
