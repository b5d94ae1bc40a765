import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useGet } from '../../api/hooks.ts'
import { DownloadIcon } from '../../parts/icons.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'
import { EmptyState } from '../../parts/states-of-a-page.tsx'
import classes from './no-imports.module.css'

/** Not a file to begin with: it stands for any. */
const OWN_LIST = 'none'

/** Before the first import: what one does, and the files to begin with. */
export function NoImports() {
  const { data } = useGet('GET /v1/templates', {}, { staleTime: Number.POSITIVE_INFINITY })
  return (
    <EmptyState sentence="An import turns a spreadsheet of people into accounts, courses and e-mails, and says of each row what became of it. Take your own list, or begin with one of these:">
      {data ? (
        <ul className={classes.templates}>
          {data.items
            .filter(({ id }) => id !== OWN_LIST)
            .map(({ id, name, purpose, formats, links }) => (
              <li key={id}>
                <strong>{name}</strong>
                <span className="soft">{purpose}</span>
                <span className={classes.files}>
                  {formats.map((format) => (
                    <a key={format} href={links[format]} download aria-label={`${name} as ${format.toUpperCase()}`}>
                      <DownloadIcon size={16} /> {format.toUpperCase()}
                    </a>
                  ))}
                </span>
              </li>
            ))}
        </ul>
      ) : (
        <RowsSkeleton rows={4} />
      )}
      <Button component={Link} href="/import">
        Import people
      </Button>
    </EmptyState>
  )
}
