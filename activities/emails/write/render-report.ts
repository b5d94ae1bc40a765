import type { MailContent } from '../../../domain/emails/layout.ts'
import { localeFor, PRODUCT, type ReportStatus } from '../../../domain/texts/index.ts'

export interface ImportReport {
  language: string
  status: ReportStatus
  file: string
  /** One sentence of the import's problem, when it has one. */
  reason: string | null
  counts: Record<ReportCount, number>
  link: string
}

type ReportCount =
  | 'records'
  | 'created'
  | 'invited'
  | 'updated'
  | 'skipped'
  | 'invalid'
  | 'assignments'
  | 'emailsSent'
  | 'emailsFailed'

/** Renders the report of an import: its result in numbers, and a link to the details. */
export function renderReport(report: ImportReport): MailContent {
  const { lang, texts, formatCount } = localeFor(report.language)
  const t = texts.report
  const names = Object.keys(t.counts) as ReportCount[]
  // A rejected import wrote nothing, and eight zeros would only raise the question whether it did.
  const shown = names.filter((name) => {
    // A file that is rejected before its rows are read has no known number of records.
    if (report.status === 'rejected') return name === 'records' && report.counts.records > 0
    if (report.status === 'checked' && name === 'emailsFailed') return false
    return name !== 'invited' || report.counts.invited > 0
  })
  return {
    language: lang,
    subject: t.subjects[report.status](report.file),
    preview: t.intros[report.status](report.file),
    sender: PRODUCT,
    paragraphs: [t.intros[report.status](report.file), ...(report.reason ? [`${t.reason}: ${report.reason}`] : [])],
    quote: null,
    codes: [],
    facts: shown.map((name) => ({ label: t.counts[name], value: formatCount(report.counts[name]) })),
    button: { label: t.button, href: report.link },
    linkBelow: texts.mail.linkBelow,
    notes: [],
  }
}
