import { createFileRoute } from '@tanstack/react-router'
import { teamsOptions } from '@/features/people/queries'
import { TeamsPage } from '@/features/people/units/TeamsPage'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/teams')({
  validateSearch: (raw): { edit?: string } => ({ edit: textParam(raw, 'edit') }),
  loader: ({ context }) => context.queryClient.ensureQueryData(teamsOptions()),
  component: Teams,
})

function Teams() {
  const { edit } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <TeamsPage editing={edit} onEdit={(id) => navigate({ search: { edit: id } })} />
}
