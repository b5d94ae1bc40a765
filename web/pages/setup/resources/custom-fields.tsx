import { resource } from '../resource/resource.ts'

const kinds = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'choice', label: 'One of several choices' },
]

export const customFields = resource({
  part: 'custom-fields',
  title: 'Custom fields',
  one: 'custom field',
  sentence: 'What you want to know of people beyond name, company and courses, such as a cost centre.',
  empty: 'No custom field yet. A column of a spreadsheet that fits no other field can be matched with one.',
  managedBy: 'platform',
  nameOf: ({ label }) => label,
  columns: [
    { title: 'Name', cell: ({ label }) => label },
    { title: 'Holds', cell: ({ type }) => kinds.find(({ value }) => value === type)?.label ?? type, onPhone: 'bare' },
    { title: 'Key', cell: ({ key }) => <code>{key}</code>, onPhone: 'none' },
  ],
  fields: [
    { name: 'label', label: 'Name', hint: 'As people read it.', kind: 'text' },
    {
      name: 'key',
      label: 'Key',
      hint: 'As programs call it, such as costCentre: a small letter, then letters, digits or underscores. It stays.',
      kind: 'text',
      fixed: true,
    },
    { name: 'type', label: 'Holds', hint: 'It stays, too.', kind: kinds, fixed: true },
    {
      name: 'choices',
      label: 'Choices',
      hint: 'One a line. A choice that somebody has cannot be taken away.',
      kind: 'lines',
      shownWhen: ({ type }) => type === 'choice',
    },
  ],
  add: 'Add a custom field',
  changes: true,
  deleting:
    'is deleted, and saved mappings leave its column out from then on. A field that somebody has a value of stays.',
})
