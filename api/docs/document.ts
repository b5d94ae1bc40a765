import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../http/deps.ts'
import { problemSchema } from '../http/schemas/common.ts'
import { optionsSchema } from '../imports/options/options-schema.ts'
import type { ApiDocument } from './api-document.ts'
import { fillExamples } from './fill-examples.ts'

const description = `Import users from a file, follow the outcome of each row, and manage users.

Send your key as \`Authorization: Bearer <key>\`. Ids are opaque strings. Lists return \`{items, next}\`. Send \`next\` as
\`cursor\` for the next page. Errors are RFC 9457 problem details. Check \`code\`, which is stable, and show \`detail\`.
A 429 or 503 has \`Retry-After\`. Resources of companies outside your key return 404.`.replace(
  /(?<!\n)\n(?!\n)/g,
  ' ', // The page keeps line breaks, so only those between paragraphs may stay.
)

const tags = [
  { name: 'Imports', description: 'Files of users, and the outcome of each row.' },
  { name: 'Drafts', description: 'Imports in preparation: a stored file and the choices so far.' },
  { name: 'Templates', description: 'The headers and fields of a file.' },
  { name: 'Users', description: 'Users and invitations.' },
  { name: 'Companies', description: 'Companies that users belong to.' },
  { name: 'Courses', description: 'Courses, and the companies that may use them.' },
  { name: 'Cohorts', description: 'Parts of a company.' },
  { name: 'Groups', description: 'Groups of users, across companies.' },
  { name: 'Permission sets', description: 'Sets of permissions that users have.' },
  { name: 'Collections', description: 'Sets of courses.' },
  { name: 'Campaigns', description: 'Sets of courses with a start and an end.' },
  { name: 'Custom fields', description: 'Further fields of a user.' },
  { name: 'Title aliases', description: 'Saved courses for titles in the files of a company.' },
  { name: 'Mappings', description: 'Saved columns and their fields, for later files with the same headers.' },
  { name: 'Email texts', description: 'Texts of e-mails that replace the default ones, for one company or for all.' },
  {
    name: 'Accounts',
    description: 'Administrators of the console: signing in, your own account, and other administrators.',
  },
  { name: 'API keys', description: 'Managed by platform-wide keys, and by administrators within their companies.' },
  { name: 'Activation pages', description: 'The pages behind the link in an activation e-mail. No key is needed.' },
  { name: 'Operation', description: 'Routes for supervisors and monitoring. No key is needed.' },
]

/** Creates the OpenAPI 3.1 document of all routes that are mounted at the time of the call. */
export function documentOf(app: OpenAPIHono<AppEnv>): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Muster', version: '1', description },
    servers: [{ url: '/' }],
    tags,
  })
  const apiDocument = document as unknown as ApiDocument
  fillExamples(apiDocument)
  return apiDocument
}

/** Registers the parts of the document that no route defines: security schemes, shared schemas, activation pages. */
export function registerShared({ openAPIRegistry }: OpenAPIHono<AppEnv>): void {
  openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, for the whole platform or for some companies.',
  })
  openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'muster-session',
    description:
      'The session of an administrator, from `POST /v1/session`. With TLS, the cookie name begins with `__Host-`.',
  })
  openAPIRegistry.register('Problem', problemSchema)
  openAPIRegistry.register('ImportOptions', optionsSchema)
  const page = { description: 'An HTML page.', content: { 'text/html': { schema: { type: 'string' as const } } } }
  const token = { name: 'token', in: 'path' as const, required: true, schema: { type: 'string' as const } }
  const form = (properties: Record<string, { type: 'string' }>) => ({
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' as const, properties } } },
  })
  const base = { tags: ['Activation pages'], parameters: [token] }
  openAPIRegistry.registerPath({
    ...base,
    method: 'get',
    path: '/activate/{token}',
    summary: 'Open an activation link',
    description: 'Opening a link does not use it.',
    responses: { 200: page, 403: page, 404: page, 410: page },
  })
  openAPIRegistry.registerPath({
    ...base,
    method: 'post',
    path: '/activate/{token}',
    summary: 'Choose a password',
    request: { body: form({ password: { type: 'string' } }) },
    responses: { 200: page, 403: page, 404: page, 409: page, 410: page, 422: page, 429: page, 503: page },
  })
  openAPIRegistry.registerPath({
    ...base,
    method: 'post',
    path: '/activate/{token}/renew',
    summary: 'Request a new link',
    description: 'The response is the same for every token.',
    request: { body: form({ language: { type: 'string' } }) },
    responses: { 200: page, 429: page },
  })
}
