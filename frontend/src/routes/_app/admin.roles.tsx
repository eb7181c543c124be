import { createFileRoute } from '@tanstack/react-router'
import { roleAssignmentsFeed } from '@/features/people/queries'
import { RolesPage } from '@/features/people/roles/RolesPage'
import { flagParam } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/roles')({
  validateSearch: (raw): { new?: true } => ({ new: flagParam(raw, 'new') }),
  loader: ({ context }) => context.queryClient.ensureInfiniteQueryData(roleAssignmentsFeed()),
  component: Roles,
})

function Roles() {
  const { new: adding } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <RolesPage
      adding={adding === true}
      onAdd={(next) => navigate({ search: { new: next || undefined } })}
    />
  )
}
