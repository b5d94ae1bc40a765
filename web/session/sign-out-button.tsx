import { Button } from '@mantine/core'
import { useSignOut } from './account.ts'

export function SignOutButton() {
  const signOut = useSignOut()
  return (
    <Button variant="default" onClick={() => signOut.mutate({})} loading={signOut.isPending}>
      Sign out
    </Button>
  )
}
