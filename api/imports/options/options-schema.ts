import { z } from '@hono/zod-openapi'
import { defaultOptions } from '../../../domain/imports/options.ts'
import { parseLanguage } from '../../../domain/people/language.ts'
import { plainText } from '../../http/plain-text.ts'
import { idSchema } from '../../http/schemas/common.ts'

/** Characters of a personal text: it stands above the button of an e-mail. */
const MAX_MESSAGE = 2_000

/** Ids of one option; a console offers far fewer. */
const MAX_IDS = 1_000

/** Characters that are looked at: what is too long for a password is told by the rules of passwords. */
const MAX_TYPED = 1_000

const id = idSchema.toLowerCase()

/** Without repetitions and in one order, so that equal choices are equal. */
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

const passwords = z
  .strictObject({
    set: z
      .enum(['activation', 'generate', 'default'])
      .optional()
      .openapi({
        description:
          '`activation`: nobody gets a password, each chooses one through the link. `generate`: each user gets a unique ' +
          'one by e-mail. `default`: one given password for all; then `default` is required.',
        default: 'activation',
      }),
    default: z
      .string()
      .max(MAX_TYPED)
      .optional()
      .openapi({
        description:
          'The one password for all. It is never shown again. A file that is sent as the body takes it from the header ' +
          '`Muster-Default-Password` instead, because addresses are logged.',
        format: 'password',
        example: '',
      }),
    updateExisting: z.boolean().optional().openapi({
      description: 'Users already there get the new password, too; only with `existing: update`.',
      default: false,
    }),
    forceReset: z.boolean().optional().openapi({
      description: 'Whoever’s password was set must choose a new one at the next sign-in.',
      default: true,
    }),
  })
  .openapi({ description: 'Who gets which password. What is left out has its default.' })

const enrol = z
  .strictObject({
    courses: ids.optional().openapi({ description: 'Ids of courses that the key may see.' }),
    collections: ids.optional().openapi({ description: 'Ids of collections; each enrols into its courses.' }),
    campaigns: ids
      .optional()
      .openapi({ description: 'Ids of campaigns that are not over; each enrols into its courses.' }),
  })
  .nullable()
  .openapi({
    description: 'What everybody in the file is enrolled into, beside the titles of each row. Default: nothing.',
  })

const choices = {
  mode: z
    .enum(['create', 'invite'])
    .optional()
    .openapi({
      description:
        '`create`: the account exists at once, inactive until activated. `invite`: it comes into being when the person ' +
        'accepts the invitation.',
      default: defaultOptions.mode,
    }),
  existing: z
    .enum(['update', 'skip'])
    .optional()
    .openapi({
      description:
        '`update`: users already there get the values of the file; `skip`: they are left as they are. Default: `skip`, ' +
        'for the template `invitation` `update`.',
    }),
  blankCells: z.enum(['keep', 'clear']).optional().openapi({
    description: 'What an empty cell does to a value that a user has; `clear` only with `existing: update`.',
    default: defaultOptions.blankCells,
  }),
  enrolExisting: z.boolean().optional().openapi({
    description: 'Users already there are enrolled even with `existing: skip`; with `update` they are anyway.',
    default: defaultOptions.enrolExisting,
  }),
  passwords: passwords.optional(),
  sendEmails: z.boolean().optional().openapi({
    description: 'The e-mails go out with the import. Off: they can be sent later from the user list.',
    default: defaultOptions.sendEmails,
  }),
  message: message.optional().openapi({ description: 'Personal text placed in the e-mail. Default: none.' }),
  deliverTo: z.enum(['user', 'importer']).optional().openapi({
    description: '`importer`: all e-mails go to the contact address of the key, for people who have none.',
    default: defaultOptions.deliverTo,
  }),
  enrol: enrol.optional(),
  groups: ids.optional().openapi({
    description:
      'Ids of groups that everybody in the file joins, beside those of each row. Users already there join only with ' +
      '`existing: update`.',
    default: [],
  }),
  groupsMode: z.enum(['add', 'remove', 'replace']).optional().openapi({
    description: '`add` to the groups, `remove` from them, or `replace` the groups of a user by them.',
    default: defaultOptions.groupsMode,
  }),
  unknownGroups: z.enum(['create', 'error']).optional().openapi({
    description: 'A group that the file names and nobody knows: made, by a platform-wide key, or an error of the row.',
    default: defaultOptions.unknownGroups,
  }),
  permissionSet: id.nullable().optional().openapi({
    description: 'Id of what everybody in the file may do. The template `team` requires it. Default: none.',
  }),
  company: id.nullable().optional().openapi({
    description:
      'Id of the company of everybody whose row names none. Default: the only company of the key; none for other keys.',
  }),
  language: language.optional().openapi({
    description: 'BCP 47 language of new people whose row names none.',
    default: defaultOptions.language,
  }),
  invalidRows: z.enum(['reject', 'skip']).optional().openapi({
    description: '`reject`: one bad row rejects the file. `skip`: good rows go on, bad rows are reported.',
    default: defaultOptions.invalidRows,
  }),
  review: z.boolean().optional().openapi({
    description: 'Stop after validation, show what would happen, and wait for a confirmation.',
    default: defaultOptions.review,
  }),
  dryRun: z.boolean().optional().openapi({
    description: 'Validate and report, write nothing.',
    default: defaultOptions.dryRun,
  }),
}

/** Options as they are sent: any may be left out, none may be unknown. */
export const optionsSchema = z.strictObject(choices).openapi('ImportOptions')

export type GivenOptions = z.infer<typeof optionsSchema>
