import type { ReactNode } from 'react'

/** Lines of one weight, as large as the writing beside them; they never stand alone, so they say nothing to readers. */
function icon(drawing: ReactNode) {
  return function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {drawing}
      </svg>
    )
  }
}

export const ImportsIcon = icon(<path d="M4 5h16v14H4zM4 10h16M4 14.500h16M9.500 10v9" />)
export const PeopleIcon = icon(
  <path d="M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c.5-3.500 3-5.500 6.500-5.500s6 2 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18.500 15c1.700.9 2.700 2.600 3 5" />,
)
export const SetUpIcon = icon(
  <path d="M4 7h9M17 7h3M4 17h3M11 17h9M15 9.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600ZM9 19.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600Z" />,
)
export const AccountIcon = icon(
  <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.500c.8-3.800 3.700-6 7.500-6s6.700 2.200 7.500 6" />,
)
export const ImportIcon = icon(<path d="M12 15V4m0 0L8 8m4-4 4 4M4 15v4.500h16V15" />)
export const DownloadIcon = icon(<path d="M12 4v11m0 0 4-4m-4 4-4-4M4 15v4.500h16V15" />)
export const CheckIcon = icon(<path d="m5 12.500 4.500 4.500L19 7.500" />)
export const WarningIcon = icon(<path d="M12 4 2.500 20h19L12 4Zm0 6v4.500m0 2.700v.1" />)
export const SearchIcon = icon(<path d="M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.500 4.500" />)
