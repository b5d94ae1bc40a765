import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Db } from '../../db/core/database.ts'
import { readTexts } from '../../db/emails/email-texts.ts'
import { toHtml, toText } from '../../domain/emails/layout.ts'
import { builtInText, type MailText, type TextKind, type TextPlace } from '../../domain/emails/own-text.ts'
import { type PersonalMail, renderEmail } from '../../domain/emails/render-email.ts'
import type { Caller } from '../http/caller.ts'
import type { ApiDeps, AppEnv } from '../http/deps.ts'
import { idSchema, json, jsonBody, problems, withKey } from '../http/schemas/common.ts'
import { defaultCompany } from '../imports/default-company.ts'
import { optionsSchema } from '../imports/options/options-schema.ts'

import { mailTextFields, textKindSchema } from './email-schemas.ts'

const wanted = {
  kind: textKindSchema.default('activation'),
  language: optionsSchema.shape.language.openapi({ description: 'A BCP 47 tag. Default: en.', example: 'de' }),
  message: optionsSchema.shape.message.openapi({ description: 'A personal message in the e-mail.' }),
  company: idSchema
    .optional()
    .openapi({ description: 'The company that sends it. Default: the only company of the key.' }),
}

const rendered = z.object({ subject: z.string(), html: z.string(), text: z.string() })
const previewSchema = rendered
  .extend({
    words: z
      .object(mailTextFields)
      .openapi({ description: 'The text that an administrator can edit, before placeholders are filled in.' }),
    source: z.enum(['company', 'everybody', 'muster']).openapi({
      description:
        'Where the text comes from. `company`: saved for the company. `everybody`: saved for all. `muster`: built in.',
    }),
  })
  .openapi('EmailPreview')

const base = { path: '/email-preview', tags: ['Email texts'], security: withKey }
const NOTHING_SENT = 'The recipient, the link and the password are examples. Nothing is sent.'

const inEffect = createRoute({
  ...base,
  method: 'get',
  summary: 'Preview an e-mail',
  description: NOTHING_SENT,
  request: { query: z.object(wanted) },
  responses: { 200: json(previewSchema, 'The e-mail, with the text in effect.'), ...problems(422) },
})

const unsaved = createRoute({
  ...base,
  method: 'post',
  summary: 'Preview an e-mail with unsaved text',
  description: `${NOTHING_SENT} Nothing is saved.`,
  request: jsonBody(z.strictObject({ ...wanted, ...mailTextFields })),
  responses: {
    200: json(rendered.openapi('EmailDraft'), 'The e-mail, with this text.'),
    ...problems(400, 413, 415, 422),
  },
})

/** Previews of e-mails. */
export function emailPreviewRoutes({ db, config }: Pick<ApiDeps, 'db' | 'config'>) {
  return new OpenAPIHono<AppEnv>()
    .openapi(inEffect, async (c) => {
      const asked = await readAsked(db, c.req.valid('query'), c.get('caller'))
      const { kind, language, company } = asked
      const place = { company: company?.id ?? null, kind, language }
      const stored = (await readTexts(db, [place]))(place)
      const { subject, intro, button } = stored ?? builtInText(kind, language)
      return c.json(
        { ...render(asked, stored, config), words: { subject, intro, button }, source: sourceOf(stored) },
        200,
      )
    })
    .openapi(unsaved, async (c) => {
      const { subject, intro, button, ...asked } = c.req.valid('json')
      return c.json(render(await readAsked(db, asked, c.get('caller')), { subject, intro, button }, config), 200)
    })
}

interface Asked {
  kind: TextKind
  language: string
  message: string | null
  company: { id: string; name: string } | null
}

type Given = z.output<z.ZodObject<typeof wanted>>

/** @throws ApiProblem 422 for a company that does not exist or is outside the caller's scope */
async function readAsked(
  db: Db,
  { kind, language = 'en', message = null, company }: Given,
  caller: Caller,
): Promise<Asked> {
  return { kind, language, message, company: await defaultCompany(db, company, caller) }
}

function sourceOf(stored: TextPlace | null): z.output<typeof previewSchema>['source'] {
  if (stored === null) return 'muster'
  return stored.company === null ? 'everybody' : 'company'
}

function render({ kind, language, message, company }: Asked, text: MailText | null, config: ApiDeps['config']) {
  const content = renderEmail({
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    language,
    company: company?.name ?? null,
    message,
    deliverTo: null,
    text,
    ...exampleOf(kind, config),
  } satisfies PersonalMail)
  return { subject: content.subject, html: toHtml(content), text: toText(content) }
}

/** Returns the example link or password that an e-mail of this kind contains. */
function exampleOf(kind: TextKind, { PUBLIC_URL, SIGN_IN_URL: signIn, LINK_HOURS }: ApiDeps['config']) {
  if (kind === 'welcome') return { kind, forceReset: true, signIn }
  if (kind === 'password') return { kind, password: 'example-password', forceReset: true, signIn }
  const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000)
  const link = `${PUBLIC_URL}/activate/example`
  return { kind: 'activation' as const, invited: kind === 'invitation', link, expiresAt }
}
