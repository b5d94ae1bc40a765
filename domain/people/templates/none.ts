import type { Template } from './template.ts'

/** Any other file. Every field of the platform and every custom field can be matched (FORMATS.md, "no template"). */
export const none: Template = {
  id: 'none',
  name: 'No template',
  purpose: 'Any other file: you say which column is what.',
  headers: 'matched',
  formats: ['csv', 'xlsx'],
  defaults: {},
  requires: [],
  columns: [
    { header: 'email', field: 'email', required: true, rule: 'E-mail address, the unique key of a user.' },
    { header: 'first name', field: 'firstName', required: true, filled: false, rule: 'First name.' },
    { header: 'last name', field: 'lastName', required: false, rule: 'Last name.' },
    { header: 'company', field: 'company', required: false, rule: 'Name of an existing company, exactly.' },
    {
      header: 'cohort',
      field: 'cohort',
      required: false,
      rule: 'Name of an existing cohort of that company, exactly; empty for none.',
    },
    { header: 'language', field: 'language', required: false, rule: 'BCP 47 language tag, for example en-GB.' },
    { header: 'enabled', field: 'enabled', required: false, rule: '1 or yes: enabled; 0 or no: created disabled.' },
    { header: 'job role', field: 'jobRole', required: false, rule: 'Free text.' },
    { header: 'region', field: 'region', required: false, rule: 'Free text.' },
    { header: 'description', field: 'description', required: false, rule: 'Free text.' },
    { header: 'label', field: 'label', required: false, rule: 'Free text, to find people by.' },
    { header: 'groups', field: 'groups', required: false, rule: 'Names of student groups, separated by /.' },
    {
      header: 'course',
      field: 'title',
      required: false,
      numbered: true,
      rule: 'Title of a course that the company has access to; any number of these columns, any of them empty.',
    },
  ],
  exampleHeader: ['email', 'first name', 'last name', 'company', 'language', 'groups', 'course 1'],
  examples: [
    ['ada@example.com', 'Ada', 'Byron', 'Blue Harbour', 'en-GB', 'Analysts', 'Safety – Level 1'],
    ['zoe@example.com', 'Zoë', 'Kovács', 'Blue Harbour', 'hu-HU', '', ''],
    ['kenji@example.com', 'Kenji', 'Satō', 'Blue Harbour', 'ja-JP', 'Analysts/Welders', 'Safety – Level 1'],
  ],
}
