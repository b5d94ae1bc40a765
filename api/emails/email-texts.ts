import { z } from '@hono/zod-openapi'
import type { Db } from '../../db/core/database.ts'
import {
  deleteEmailText,
  findEmailText,
  insertEmailText,
  listEmailTexts,
  updateEmailText,
} from '../../db/emails/email-texts.ts'
import { mustFindCompany } from '../catalogue/check-catalogue.ts'
import type { Caller } from '../http/caller.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { idSchema } from '../http/schemas/common.ts'
import { emailTextSchema, mailTextFields, textKindSchema, textLanguageSchema } from './email-schemas.ts'

const newText = z.strictObject({
  company: idSchema.nullable().openapi({ description: 'null: for everybody whose company wrote none.' }),
  kind: textKindSchema,
  language: textLanguageSchema,
  ...mailTextFields,
})
const textChange = z.strictObject(mailTextFields).partial()

/** How a list is narrowed to what is no company's. */
const EVERYBODY = 'everybody'

/** Words of e-mails: those of its companies are every key's business, everybody's are read by all. */
export function emailTextRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'text for e-mails',
    many: 'email texts',
    item: emailTextSchema,
    filters: {
      company: z
        .union([idSchema, z.literal(EVERYBODY)])
        .optional()
        .openapi({ type: 'string', description: 'An id, or `everybody` for those that are no company’s.' }),
      kind: textKindSchema.optional(),
      language: textLanguageSchema.optional(),
    },
    managedBy: 'owner',
    list: async (db, scope, { company, ...filter }, page) => {
      const asked = { ...filter, company: company === EVERYBODY ? null : company }
      return (await listEmailTexts(db, scope, asked, page)).map(textJson)
    },
    find: async (...asked) => {
      const found = await findEmailText(...asked)
      return found && textJson(found)
    },
    create: {
      body: newText,
      conflicts: true,
      description:
        'From now on e-mails of this kind to people of the company, in this language, say this in place of Muster’s ' +
        'own words; for no company, those to everybody whose company has no words of its own. Greeting, link, when it ' +
        'runs out, and what else is around stay.',
      insert: write,
    },
    change: {
      body: textChange,
      description: 'E-mails that are on their way say the new words, with the same link.',
      update: (db, { id }, words, caller) => updateEmailText(db, id, words, caller.name),
    },
    remove: {
      description: 'Back to everybody’s words or, where there are none, to Muster’s own.',
      delete: (db, { id }) => deleteEmailText(db, id),
    },
  })
}

async function write(db: Db, { company, ...text }: z.output<typeof newText>, caller: Caller) {
  const owner = company === null ? null : await mustFindCompany(db, company, caller)
  return insertEmailText(db, { ...text, company: owner, updatedBy: caller.name })
}

type StoredText = NonNullable<Awaited<ReturnType<typeof findEmailText>>>

function textJson({ updatedAt, ...rest }: StoredText): z.output<typeof emailTextSchema> {
  return { ...rest, updatedAt: updatedAt.toISOString() }
}
