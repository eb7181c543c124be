import { Stack } from '@mantine/core'
import { createFileRoute } from '@tanstack/react-router'
import { AccessCard } from '@/features/audit/AccessCard'
import { ImportPage } from '@/features/people/imports/ImportPage'
import { OUTCOMES } from '@/features/people/imports/outcomes'
import { importOptions } from '@/features/people/imports/queries'
import { oneOf } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/imports/$importId')({
  validateSearch: (raw): { outcome?: (typeof OUTCOMES)[number] } => ({
    outcome: oneOf(raw, 'outcome', OUTCOMES),
  }),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(importOptions(params.importId)),
  component: PeopleImport,
})

function PeopleImport() {
  const { importId } = Route.useParams()
  const { outcome } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <Stack gap="lg">
      <div>
        <ImportPage
          key={importId}
          importId={importId}
          outcome={outcome}
          onOutcome={(next) =>
            navigate({ search: { outcome: next }, replace: true, resetScroll: false })
          }
        />
      </div>
      {/* The file and its rows hold what not everybody may read of people. */}
      <AccessCard resource="people-imports" id={importId} />
    </Stack>
  )
}
