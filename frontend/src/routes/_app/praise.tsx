import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { PraisePage } from '@/features/feedback/PraisePage'
import { feedbackFeed, valuesOptions } from '@/features/feedback/queries'
import { readPraiseSearch } from '@/features/feedback/search'
import { wallQuery } from '@/features/feedback/wall'

// The form is behind a click: it comes once the page is drawn.
const GiveDrawer = lazy(async () => ({
  default: (await import('@/features/feedback/give/GiveDrawer')).GiveDrawer,
}))

export const Route = createFileRoute('/_app/praise')({
  validateSearch: readPraiseSearch,
  loaderDeps: ({ search: { show, value, person } }) => ({ show, value, person }),
  loader: ({ context: { queryClient }, deps }) => {
    queryClient.prefetchQuery(valuesOptions())
    queryClient.prefetchInfiniteQuery(feedbackFeed(wallQuery(deps)))
  },
  component: Praise,
})

function Praise() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <>
      <PraisePage
        search={search}
        onSearch={(change) =>
          navigate({
            search: (before) => ({ ...before, ...change }),
            replace: !('give' in change),
            resetScroll: false,
          })
        }
      />
      {search.give && (
        <Suspense fallback={null}>
          <GiveDrawer
            kind="praise"
            to={search.person}
            onClosed={() => navigate({ search: { ...search, give: undefined } })}
          />
        </Suspense>
      )}
    </>
  )
}
