import type { Rule } from './rule.ts'

/** Templates whose columns a person matches, and `team`. */
export const listRules: readonly Rule[] = [
  {
    id: 'invitation',
    text: '`invitation` (B) · CSV · you match the columns',
    tests: [
      'formats/invitation > each column is matched to a field or a custom field, which is stored on the user, or is not imported',
    ],
  },
  {
    id: 'invitation/required',
    text: '`first_name`, `last_name`, `e-mail`, `company` yes',
    tests: ['formats/invitation > a file must have the columns first_name, last_name, e-mail and company'],
  },
  {
    id: 'invitation/language',
    text: '`language` no `de` `en` `es` `fr` `hu` `ja` `nl` `pt`; other BCP 47 languages are accepted too',
    tests: [
      'formats/invitation > a language is one of the eight, or another that BCP 47 defines',
      'domain/people/person > a row of invitation can have the language %s',
    ],
  },
  {
    id: 'invitation/groups',
    text: '`groups` no student groups, separated by `/`',
    tests: [
      'formats/invitation > a cell names several student groups, separated by /',
      'domain/people/person > a cell can name several groups, separated by /',
    ],
  },
  {
    id: 'matching/targets',
    text: 'You match each column of the file to a platform field, to a custom field, or to *do not import* (the default for an unrecognised column).',
    tests: [
      'formats/invitation > each column is matched to a field or a custom field, which is stored on the user, or is not imported',
      'formats/invitation > a match is suggested from the header and the cells, and an unrecognised column is not imported',
      'domain/people/mapping > a column that the mapping does not name is not imported',
    ],
  },
  {
    id: 'matching/suggested',
    text: "Muster suggests matches from the header, in the eight languages above, and from the column's cells.",
    tests: [
      'formats/invitation > a match is suggested from the header and the cells, and an unrecognised column is not imported',
      'domain/people/suggest > every field has a header in every language, and no header means two fields',
      'domain/people/suggest > the headers of a list in the language %s are matched as written',
    ],
  },
  {
    id: 'custom-fields',
    text: 'Administrators define custom fields (key, label, type text/number/date/choice), which are stored on the user.',
    tests: [
      'formats/invitation > each column is matched to a field or a custom field, which is stored on the user, or is not imported',
      'api/catalogue/custom-fields > a custom field can be created, read, found by key and by type, changed and deleted',
      'api/catalogue/custom-fields > every key reads custom fields, and platform-wide keys manage them',
    ],
  },
  {
    id: 'preview',
    text: 'A preview comes before any change. It shows the first 10 records as they will be read, and the total number of records.',
    tests: [
      'formats/invitation > a preview shows the first 10 records as they will be read and the total, and changes nothing',
      'api/imports/preview/preview > a preview shows the format and the evidence for it, the first ten users and the number of records',
    ],
  },
  {
    id: 'preview/back',
    text: 'Going back keeps the file and the matching.',
    tests: [
      'formats/invitation > a preview keeps and returns the column mapping that it was given',
      'web/pages/new-import/columns > columns matched by hand are kept after Back, after a reload and in another window, and are imported',
      'web/pages/new-import/new-import > the choices of a draft are kept after a reload and after Back',
    ],
    console: true,
  },
  {
    id: 'invitation/empty-cells',
    text: 'Empty cells are allowed. The field order within a row is preserved.',
    tests: [
      'formats/invitation > a row may have empty cells, and the order of its fields is preserved',
      'domain/people/person > a row of invitation may have empty cells',
      'domain/people/person > the fields of a row are read in any order',
    ],
  },
  {
    id: 'invitation/new',
    text: 'Import and invite: new users are added and get an e-mail to set their password. Existing users are not added again and get no e-mail. Where the file differs, it overwrites their data.',
    tests: [
      'formats/invitation > new users are added and get an e-mail to set their password, and existing users are overwritten and get none',
      'api/imports/templates > FORMATS: invitation requires four columns, allows empty cells, and updates existing users',
    ],
  },
  {
    id: 'invitation/unknown-groups',
    text: 'If the file names a group that does not exist, an option decides whether the group is created or is an error.',
    tests: [
      'formats/invitation > an option decides whether a group that does not exist is created or is an error',
      'activities/imports/apply-choices > unknownGroups: create creates an unknown group when the rows are applied and not before',
    ],
  },
  {
    id: 'team',
    text: '`team` (E) · CSV or XLSX · exact headers, in this order `First name`, `Last name`, `Email` (these three required), `Description` (may be empty, free text).',
    tests: [
      'formats/team > the four headers must be in this order in CSV and XLSX, and Description may be empty',
      'formats/team > First name, Last name and Email are required in every row',
      'domain/people/headers > team headers in another order are rejected, and each error names the header that belongs there',
    ],
  },
  {
    id: 'team/drop',
    text: 'You can drag and drop the file, or browse for it. A checking step is visible.',
    tests: [
      'web/pages/new-import/new-import > a file of a template is imported in as few steps as possible',
      'e2e/console > an administrator drops a wrong file, reads why it is rejected, and tries again in place',
    ],
    console: true,
  },
  {
    id: 'team/structure',
    text: 'If the structure is wrong, one clear error says what to correct, and you can try again without leaving the page.',
    tests: [
      'formats/team > %s gives one clear error that says what to correct, before and in the import',
      'formats/team > the corrected file is accepted at the next try',
      'web/pages/new-import/new-import > a wrong file is rejected in place, and a correct file is accepted there',
    ],
    console: true,
  },
  {
    id: 'team/permission-set',
    text: '**You must choose one permission set for everyone in the file before the import can start.** Without one, the API returns 422.',
    tests: [
      'formats/team > an import without the required permission set returns 422',
      'api/imports/templates > FORMATS: team has its headers in order and requires a permission set',
    ],
  },
  {
    id: 'team/invited',
    text: 'At the end, the result shows the number of valid users that were invited.',
    tests: ['formats/team > the result shows the number of valid users who were invited'],
  },
  {
    id: 'none',
    text: 'no template Any other file goes through the same matching step as `invitation`.',
    tests: ['formats/no-template > %s goes through the same matching step as invitation'],
  },
]
