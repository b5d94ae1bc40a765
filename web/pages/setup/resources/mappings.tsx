import { FieldName } from '../../../parts/forms/field-name.tsx'
import { plural } from '../../../parts/page/format.ts'
import { Time } from '../../../parts/page/time.tsx'
import { CompanyNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'

export const mappings = resource({
  part: 'mappings',
  title: 'Saved mappings',
  one: 'mapping',
  sentence: 'Which column is which field, kept from earlier files and offered again for files with the same headers.',
  empty:
    'Nothing saved yet. When you match the columns of a file, Muster keeps it for the next one with these headers.',
  managedBy: 'everybody',
  nameOf: ({ headers }) => headers.join(', '),
  columns: [
    { title: 'Columns', cell: ({ headers }) => headers.join(', '), width: 'minmax(0, 2.5fr)' },
    { title: 'Company', cell: ({ company }) => <CompanyNames ids={[company]} />, onPhone: 'bare' },
    {
      title: 'Matched',
      cell: ({ mapping }) => plural(Object.keys(mapping).length, 'column', 'columns'),
      onPhone: 'bare',
    },
    { title: 'Last changed', cell: ({ updatedAt }) => <Time at={updatedAt} />, width: '9rem', onPhone: 'none' },
  ],
  fields: [
    { name: 'company', label: 'Company', kind: 'company' },
    { name: 'headers', label: 'Columns of the file', kind: 'lines' },
    { name: 'createdBy', label: 'Saved by', kind: 'text' },
    { name: 'updatedAt', label: 'Last changed', kind: 'time' },
  ],
  Details: ({ item: { mapping } }) => (
    <ul>
      {Object.entries(mapping).map(([field, header]) => (
        <li key={field}>
          “{header}” is read as <FieldName field={field} />
        </li>
      ))}
    </ul>
  ),
  byCompany: true,
  deleting: 'is forgotten. The next file with these headers is matched anew.',
})
