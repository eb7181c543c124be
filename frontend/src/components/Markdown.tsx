import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import classes from './Markdown.module.css'

const Renderer = lazy(() => import('react-markdown'))

/** Text as its author wrote it. Raw HTML stays text; images and scripts have no way in. */
export function Markdown({ children }: { children: string }) {
  return (
    <div className={classes.text}>
      <Suspense fallback={<Skeleton height={12} width="70%" />}>
        <Renderer skipHtml disallowedElements={['img']} unwrapDisallowed>
          {children}
        </Renderer>
      </Suspense>
    </div>
  )
}
