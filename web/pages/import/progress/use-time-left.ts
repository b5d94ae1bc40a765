import { useEffect, useRef, useState } from 'react'
import type { Progress } from './steps.ts'

/** Milliseconds of the past from which the speed is taken: since the start would hide that it slowed down. */
const WINDOW = 15_000

/** Milliseconds that must be seen before a guess is worth showing. */
const ENOUGH = 1_500

/** @returns seconds until the step has ended at the speed of the last moments, or null while nobody can know */
export function useTimeLeft(progress: Progress | null): number | null {
  const seen = useRef<{ label: string; at: number; done: number }[]>([])
  const [left, setLeft] = useState<number | null>(null)
  const { label = '', done = 0, total = null } = progress ?? {}
  useEffect(() => {
    const now = Date.now()
    seen.current = seen.current.filter((one) => one.label === label && now - one.at < WINDOW)
    seen.current.push({ label, at: now, done })
    const first = seen.current[0]
    const known = first && total !== null && now - first.at >= ENOUGH && done > first.done && done < total
    setLeft(known ? ((total - done) * (now - first.at)) / ((done - first.done) * 1_000) : null)
  }, [label, done, total])
  return left
}
