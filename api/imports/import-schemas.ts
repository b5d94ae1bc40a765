import { z } from '@hono/zod-openapi'
import type { Config } from '../../config/config.ts'
import type { ImportRecord } from '../../db/imports/imports.ts'
import type { Counts } from '../../domain/imports/counts.ts'
import { importPhases, importStatuses, rowOutcomes } from '../../domain/imports/states.ts'
import { importWorkflowId } from '../../workflows/import-messages.ts'
import { problemSchema, timeSchema } from '../http/schemas/common.ts'

const fileSchema = z.object({
  name: z.string(),
  size: z.int().openapi({ description: 'Bytes.' }),
  sha256: z.string(),
  format: z.enum(['csv', 'xlsx']).nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
})

const planSchema = z.object({
  create: z.int(),
  invite: z.int(),
  update: z.int(),
  skip: z.int(),
  invalid: z.int(),
  assignments: z.int(),
  emails: z.int(),
})

const countsSchema = z.object({
  records: z.int(),
  valid: z.int(),
  invalid: z.int(),
  created: z.int(),
  invited: z.int(),
  updated: z.int(),
  skipped: z.int(),
  assignments: z.int().openapi({ description: 'New enrolments.' }),
  emails: z.object({ queued: z.int(), sent: z.int(), failed: z.int() }),
})

/** The options in effect, with defaults filled in. The default password is never part of them. */
const chosenOptions = z.object({
  mode: z.enum(['create', 'invite']),
  existing: z.enum(['update', 'skip']),
  blankCells: z.enum(['keep', 'clear']),
  enrolExisting: z.boolean(),
  passwords: z.object({
    set: z.enum(['activation', 'generate', 'default']),
    updateExisting: z.boolean(),
    forceReset: z.boolean(),
  }),
  sendEmails: z.boolean(),
  message: z.string().nullable(),
  deliverTo: z.enum(['user', 'importer']),
  enrol: z
    .object({ courses: z.array(z.string()), collections: z.array(z.string()), campaigns: z.array(z.string()) })
    .nullable(),
  groups: z.array(z.string()),
  groupsMode: z.enum(['add', 'remove', 'replace']),
  unknownGroups: z.enum(['create', 'error']),
  permissionSet: z.string().nullable(),
  company: z.string().nullable(),
  language: z.string(),
  invalidRows: z.enum(['reject', 'skip']),
  review: z.boolean(),
  dryRun: z.boolean(),
})

export const importSchema = z
  .object({
    id: z.string(),
    status: z.enum(importStatuses),
    phase: z.enum(importPhases),
    file: fileSchema,
    template: z.string(),
    companies: z.array(z.string()).openapi({ description: 'Names in the file. Empty until validation has ended.' }),
    startedBy: z.string().openapi({ description: 'The name of the API key or of the administrator.' }),
    mapping: z
      .record(z.string(), z.string())
      .nullable()
      .openapi({ description: 'Header by field, as sent. null: the template has its own headers.' }),
    options: chosenOptions.openapi({ description: 'Every option, with defaults filled in.' }),
    plan: planSchema.nullable().openapi({ description: 'What the import will do. null until validation has ended.' }),
    linkHours: z.number().openapi({
      description: 'Hours until a link in its e-mails expires, counted from when the mail server accepted the e-mail.',
    }),
    counts: countsSchema.openapi({ description: 'What the import has done.' }),
    problem: problemSchema.nullable(),
    createdAt: timeSchema,
    startedAt: timeSchema.nullable(),
    finishedAt: timeSchema.nullable(),
    parent: z.string().nullable().openapi({ description: 'The import whose corrected errors file this import reads.' }),
    links: z.object({
      self: z.string(),
      rows: z.string(),
      result: z.string(),
      errors: z.string(),
      events: z.string(),
      temporal: z.string().nullable(),
    }),
  })
  .openapi('Import')

export const cellErrorSchema = z.object({
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  value: z.string().nullable(),
})

export const importRowSchema = z
  .object({
    row: z.int().openapi({ description: 'The row number in a spreadsheet. The header is row 1.', example: 2 }),
    outcome: z.enum(rowOutcomes).nullable().openapi({ description: 'null: the row has no outcome yet.' }),
    email: z.string().nullable(),
    user: z.string().nullable(),
    courses: z.array(z.string()),
    errors: z.array(cellErrorSchema),
    changes: z
      .record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
      .optional()
      .openapi({ description: 'For an `updated` row: by field, the value before the import and the current value.' }),
  })
  .openapi('ImportRow')

export type ImportJson = z.infer<typeof importSchema>

/** Returns an import as the API shows it (DESIGN.md, "HTTP"). */
export function importJson(entry: ImportRecord, counts: Counts, config: Config): ImportJson {
  const { id, status, phase, template, mapping, options, plan, problem, detection } = entry
  return {
    id,
    status,
    phase,
    file: {
      name: entry.name,
      size: entry.size,
      sha256: entry.sha256?.toString('hex') ?? '',
      format: detection?.format ?? null,
      encoding: detection?.encoding ?? null,
      delimiter: detection?.delimiter ?? null,
    },
    template,
    companies: entry.company_names,
    startedBy: entry.started_by,
    mapping,
    options,
    plan,
    linkHours: config.LINK_HOURS,
    counts,
    problem,
    createdAt: entry.created_at.toISOString(),
    startedAt: entry.started_at?.toISOString() ?? null,
    finishedAt: entry.finished_at?.toISOString() ?? null,
    parent: entry.parent_id,
    links: linksOf(id, config),
  }
}

function linksOf(id: string, { PUBLIC_URL, TEMPORAL_UI_URL, TEMPORAL_NAMESPACE }: Config): ImportJson['links'] {
  const self = `${PUBLIC_URL}/v1/imports/${id}`
  const workflows = `/namespaces/${encodeURIComponent(TEMPORAL_NAMESPACE)}/workflows`
  const temporal = TEMPORAL_UI_URL ? `${TEMPORAL_UI_URL.replace(/\/+$/, '')}${workflows}/${importWorkflowId(id)}` : null
  const files = { result: `${self}/result.json`, errors: `${self}/errors.csv` }
  return { self, rows: `${self}/rows`, ...files, events: `${self}/events`, temporal }
}
