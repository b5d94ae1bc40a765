import type { Email, User } from '../../api/schema.ts'
import { formatDay } from '../../parts/page/format.ts'

/** Where a person stands, and since when: `Invited on 3 March, link ran out on 5 March.` */
export function stateInWords({ status, enabled, firstName, activatedAt }: User, [last]: Email[]): string {
  const name = firstName || 'This person'
  if (!enabled) return `${name} is disabled and cannot sign in.`
  if (status === 'active') return `Active${activatedAt ? ` since ${formatDay(activatedAt)}` : ''}: ${name} can sign in.`
  const stands = status === 'invited' ? '' : 'Has an account, but no password yet. '
  if (last?.state === 'failed') return `${stands}The last e-mail could not be delivered.`
  if (last?.state === 'queued' || last?.state === 'sending') return `${stands}An e-mail is on the way.`
  if (!last?.sentAt)
    return status === 'invited' ? 'Invited, but nothing was sent yet.' : `${stands}Nothing was sent yet.`
  const sent = status === 'invited' ? 'Invited on' : `${stands}Written to on`
  return `${sent} ${formatDay(last.sentAt)}${linkInWords(last.link)}.`
}

function linkInWords(link: Email['link']): string {
  if (link?.state === 'expired') return `, link ran out on ${formatDay(link.expiresAt)}`
  return link?.state === 'live' ? `, link works until ${formatDay(link.expiresAt)}` : ''
}
