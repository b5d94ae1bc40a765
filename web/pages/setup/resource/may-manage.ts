import { useAccount } from '../../../session/account.ts'
import type { AnyResource } from './resource.ts'

/** Whether whoever is signed in adds, changes and deletes these. The API decides; this only says so beforehand. */
export function useMayManage({ managedBy }: Pick<AnyResource, 'managedBy'>): boolean {
  const { role } = useAccount()
  return managedBy === 'everybody' || role === 'platform'
}
