import type { Template } from './template.ts'

/** Users of one or more companies in one file. Each row also names the user's courses (FORMATS.md, A). */
export const onboarding: Template = {
  id: 'onboarding',
  name: 'Onboarding',
  purpose: 'New people of one or more companies, with the courses that each of them is to take.',
  headers: 'exact',
  formats: ['csv', 'xlsx'],
  defaults: {},
  requires: [],
  columns: [
    { header: 'enabled', field: 'enabled', required: true, rule: '1 enabled, 0 created disabled.' },
    { header: 'name', field: 'firstName', required: true, rule: 'First name.' },
    { header: 'last_name', field: 'lastName', required: false, rule: 'Last name.' },
    { header: 'email', field: 'email', required: true, rule: 'E-mail address, the unique key of a user.' },
    { header: 'companyName', field: 'company', required: true, rule: 'Name of an existing company, exactly.' },
    {
      header: 'cohortName',
      field: 'cohort',
      required: false,
      rule: 'Name of an existing cohort of that company, exactly; empty for none.',
    },
    { header: 'languageCode', field: 'language', required: true, rule: 'BCP 47 language tag, for example en-GB.' },
    { header: 'job_role', field: 'jobRole', required: false, rule: 'Free text.' },
    { header: 'region', field: 'region', required: false, rule: 'Free text.' },
    {
      header: 'module requested',
      field: 'title',
      required: false,
      numbered: true,
      rule: 'Title of a course that the company has access to; any number of these columns, any of them empty.',
    },
  ],
  exampleHeader: [
    'enabled',
    'name',
    'last_name',
    'email',
    'companyName',
    'cohortName',
    'languageCode',
    'job_role',
    'region',
    'module requested 1',
    'module requested 2',
  ],
  examples: [
    ['1', 'Ada', 'Byron', 'ada@example.com', 'Blue Harbour', '', 'en-GB', 'Analyst', 'North', 'Safety – Level 1', ''],
    ['1', 'Zoë', 'Kovács', 'zoe@example.com', 'Blue Harbour', '', 'hu-HU', '', '', 'Safety – Level 1', ''],
    ['0', 'Kenji', 'Satō', 'kenji@example.com', 'Blue Harbour', '', 'ja-JP', 'Welder', 'East', '', ''],
  ],
}
