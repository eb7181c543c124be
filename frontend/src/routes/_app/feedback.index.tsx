import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { MyFeedbackPage } from '@/features/feedback/MyFeedbackPage'
import { feedbackFeed, requestFeed } from '@/features/feedback/queries'
import { readFeedbackSearch } from '@/features/feedback/search'

// The forms are behind a click: they come once the page is drawn.
const MyFeedbackDrawers = lazy(async () => ({
  default: (await import('@/features/feedback/MyFeedbackDrawers')).MyFeedbackDrawers,
}))

export const Route = createFileRoute('/_app/feedback/')({
  validateSearch: readFeedbackSearch,
  loaderDeps: ({ search: { tab } }) => ({ tab }),
  loader: ({ context: { queryClient }, deps: { tab = 'received' } }) => {
    if (tab === 'requests') {
      queryClient.prefetchInfiniteQuery(requestFeed('waiting'))
      queryClient.prefetchInfiniteQuery(requestFeed('asked'))
    } else queryClient.prefetchInfiniteQuery(feedbackFeed({ box: tab }))
  },
  component: MyFeedback,
})

function MyFeedback() {
  const search = Route.useSearch()
  const { give, ask, answer, decline, tab } = search
  const navigate = Route.useNavigate()
  return (
    <>
      <MyFeedbackPage
        search={search}
        onSearch={(change) =>
          navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })
        }
      />
      {(give || ask || answer || decline) && (
        <Suspense fallback={null}>
          <MyFeedbackDrawers search={search} onClosed={() => navigate({ search: { tab } })} />
        </Suspense>
      )}
    </>
  )
}
