import type { Item } from '../../../api/hooks.ts'
import type { Import } from '../../../api/schema.ts'
import { plural } from '../../../parts/page/format.ts'
import { textOf } from '../particulars.ts'

export type ImportEvent = Item<'GET /v1/imports/{id}/timeline'>

/** What happened as a sentence without its time: `Resumed by Mira Tóth`. */
export function sentenceOf({ what, by, detail }: ImportEvent, { options, startedBy }: Import): string {
  const who = by ? ` by ${by}` : ''
  const title = textOf(detail?.title)
  switch (what) {
    case 'received':
      return `File uploaded by ${by ?? startedBy}`
    case 'read':
      return `Read: ${plural(Number(detail?.records ?? 0), 'row', 'rows')}`
    case 'checked':
      return 'Checked'
    case 'confirmed':
      return `Confirmed${who}`
    case 'applied':
      return options.mode === 'invite' ? 'Everybody is invited' : 'Everybody is created and changed'
    case 'emails-done':
      return 'Every e-mail is sent, or refused for good'
    case 'paused':
      return title ? `Stopped: ${title}` : 'Stopped'
    case 'resumed':
      return `Resumed${who}`
    case 'taught':
      return `${plural(Number(detail?.titles ?? 0), 'course title', 'course titles')} taught${who}`
    case 'checked-again':
      return `Checked again${who}`
    case 'completed':
      return 'Done'
    case 'rejected':
      return title ? `Refused: ${title}` : 'Refused'
    case 'cancelled':
      return `Cancelled${who}`
    case 'failed':
      return title ? `Failed: ${title}` : 'Failed'
  }
}
