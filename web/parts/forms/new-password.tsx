import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PasswordStrength } from '../../../domain/passwords/judge-password.ts'
import { knownWords, MIN_PASSWORD, type PasswordOwner } from '../../../domain/passwords/password.ts'
import { createJudge } from '../../strength/judge.ts'
import classes from './strength.module.css'

interface Props extends Omit<PasswordInputProps, 'onInput' | 'ref' | 'type' | 'visibilityToggleButtonProps'> {
  label: string
  /** Whose it will be, by the words that the API looks for in it (api/accounts/auth/new-password.ts). */
  owner: Partial<PasswordOwner>
  /** What those words are, in a sentence. */
  known: string
}

/** A password to be chosen. The rule is said before it can be broken, and how strong it is while it is typed. */
export function NewPassword({ owner, known, ...field }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const { strength, ask, prepare } = useStrength(owner, String(field.value ?? ''))
  useEffect(() => {
    const form = input.current?.form
    const cleared = () => ask('')
    form?.addEventListener('reset', cleared)
    return () => form?.removeEventListener('reset', cleared)
  }, [ask])
  return (
    <div>
      <PasswordInput
        description={`At least ${MIN_PASSWORD} characters of any kind. A few words that only you would put together are easy to keep in mind.`}
        name="password"
        autoComplete="new-password"
        required
        {...field}
        ref={input}
        onFocus={prepare}
        onInput={(event) => ask(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
      />
      <Strength strength={strength} known={known} />
    </div>
  )
}

/** Asks again when what is known about the owner changes. `typed`: what is there already when the field comes back. */
function useStrength(owner: Partial<PasswordOwner>, typed: string) {
  const [strength, setStrength] = useState<PasswordStrength | null>(null)
  const [password, ask] = useState(typed)
  const [judge] = useState(() => createJudge(setStrength))
  const { email = '', firstName = '', lastName = null, company = null } = owner
  const words = useMemo(
    () => knownWords({ email, firstName, lastName, company }),
    [email, firstName, lastName, company],
  )
  useEffect(() => judge.ask(password, words), [judge, password, words])
  useEffect(() => judge.end, [judge])
  return { strength, ask, prepare: judge.prepare }
}

function Strength({ strength, known }: { strength: PasswordStrength | null; known: string }) {
  return (
    <div className={classes.strength} data-strength={strength ?? ''}>
      <div className={classes.bars} aria-hidden>
        <i />
        <i />
        <i />
        <i />
      </div>
      <p role="status">{strength && (strength === 'personal' ? known : words[strength])}</p>
    </div>
  )
}

const words: Record<Exclude<PasswordStrength, 'personal'>, string> = {
  tooShort: 'Too short',
  tooLong: 'Too long',
  common: 'Easy to guess: choose another',
  fair: 'Strength: fair',
  good: 'Strength: good',
  strong: 'Strength: strong',
}
