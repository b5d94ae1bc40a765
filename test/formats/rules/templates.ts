import type { Rule } from './rule.ts'

export const templateRules: readonly Rule[] = [
  {
    id: 'template/headers',
    text: 'A template defines which headers a file must have and how strictly they are checked.',
    tests: [
      'formats/no-template > a template defines which headers a file must have and how strictly they are checked',
      'api/imports/templates > a template names the headers of a file and the rule for each column',
    ],
  },
  {
    id: 'template/download',
    text: 'You can download every template as CSV and as XLSX (header row and three example rows), from the API and from the console.',
    tests: [
      'api/imports/templates > an example file downloads as %s, and an import accepts the file',
      'api/imports/templates > a template has three example rows below a header',
    ],
  },
  {
    id: 'template/data',
    text: 'A template is data, not code: to add one, add one declaration.',
    tests: ['formats/no-template > a template is a declaration without code'],
  },
]

export const onboardingRules: readonly Rule[] = [
  {
    id: 'onboarding',
    text: '`onboarding` (A) · CSV or XLSX · exact headers',
    tests: ['formats/onboarding > headers may be in any order, in CSV or XLSX, with any number of module columns'],
  },
  {
    id: 'onboarding/enabled',
    text: '`enabled` yes `1` enabled, `0` created disabled; any other value is an error in that row',
    tests: [
      'formats/onboarding > enabled 1 is enabled, 0 is created disabled, and any other value is an error in that row',
      'domain/people/person > enabled must be 1 or 0, so %j is an error',
    ],
  },
  {
    id: 'onboarding/name',
    text: '`name` yes first name `last_name` no',
    tests: [
      'formats/onboarding > name is the first name and last_name may be empty',
      'domain/people/person > an empty %s in a row of onboarding is an error',
    ],
  },
  {
    id: 'onboarding/email',
    text: '`email` yes valid address; the unique key of a user',
    tests: [
      'formats/onboarding > email is a valid address and the unique key of a user',
      'domain/people/email > the key of an address, read as an address, has the same key',
      'activities/imports/validate-rows > the first valid row with an address counts, and the error of each later row names it',
    ],
  },
  {
    id: 'onboarding/company',
    text: "`companyName` yes must equal an existing company's name exactly",
    tests: [
      'formats/onboarding > companyName must equal an existing company’s name exactly',
      'activities/imports/validate-rows > companies and cohorts are found by their exact name only',
    ],
  },
  {
    id: 'onboarding/cohort',
    text: '`cohortName` no must equal an existing cohort of that company exactly; empty means none',
    tests: [
      'formats/onboarding > cohortName must equal a cohort of that company exactly, or be empty for none',
      'activities/imports/validate-rows > companies and cohorts are found by their exact name only',
    ],
  },
  {
    id: 'onboarding/language',
    text: '`languageCode` yes BCP 47, for example `en-GB`',
    tests: [
      'formats/onboarding > languageCode must be a BCP 47 tag',
      'domain/people/person > languageCode must be a BCP 47 tag, so %j is an error',
    ],
  },
  {
    id: 'onboarding/free-text',
    text: '`job_role` no free text `region` no free text',
    tests: ['formats/onboarding > job_role and region are free text'],
  },
  {
    id: 'onboarding/modules',
    text: '`module requested 1`, `module requested 2`, … no one course title each; any number of these columns, any of them empty',
    tests: [
      'formats/onboarding > each module requested is a course title or empty, and an exact match wins over a loose one',
      'formats/onboarding > headers may be in any order, in CSV or XLSX, with any number of module columns',
      'domain/people/headers > a file of onboarding can have any number of module columns',
    ],
  },
  {
    id: 'onboarding/headers-exact',
    text: 'Header names match exactly, including case: `companyName` is accepted; `companyname` and `CompanyName` are rejected. The error names the header found, the header expected and its column.',
    tests: [
      'formats/onboarding > header names match exactly, including case, and an error names the found and the expected header and the column',
      'domain/people/headers > a header of onboarding must match exactly, so %s is rejected',
    ],
  },
  {
    id: 'onboarding/column-order',
    text: 'Columns can be in any order.',
    tests: [
      'formats/onboarding > headers may be in any order, in CSV or XLSX, with any number of module columns',
      'domain/people/headers > the headers of onboarding are accepted in any order',
    ],
  },
  {
    id: 'onboarding/header-errors',
    text: 'A missing required header, an unknown header and a duplicate header are each an error of the whole file.',
    tests: [
      'formats/onboarding > a missing required header, an unknown header and a duplicate header are each an error of the file',
      'domain/people/headers > a rejection reports every missing, unknown and duplicate header at once',
    ],
  },
  {
    id: 'titles/all-or-nothing',
    text: "**Course titles are all or nothing.** Every non-empty `module requested N` must match a course that the row's company has access to. If one title in the file does not, the whole import is rejected and nothing is written: no user, no enrolment, no e-mail.",
    tests: [
      'formats/onboarding > unmatched titles reject the whole import, write nothing and are all listed with company, rows and closest titles',
      'story/first-import > a file with unknown titles is rejected with all of them, and writes nothing',
    ],
  },
  {
    id: 'titles/all-listed',
    text: 'The error lists every unmatched title, not only the first. Each comes with its expected company, the rows that contain it (count, first few numbers) and the closest existing titles ("did you mean").',
    tests: [
      'formats/onboarding > unmatched titles reject the whole import, write nothing and are all listed with company, rows and closest titles',
      'activities/imports/validate-rows > every unmatched title is reported with its company, rows, reason and closest titles',
      'activities/imports/validate-rows > the rows of an unmatched title are counted, and the first five are named',
      'domain/people/title > an unknown title gets the closest titles as suggestions, best first, and no others',
    ],
  },
  {
    id: 'titles/loose',
    text: 'Title matching ignores case, leading, trailing and repeated white space (any Unicode white space), and the kind of dash (hyphen, non-breaking hyphen, figure, en, em, horizontal bar, minus), with or without spaces around it.',
    tests: [
      'formats/onboarding > each module requested is a course title or empty, and an exact match wins over a loose one',
      'domain/people/title > title matching ignores case',
      'domain/people/title > title matching ignores leading, trailing and repeated white space of any Unicode kind',
      'domain/people/title > title matching ignores the kind of dash and the spaces around it',
      'domain/people/title > title matching ignores no other difference',
    ],
  },
  {
    id: 'titles/exact-first',
    text: 'An exact match wins over a loose one. If two courses match equally well, the title is ambiguous and counts as unmatched, with that reason.',
    tests: [
      'formats/onboarding > each module requested is a course title or empty, and an exact match wins over a loose one',
      'formats/onboarding > unmatched titles reject the whole import, write nothing and are all listed with company, rows and closest titles',
      'domain/people/title > title matching prefers an exact match to a loose one',
      'domain/people/title > a title that matches two courses equally well is ambiguous, and both are suggested',
    ],
  },
  {
    id: 'titles/every-row',
    text: 'Titles are checked in every row whose company is known, even if the row is otherwise invalid. A row with an unknown company is invalid.',
    tests: [
      'formats/onboarding > a row whose company is unknown is invalid, and its titles are not checked',
      'formats/onboarding > titles are checked in every row whose company is known, even if the row is otherwise invalid',
      'activities/imports/validate-rows > titles are checked in rows that are invalid for another reason',
    ],
  },
  {
    id: 'onboarding/disabled',
    text: 'A user created as disabled gets no e-mail. You can send it from the user list once the user is enabled.',
    tests: [
      'formats/onboarding > a user created as disabled gets no e-mail, which can be sent from the user list once the user is enabled',
    ],
  },
  {
    id: 'onboarding/already-there',
    text: 'Existing users, activated or not, never get an activation e-mail from an import.',
    tests: ['formats/onboarding > existing users, activated or not, never get an activation e-mail from an import'],
  },
  {
    id: 'result/counts',
    text: 'The result has four counts: created, updated, skipped, course assignments. Each count opens the list of its users.',
    tests: [
      'formats/onboarding > the result has four counts, each with its list, as JSON and as CSV with a timestamp in the file name',
      'api/imports/results/results > the rows of an import can be filtered by the outcome %s',
    ],
  },
  {
    id: 'result/exports',
    text: 'The result exports as JSON (the summary and the three lists) and as CSV (one row per user, with status `created`, `updated` or `skipped` and the courses assigned). Both file names contain a timestamp.',
    tests: [
      'formats/onboarding > the result has four counts, each with its list, as JSON and as CSV with a timestamp in the file name',
      'api/imports/results/results > the result as JSON has a summary and three lists, and its name has a time stamp',
      'api/imports/results/results > the result as CSV has one row for each user and contains no formula that a spreadsheet would run',
    ],
  },
  {
    id: 'onboarding/again',
    text: 'Importing the same file again is safe: no duplicate users, no duplicate enrolments, no second e-mail.',
    tests: [
      'formats/onboarding > importing the same file again makes no duplicate user, no duplicate enrolment and no second e-mail',
      'workflows/import-users > a repeated import of the same file changes nothing and sends no e-mail',
    ],
  },
]
