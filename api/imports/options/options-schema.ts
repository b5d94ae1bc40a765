import { z } from '@hono/zod-openapi'
import { describeOption, type OptionName } from '../../../domain/imports/option-meanings.ts'
import { defaultOptions, MAX_MESSAGE } from '../../../domain/imports/options.ts'
import { parseLanguage } from '../../../domain/people/language.ts'
import { plainText } from '../../http/plain-text.ts'
import { idSchema } from '../../http/schemas/common.ts'

/** The most ids in one option. The console offers far fewer. */
const MAX_IDS = 1_000

/** The most characters that are read. The password rules report a password that is shorter than this but too long. */
const MAX_TYPED = 1_000

const id = idSchema.toLowerCase()

/** Sorted and without duplicates, so that equal choices compare equal. */
const ids = z
  .array(id)
  .max(MAX_IDS)
  .transform((given) => [...new Set(given)].sort())
  .openapi({ type: 'array', items: { type: 'string', format: 'uuid' } })

const language = z
  .string()
  .transform((text, context) => {
    const tag = parseLanguage(text)
    if (tag) return tag
    context.addIssue({ code: 'custom', message: 'Expected a BCP 47 language tag such as en-GB.' })
    return z.NEVER
  })
  .openapi({ type: 'string', example: 'en-GB' })

const message = z
  .string()
  .transform((text) => plainText(text).trim() || null)
  .pipe(z.string().max(MAX_MESSAGE).nullable())
  .nullable()
  .openapi({ type: ['string', 'null'], maxLength: MAX_MESSAGE })

/** Makes an option optional, with its description from option-meanings.ts and its default. */
function described<T extends z.ZodType>(schema: T, name: OptionName, usual: unknown) {
  return schema.optional().openapi({ description: describeOption(name), default: usual })
}

/** The same for an option whose default is no value of its own, so that the description says it. */
function describedInWords<T extends z.ZodType>(schema: T, name: OptionName, usual: string) {
  return schema.optional().openapi({ description: `${describeOption(name)} Default: ${usual}.` })
}

const usual = defaultOptions

const passwords = z
  .strictObject({
    set: described(z.enum(['activation', 'generate', 'default']), 'passwords.set', usual.passwords.set),
    default: z
      .string()
      .max(MAX_TYPED)
      .optional()
      .openapi({ description: describeOption('passwords.default'), format: 'password', example: '' }),
    updateExisting: described(z.boolean(), 'passwords.updateExisting', usual.passwords.updateExisting),
    forceReset: described(z.boolean(), 'passwords.forceReset', usual.passwords.forceReset),
  })
  .openapi({ description: 'The passwords of new users. An option that is left out has its default.' })

const enrol = z
  .strictObject({
    courses: describedInWords(ids, 'enrol.courses', 'none'),
    collections: describedInWords(ids, 'enrol.collections', 'none'),
    campaigns: describedInWords(ids, 'enrol.campaigns', 'none'),
  })
  .nullable()
  .openapi({ description: 'What every user in the file is enrolled in, by id. Default: nothing.' })

const choices = {
  mode: described(z.enum(['create', 'invite']), 'mode', usual.mode),
  existing: describedInWords(z.enum(['update', 'skip']), 'existing', '`skip`, for the template `invitation` `update`'),
  blankCells: described(z.enum(['keep', 'clear']), 'blankCells', usual.blankCells),
  enrolExisting: described(z.boolean(), 'enrolExisting', usual.enrolExisting),
  passwords: passwords.optional(),
  sendEmails: described(z.boolean(), 'sendEmails', usual.sendEmails),
  message: describedInWords(message, 'message', 'none'),
  deliverTo: described(z.enum(['user', 'importer']), 'deliverTo', usual.deliverTo),
  enrol: enrol.optional(),
  groups: described(ids, 'groups', usual.groups),
  groupsMode: described(z.enum(['add', 'remove', 'replace']), 'groupsMode', usual.groupsMode),
  unknownGroups: described(z.enum(['create', 'error']), 'unknownGroups', usual.unknownGroups),
  permissionSet: describedInWords(id.nullable(), 'permissionSet', 'none'),
  company: describedInWords(id.nullable(), 'company', 'the only company of the key; none for other keys'),
  language: described(language, 'language', usual.language),
  invalidRows: described(z.enum(['reject', 'skip']), 'invalidRows', usual.invalidRows),
  review: described(z.boolean(), 'review', usual.review),
  dryRun: described(z.boolean(), 'dryRun', usual.dryRun),
}

/** The options in a request. Each one is optional, and an unknown one is rejected. */
export const optionsSchema = z.strictObject(choices).openapi('ImportOptions')

export type GivenOptions = z.infer<typeof optionsSchema>
