import type { Template } from './template.ts'

/** A list from another system. The importer matches its columns (FORMATS.md, B). */
export const invitation: Template = {
  id: 'invitation',
  name: 'Invitation',
  purpose:
    'A list of people from another system: you say which column is what. Who is there already is brought up to date.',
  headers: 'matched',
  formats: ['csv', 'xlsx'],
  defaults: { existing: 'update' },
  requires: [],
  columns: [
    { header: 'first_name', field: 'firstName', required: true, filled: false, rule: 'First name.' },
    { header: 'last_name', field: 'lastName', required: true, filled: false, rule: 'Last name.' },
    { header: 'e-mail', field: 'email', required: true, rule: 'E-mail address, the unique key of a user.' },
    {
      header: 'company',
      field: 'company',
      required: true,
      filled: false,
      rule: 'Name of an existing company, exactly. May be empty for people who are there already.',
    },
    {
      header: 'language',
      field: 'language',
      required: false,
      rule: 'de, en, es, fr, hu, ja, nl, pt, or another BCP 47 language tag.',
    },
    { header: 'groups', field: 'groups', required: false, rule: 'Names of student groups, separated by /.' },
  ],
  exampleHeader: ['first_name', 'last_name', 'e-mail', 'company', 'language', 'groups'],
  examples: [
    ['Ada', 'Byron', 'ada@example.com', 'Blue Harbour', 'en', 'Spring/Analysts'],
    ['Zoë', 'Kovács', 'zoe@example.com', 'Blue Harbour', 'hu', 'Spring'],
    ['Kenji', 'Satō', 'kenji@example.com', 'Blue Harbour', 'ja', ''],
  ],
}
