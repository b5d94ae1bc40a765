import type { ApiDocument, Operation, Schema } from './api-document.ts'

const ID = '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'
const IMPORT = `http://localhost:3000/v1/imports/${ID}`

/** Examples by field name. A field has the same meaning in most of the API. */
const byName: Record<string, unknown> = {
  id: ID,
  ...ofEach(ID, ['company', 'companies', 'cohort', 'course', 'courses', 'collections', 'campaigns', 'groups']),
  ...ofEach(ID, ['permissionSet', 'user', 'import', 'parent', 'seenBefore', 'savedMapping', 'requestId']),
  ...ofEach('HR system', ['startedBy', 'createdBy', 'updatedBy', 'by']),
  ...ofEach('liquid teapot garden', ['password', 'new', 'defaultPassword', 'muster-default-password']),
  ...ofEach('people-march.csv', ['file', 'example.csv']),
  email: 'ada@example.com',
  contact: 'hr@blueharbour.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  name: 'Spring',
  jobRole: 'Welder',
  region: 'North',
  description: 'Works nights',
  label: 'Intake 2026',
  language: 'en-GB',
  title: 'Safety – Level 1',
  suggestions: 'Safety – Level 1',
  message: 'Welcome aboard! Your courses begin on Monday.',
  template: 'onboarding',
  'muster-mapping': '{}',
  mapping: '{"email":"E-mail","firstName":"Given name"}',
  options: '{"existing":"update"}',
  saveMapping: 'true',
  sha256: '56211d5dc5cb2e22e186caa21340e553bb6266eca96aa16172a81b6cf4eda48e',
  encoding: 'utf-8',
  delimiter: 'comma',
  ...ofEach('Staff 2026', ['sheet', 'sheets']),
  evidence: "9 columns split by ',' in the header and in the next 100 records",
  ...ofEach('E-mail', ['header', 'headers', 'column']),
  ...ofEach('ada@example.com', ['cells', 'samples', 'rows']),
  missing: 'company',
  field: 'email',
  rule: 'E-mail address, the unique key of a user.',
  choices: 'Workshop',
  subject: 'Activate your account at Blue Harbour',
  html: '<!doctype html>…',
  text: 'Hello Ada, …',
  detail: 'There is no user with this id.',
  key: 'costCentre',
  current: 'former teapot garden',
  secret: 'JBSWY3DPEHPK3PXP',
  backupCodes: 'k7wq-m2xv',
  url: 'http://localhost:3000/invitation#…',
  token: 'the-last-part-of-the-link',
  'idempotency-key': 'people-2026-03-03',
  ...ofEach('MDE5N2E3YzA', ['next', 'cursor', 'cursors']),
}

/** Examples by place, for names with another meaning in a schema or in the bodies of a tag. */
const byPlace: Record<string, unknown> = {
  'Problem.title': 'Not found',
  ...ofEach('Blue Harbour', ['Company.name', 'Companies.name', 'UnmatchedTitle.company', 'Import.companies']),
  ...ofEach('Mira Tóth', ['Account.name', 'OwnAccount.name', 'Accounts.name', 'NewAccount.name']),
  'AccountInvitation.name': 'Mira Tóth',
  ...ofEach('HR system', ['ApiKey.name', 'API keys.name']),
  ...ofEach('Cost centre', ['CustomField.label', 'Custom fields.label']),
  ...ofEach('Safety – Level 1', ['ImportRow.courses', 'PlanRow.courses', 'PersonImport.courses']),
  'Email texts.language': 'de',
  'Import.file.name': 'people-march.csv',
  'Import.file.delimiter': ',',
  'Draft.file.name': 'people-march.csv',
  'Preview.file.name': 'people-march.csv',
  'Preview.file.delimiter': ',',
  'ImportRow.errors.code': 'invalid-email',
  'PlanRow.errors.code': 'invalid-email',
  'ImportRow.errors.value': 'ada.example.com',
  'PlanRow.errors.value': 'ada.example.com',
  'ImportRow.errors.message': 'Expected one e-mail address such as ada@example.com.',
  'PlanRow.errors.message': 'Expected one e-mail address such as ada@example.com.',
  'Email.error.code': 'refused',
  'Email.error.message': '550 5.1.1 no such mailbox',
  'Template.name': 'Onboarding',
  'Template.purpose': 'New users of one or more companies, with a course for each.',
  'Template.fields.label': 'E-mail',
  'Template.links.self': 'http://localhost:3000/v1/templates/onboarding',
  'Template.links.csv': 'http://localhost:3000/v1/templates/onboarding.csv',
  'Template.links.xlsx': 'http://localhost:3000/v1/templates/onboarding.xlsx',
  'Import.links.self': IMPORT,
  'Import.links.rows': `${IMPORT}/rows`,
  'Import.links.result': `${IMPORT}/result.json`,
  'Import.links.errors': `${IMPORT}/errors.csv`,
  'Import.links.events': `${IMPORT}/events`,
  'Import.links.temporal': `http://localhost:8233/namespaces/default/workflows/import-${ID}`,
}

function ofEach(example: unknown, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, example]))
}

/** Adds an example, in place, to every string of the document that has none: by place, else by name. */
export function fillExamples({ paths, components }: ApiDocument): void {
  for (const [name, schema] of Object.entries(components.schemas)) fill(schema, name, [])
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const place = operation.tags?.[0] ?? ''
    for (const { name, schema } of operation.parameters ?? []) fill(schema, place, [name])
    for (const schema of bodiesOf(operation)) fill(schema, place, [])
  }
}

function bodiesOf({ requestBody, responses }: Operation): (Schema | undefined)[] {
  const contents = [requestBody, ...Object.values(responses)].map((body) => body?.content ?? {})
  return contents.flatMap((content) =>
    Object.entries(content).flatMap(([type, { schema }]) => (/json|form/.test(type) ? [schema] : [])),
  )
}

function fill(schema: Schema | undefined, place: string, path: string[]): void {
  if (schema === undefined || schema.$ref !== undefined || hasExample(schema)) return
  for (const [name, its] of Object.entries(schema.properties ?? {})) fill(its, place, [...path, name])
  for (const part of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
    fill(part, place, path)
  }
  if (![schema.type].flat().includes('string') || schema.format === 'binary') return
  const example = byPlace[[place, ...path].join('.')] ?? byName[path.at(-1) ?? '']
  if (example !== undefined) schema.example = example
}

const hasExample = ({ example, default: usual, enum: values }: Schema): boolean =>
  example !== undefined || usual !== undefined || values !== undefined
