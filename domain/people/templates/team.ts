import type { Template } from './template.ts'

/** Users who run the platform or a part of it. All of them get one permission set (FORMATS.md, E). */
export const team: Template = {
  id: 'team',
  name: 'Team',
  purpose: 'Colleagues who are all to have the same permissions.',
  headers: 'in-order',
  formats: ['csv', 'xlsx'],
  defaults: {},
  requires: ['permissionSet'],
  columns: [
    { header: 'First name', field: 'firstName', required: true, rule: 'First name.' },
    { header: 'Last name', field: 'lastName', required: true, rule: 'Last name.' },
    { header: 'Email', field: 'email', required: true, rule: 'E-mail address, the unique key of a user.' },
    { header: 'Description', field: 'description', required: true, filled: false, rule: 'Free text, or empty.' },
  ],
  exampleHeader: ['First name', 'Last name', 'Email', 'Description'],
  examples: [
    ['Ada', 'Byron', 'ada@example.com', 'Head of training'],
    ['Zoë', 'Kovács', 'zoe@example.com', ''],
    ['Kenji', 'Satō', 'kenji@example.com', 'Reports only'],
  ],
}
