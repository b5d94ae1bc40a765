import { PasswordInput } from '@mantine/core'

/** The rule is said before it can be broken; the API holds it (domain/password.ts). */
export function NewPassword({ label }: { label: string }) {
  return (
    <PasswordInput
      label={label}
      description="At least 12 characters of any kind. A few words that only you would put together are easy to keep in mind."
      name="password"
      autoComplete="new-password"
      required
    />
  )
}
