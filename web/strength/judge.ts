import type { PasswordStrength } from '../../domain/passwords/judge-password.ts'
import { checkPassword } from '../../domain/passwords/password.ts'

/** What the thread is asked. */
export interface Asked {
  password: string
  /** `knownWords` of whoever the password is for. */
  known: string[]
}

/** Says how strong a password is while it is typed, by the API's own code. What is typed leaves the browser nowhere. */
export interface Judge {
  /** Loads what judging takes (some 200 kB), unless that has been done. For the moment that somebody comes to the field. */
  prepare(): void
  ask(password: string, known: string[]): void
  /** Ends the thread; the next question starts another. */
  end(): void
}

/**
 * @param show gets the strength of a password, and which that was; null while it is not known: nothing typed, still
 *   loading, or what judges could not be loaded. Then the rule beside the field is all that is said, and the API judges.
 */
export function createJudge(show: (strength: PasswordStrength | null, password: string) => void): Judge {
  let thread: Worker | undefined
  let newest: Asked | null = null
  let underWay: Asked | null = null
  let answered = false

  const next = () => {
    underWay = newest
    if (underWay) thread?.postMessage(underWay)
  }
  const prepare = () => {
    if (thread) return
    thread = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' })
    thread.addEventListener('message', ({ data }: MessageEvent<PasswordStrength>) => {
      answered = true
      // Of what was typed meanwhile only the newest is asked: a slow phone is never behind by more than one.
      const current = underWay === newest
      if (current && newest) show(data, newest.password)
      if (current) underWay = null
      else next()
    })
    thread.addEventListener('error', () => show(null, ''))
  }

  return {
    prepare,
    ask(password, known) {
      newest = null
      if (password === '') return show(null, '')
      const fault = checkPassword(password, known)
      if (fault) return show(fault.code, password)
      // What was said of the password before stays for the moment that an answer takes, but not for a download.
      if (!answered) show(null, password)
      newest = { password, known }
      prepare()
      if (!underWay) next()
    },
    end() {
      thread?.terminate()
      thread = undefined
      newest = underWay = null
      answered = false
    },
  }
}
