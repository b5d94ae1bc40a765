const STAYS = ' What was done stays done. '

/** The sentence of a pause in its two halves: what stopped and why, and what to check (domain/imports/pause.ts writes both). */
export function stoppedText(detail: string): { what: string; check: string } {
  const at = detail.indexOf(STAYS)
  if (at < 0) return { what: detail, check: 'When the cause is mended, resume.' }
  return { what: detail.slice(0, at), check: detail.slice(at + STAYS.length) }
}
