import { z } from '@hono/zod-openapi'
import { defaultOptions, type ImportOptions } from '../../domain/options.ts'
import { templates } from '../../domain/templates/index.ts'
import { plainText } from '../plain-text.ts'
import { ApiProblem } from '../problems.ts'
import { describe, invalid, type OptionError } from './option-errors.ts'
import type { Upload } from './read-upload.ts'
import { type ReadingChoices, readReading } from './reading-choices.ts'

/** Characters of a personal text: it stands above the button of an e-mail. */
const MAX_MESSAGE = 2_000

/** Options as they are sent: any may be left out, none may be unknown. */
export const optionsSchema = z
  .strictObject({
    existing: z.enum(['update', 'skip']).optional(),
    blankCells: z.enum(['keep', 'clear']).optional(),
    enrolExisting: z.boolean().optional(),
    sendEmails: z.boolean().optional(),
    message: z.string().trim().max(MAX_MESSAGE).nullable().optional(),
    invalidRows: z.enum(['reject', 'skip']).optional(),
    review: z.boolean().optional(),
    dryRun: z.boolean().optional(),
  })
  .openapi('ImportOptions')

export interface Choices {
  template: string
  reading: ReadingChoices
  options: ImportOptions
}

/** @throws ApiProblem 422 that names everything that is wrong */
export function readChoices({ template = 'onboarding', options, mapping, ...reading }: Omit<Upload, 'file'>): Choices {
  checkTemplate(template)
  if (mapping !== undefined) {
    const detail = `The template ${template} has exact headers: its columns are not matched by hand. Leave mapping out.`
    throw new ApiProblem('mapping-not-supported', detail)
  }
  return { template, reading: readReading(reading), options: readOptions(options) }
}

/** @throws ApiProblem 422 for a template that does not exist */
export function checkTemplate(template: string): void {
  if (!templates.has(template)) {
    const known = [...templates.keys()].join(', ')
    throw new ApiProblem(
      'unknown-template',
      `There is no template ${JSON.stringify(template.slice(0, 100))}: ${known}.`,
    )
  }
}

/** Every option, in one order, so that equal choices have equal fingerprints. */
function readOptions(text: string | undefined): ImportOptions {
  const given = optionsSchema.safeParse(parseJson(text))
  if (!given.success) throw invalid(given.error.issues.map(describe))
  const { message, ...rest } = given.data
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const options: ImportOptions = { ...defaultOptions, ...set, message: plainText(message ?? '') || null }
  const senseless = contradictions(options)
  if (senseless.length > 0) throw invalid(senseless)
  return options
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw invalid([{ option: null, message: 'Expected a JSON object such as {"existing":"update"}.' }])
  }
}

function contradictions({ sendEmails, message, review, dryRun }: ImportOptions): OptionError[] {
  const errors: OptionError[] = []
  if (message !== null && !sendEmails) {
    errors.push({ option: 'message', message: 'A personal text needs an e-mail to stand in: sendEmails is off.' })
  }
  if (dryRun && review) {
    errors.push({ option: 'review', message: 'A dry run ends after the check: there is nothing to confirm.' })
  }
  return errors
}
