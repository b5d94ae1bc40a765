import { Time } from '../../../parts/page/time.tsx'
import { CompanyNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'
import { ShownOnce } from '../shown-once.tsx'

const anywhere = 'the whole platform'

export const apiKeys = resource({
  part: 'api-keys',
  title: 'API keys',
  one: 'key',
  sentence: 'With a key, a program imports people without anybody signing in.',
  empty: 'No key yet. A key is for the companies that you name, and can be revoked at any time.',
  managedBy: 'everybody',
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Name', cell: ({ name }) => name, width: 'minmax(0, 1.5fr)' },
    { title: 'Begins with', cell: ({ prefix }) => <code>{prefix}…</code>, onPhone: 'bare' },
    { title: 'For', cell: ({ companies }) => (companies ? <CompanyNames ids={companies} /> : anywhere) },
    {
      title: 'Last used',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : <span className="soft">never</span>),
      width: '9rem',
    },
  ],
  fields: [
    { name: 'name', label: 'Name', hint: 'What it is for, such as “HR system”.', kind: 'text' },
    {
      name: 'companies',
      label: 'Companies',
      hint: 'The key sees and changes nothing else. An administrator of the platform may leave this empty: then it is for everything.',
      kind: 'companies',
    },
    {
      name: 'contact',
      label: 'E-mail address',
      hint: 'Gets a note when an import of this key has ended.',
      kind: 'email',
      optional: true,
    },
    { name: 'prefix', label: 'Begins with', kind: 'text', shownWhen: ({ prefix }) => Boolean(prefix) },
    { name: 'createdAt', label: 'Made', kind: 'time', shownWhen: ({ createdAt }) => Boolean(createdAt) },
  ],
  add: 'Make a key',
  bodyOf: ({ companies, ...rest }) => ((companies as string[]).length === 0 ? rest : { ...rest, companies }),
  Made: ({ answer }) => (
    <ShownOnce
      what="API key"
      value={(answer as { key: string }).key}
      sentence="Copy it now and keep it where passwords are kept. Muster does not have it: it is never shown again."
    />
  ),
  deleting: 'stops working at once. Programs that use it are refused; what they have imported stays.',
  deleteVerb: 'Revoke',
})
