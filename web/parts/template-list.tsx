import { useGet } from '../api/hooks.ts'
import { DownloadIcon } from './icons.tsx'
import { RowsSkeleton } from './skeletons.tsx'
import classes from './template-list.module.css'

/** Not a file to begin with: it stands for any. */
const OWN_LIST = 'none'

/** The templates: when to take which, and the file of each to begin with. */
export function TemplateList() {
  const { data } = useGet('GET /v1/templates', {}, { staleTime: Number.POSITIVE_INFINITY })
  if (!data) return <RowsSkeleton rows={4} />
  return (
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
  )
}
