import { createFileRoute } from '@tanstack/react-router'
import { EventLogPage } from '@/features/audit/event-log/EventLogPage'
import { deadLettersFeed, eventLogFeed } from '@/features/audit/event-log/queries'
import { logQuery, readLogSearch } from '@/features/audit/event-log/search'

export const Route = createFileRoute('/_app/admin/event-log')({
  validateSearch: readLogSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    if (deps.tab === 'dead') queryClient.prefetchInfiniteQuery(deadLettersFeed())
    else queryClient.prefetchInfiniteQuery(eventLogFeed(logQuery(deps)))
  },
  component: EventLog,
})

function EventLog() {
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <EventLogPage
      search={search}
      onSearch={(change) =>
        navigate({ search: (before) => ({ ...before, ...change }), replace: true })
      }
    />
  )
}
