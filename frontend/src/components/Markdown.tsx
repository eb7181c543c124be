import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import classes from './Markdown.module.css'

const Renderer = lazy(() => import('react-markdown'))

/** What leads to a page of ours does so without loading everything anew. */
function TextLink({ href = '', children }: { href?: string; children?: ReactNode }) {
  return href.startsWith('/') ? <Link to={href}>{children}</Link> : <a href={href}>{children}</a>
}

/** Text as its author wrote it. Raw HTML stays text; images and scripts have no way in. */
export function Markdown({ children }: { children: string }) {
  return (
    <div className={classes.text}>
      <Suspense fallback={<Skeleton height={12} width="70%" />}>
        <Renderer
          skipHtml
          disallowedElements={['img']}
          unwrapDisallowed
          components={{ a: TextLink }}
        >
          {children}
        </Renderer>
      </Suspense>
    </div>
  )
}
